import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Part } from '../../../src/core/trace.ts';
import { costWords, usageLines } from '../../../src/webview/model/usage.ts';

const THOUGHT: Part = { kind: 'reasoning', visibility: 'raw', text: 'x', start: 840, end: 2000, closed: true };

test('time, tokens and cost, a line each; what was estimated is marked', () => {
  const usage = {
    promptTokens: 312,
    cachedTokens: 120,
    reasoningTokens: 1932,
    answerTokens: 402,
    serverMs: 9000,
    cost: 0.00123,
    estimated: ['answerTokens'],
  };
  assert.deepEqual(usageLines({ parts: [THOUGHT], usage }, { rate: 131 }), [
    'First thought after 0.8 s',
    'Prompt: 312 tokens, 120 of them cached',
    'Reasoning: 1,932 tokens',
    'Answer: ≈ 402 tokens',
    'Speed of thinking: 131 tokens a second',
    'Time by the server’s clock: 9.0 s',
    'Cost: $0.0012',
  ]);
});

test('nothing is said of what is not known', () => {
  assert.deepEqual(usageLines({ parts: [], usage: {} }, { rate: null }), []);
  assert.equal(costWords({ usage: {} }), null);
  assert.equal(costWords({ usage: { cost: 2.3456 } }), '$2.35');
});
