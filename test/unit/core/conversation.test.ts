import assert from 'node:assert/strict';
import { test } from 'node:test';
import { earlierTurns, followUp } from '../../../src/core/conversation.ts';
import { costOf } from '../../../src/core/cost.ts';
import { applyEvent, createTrace } from '../../../src/core/trace.ts';
import type { Message } from '../../../src/core/trace.ts';

function traceOf(messages: readonly Message[]) {
  const request = { endpoint: 'e', origin: 'o', api: 'chat', model: 'm', parameters: {}, messages } as const;
  const trace = createTrace({ id: 'first', createdAt: '2026-05-01T10:00:00.000Z', title: 't', origin: null, request });
  applyEvent(trace, { seq: 1, at: 1, event: { type: 'open', part: 0, kind: 'reasoning', visibility: 'raw' } });
  applyEvent(trace, { seq: 2, at: 2, event: { type: 'text', part: 0, text: 'thinking' } });
  applyEvent(trace, { seq: 3, at: 3, event: { type: 'opaque', part: 0, opaque: 'sig' } });
  applyEvent(trace, { seq: 4, at: 4, event: { type: 'open', part: 1, kind: 'answer', visibility: 'raw' } });
  applyEvent(trace, { seq: 5, at: 5, event: { type: 'text', part: 1, text: 'Forty-two.' } });
  return trace;
}

test('a follow-up carries the earlier question, answer and reasoning with its signature', () => {
  const messages = followUp(traceOf([{ role: 'user', content: 'What is it?' }]), 'Why?', 'rule');
  assert.deepEqual(
    messages.map(({ role, content }) => [role, content]),
    [
      ['user', 'What is it?'],
      ['assistant', 'Forty-two.'],
      ['user', 'Why?'],
    ],
  );
  assert.deepEqual(
    messages[1]?.parts?.map(({ kind, text, opaque }) => [kind, text, opaque]),
    [
      ['reasoning', 'thinking', 'sig'],
      ['answer', 'Forty-two.', undefined],
    ],
  );
});

test('when nothing is to go back, no reasoning does, of no turn', () => {
  const first = followUp(traceOf([{ role: 'user', content: 'What is it?' }]), 'Why?', 'all');
  const second = followUp(traceOf(first), 'Really?', 'nothing');
  assert.equal(second.length, 5);
  assert.ok(!JSON.stringify(second).includes('thinking'));
});

test('the earlier turns are told from the messages', () => {
  const messages = followUp(
    traceOf([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'What is it?' },
    ]),
    'Why?',
    'rule',
  );
  assert.deepEqual(earlierTurns(messages), [{ trace: 'first', prompt: 'What is it?', answer: 'Forty-two.' }]);
  assert.deepEqual(earlierTurns([{ role: 'user', content: 'x' }]), []);
});

test('cost: reasoning is paid like the answer, cached tokens at their own price', () => {
  const usage = { promptTokens: 1_000_000, cachedTokens: 500_000, reasoningTokens: 200_000, answerTokens: 300_000 };
  assert.equal(costOf(usage, { prompt: 2, cached: 0.5, completion: 10 }), 1 + 0.25 + 5);
  assert.equal(costOf(usage, { prompt: 2, completion: 10 }), 2 + 5);
  assert.equal(costOf({ ...usage, cost: 0.07 }, { prompt: 2, completion: 10 }), 0.07);
  assert.equal(costOf({}, { prompt: 2, completion: 10 }), undefined);
});
