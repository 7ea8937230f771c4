import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { annotated, readTrace, writeTrace } from '../../../src/core/codec.ts';
import type { Explanation, TraceDocument } from '../../../src/core/schema.ts';

const SAMPLE = readFileSync(new URL('../../../media/sample/sample.reasoning.json', import.meta.url), 'utf8');
const EXPLANATION: Explanation = {
  by: 'judge',
  at: '2026-05-02T10:00:00.000Z',
  kinds: [{ step: 1, kind: 'doubt' }],
  titles: [{ at: 0, title: 'Reading' }],
  findings: [{ kind: 'assumption', steps: [1], message: 'Takes it as given.', quotes: [{ in: 'reasoning', start: 0, end: 3 }] }],
  dropped: 2,
};
const NOTE = { step: 4, text: 'Is that so?', at: '2026-05-01T10:00:00.000Z', by: 'me' };

function sample(more: object = {}): TraceDocument {
  const read = readTrace(JSON.stringify({ ...(JSON.parse(SAMPLE) as object), ...more }));
  assert.ok(read.ok, JSON.stringify(read).slice(0, 300));
  return read.document;
}

test('notes and explanation go into a file and come back, and nothing else changes', () => {
  const before = sample({ theirs: { keep: [1, 2] } });
  const read = readTrace(writeTrace(annotated(before, [NOTE], EXPLANATION)));
  assert.ok(read.ok);
  const { notes, explanation, ...rest } = read.document;
  assert.deepEqual(notes, [NOTE]);
  assert.deepEqual(explanation, EXPLANATION);
  const old: Partial<TraceDocument> = { ...before };
  delete old.notes;
  assert.deepEqual(rest, old);
});

test('a note that was there keeps what we do not know of it; one that was taken back is gone', () => {
  const before = sample({
    notes: [
      { ...NOTE, resolved: true },
      { ...NOTE, step: 9 },
    ],
  });
  const after = annotated(before, [NOTE, { ...NOTE, step: 12 }], null);
  assert.deepEqual(after.notes, [
    { ...NOTE, resolved: true },
    { ...NOTE, step: 12 },
  ]);
  assert.ok(!('explanation' in after));
});

test('a file without an explanation, as all older ones are, is read as before', () => {
  assert.equal(sample().explanation, undefined);
  assert.deepEqual(sample({ explanation: { ...EXPLANATION, theirs: 1 } }).explanation, { ...EXPLANATION, theirs: 1 });
});
