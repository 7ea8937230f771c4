import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnalyser } from '../../../src/core/analyser.ts';
import { createInspection, givenOf, promptOf } from '../../../src/core/inspection.ts';
import type { Message } from '../../../src/core/trace.ts';

function headOf(...messages: Message[]) {
  const request = { endpoint: 'x', origin: 'https://x.y', api: 'chat', model: 'm', parameters: {}, messages } as const;
  return { id: 't', createdAt: '2026-05-01T10:00:00.000Z', title: 't', request, origin: null };
}

const EARLIER: readonly Message[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'The input list is sorted. How do I search it?' },
  { role: 'assistant', content: 'By halves.' },
];

test('what was given is all that was said before the reasoning, the last question last', () => {
  const head = headOf(...EARLIER, { role: 'user', content: 'Write it.' });
  assert.equal(promptOf(head), 'Write it.');
  assert.equal(givenOf(head), 'Be brief.\n\nThe input list is sorted. How do I search it?\n\nBy halves.\n\nWrite it.');
  // an answer that was begun for the model
  const begun = headOf({ role: 'user', content: 'Write it.' }, { role: 'assistant', content: '```' });
  assert.equal(givenOf(begun), '```\n\nWrite it.');
  assert.equal(givenOf(headOf()), '');
});

test('what an earlier turn says is no assumption of a follow-up', () => {
  const told = (...messages: Message[]): readonly string[] => {
    const inspection = createInspection(headOf(...messages), createAnalyser);
    const text = "Let me think. I'll assume that the input list is sorted. So a binary search will do.";
    inspection.apply({ seq: 1, at: 0, event: { type: 'open', part: 0, kind: 'reasoning', visibility: 'raw' } });
    inspection.apply({ seq: 2, at: 0, event: { type: 'text', part: 0, text } });
    inspection.apply({ seq: 3, at: 0, event: { type: 'finish', reason: 'stop' } });
    const { findings } = inspection.analyser().snapshot();
    return findings.filter(({ kind }) => kind === 'assumption').map(({ message }) => message);
  };
  assert.deepEqual(told({ role: 'user', content: 'Write it.' }), ['Assumes that the input list is sorted; the prompt does not say so.']);
  assert.deepEqual(told(...EARLIER, { role: 'user', content: 'Write it.' }), []);
});
