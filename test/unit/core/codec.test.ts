import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventsOf, fileNameOf, readTrace, toDocument, traceOf, writeTrace } from '../../../src/core/codec.ts';
import type { StampedEvent, TraceEvent } from '../../../src/core/events.ts';
import type { TraceDocument } from '../../../src/core/schema.ts';
import type { TraceHead } from '../../../src/core/trace.ts';
import { applyEvent, createTrace } from '../../../src/core/trace.ts';

const HEAD: TraceHead = {
  id: 't1',
  createdAt: '2026-05-01T10:00:00.000Z',
  title: 'Why is page 2 empty?',
  request: {
    endpoint: 'Local',
    origin: 'http://127.0.0.1:8000',
    api: 'chat',
    model: 'm',
    parameters: { effort: 'high' },
    messages: [{ role: 'user', content: 'Why is page 2 empty?' }],
  },
  origin: null,
};

function run(events: readonly (readonly [number, TraceEvent])[]) {
  const trace = createTrace(HEAD);
  events.forEach(([at, event], i) => applyEvent(trace, { seq: i + 1, at, event }));
  return trace;
}

const THOUGHT = run([
  [10, { type: 'open', part: 0, kind: 'reasoning', visibility: 'raw' }],
  [10, { type: 'text', part: 0, text: 'First I look at the offset. ' }],
  [400, { type: 'text', part: 0, text: 'It starts at one.' }],
  [410, { type: 'opaque', part: 0, opaque: 'c2lnbmF0dXJl' }],
  [420, { type: 'close', part: 0 }],
  [500, { type: 'open', part: 1, kind: 'answer', visibility: 'raw' }],
  [500, { type: 'text', part: 1, text: 'Start at zero.' }],
  [600, { type: 'model', model: 'm-2' }],
  [600, { type: 'usage', usage: { reasoningTokens: 9, answerTokens: 4 } }],
  [600, { type: 'finish', reason: 'stop' }],
]);

function document(changes: Record<string, unknown> = {}): string {
  return JSON.stringify({ ...toDocument(THOUGHT, null), ...changes });
}

function opened(text: string): TraceDocument {
  const read = readTrace(text);
  assert.ok(read.ok, read.ok ? '' : read.message);
  return read.document;
}

test('a saved trace reads back as the same trace', () => {
  const again = traceOf(opened(writeTrace(toDocument(THOUGHT, null))));
  assert.deepEqual(toDocument(again, null), toDocument(THOUGHT, null));
  assert.equal(again.parts[0]?.opaque, 'c2lnbmF0dXJl');
  assert.equal(again.serverModel, 'm-2');
});

test('writing what was read changes no byte, unknown fields included', () => {
  const first = writeTrace(opened(document({ reviewer: { name: 'Ada' } })));
  const read = opened(first);
  assert.equal(writeTrace(toDocument(traceOf(read), null, read)), first);
  assert.match(first, /"reviewer"/);
  const inPart = document().replace('"kind":"reasoning"', '"kind":"reasoning","lang":"en"');
  assert.match(writeTrace(toDocument(traceOf(opened(inPart)), null, opened(inPart))), /"lang": "en"/);
});

test('a replay keeps the times of arrival', () => {
  const at = (e: StampedEvent) => e.at;
  const texts = eventsOf(toDocument(THOUGHT, null)).filter((e) => e.event.type === 'text');
  assert.deepEqual(texts.map(at), [10, 400, 500]);
});

test('text that the timeline does not tell of is not lost', () => {
  const trace = traceOf(opened(document({ timeline: [[10, 0, 5]] })));
  assert.equal(trace.parts[0]?.text, THOUGHT.parts[0]?.text);
});

test('a timeline that tells of more than the text, or of no part, is harmless', () => {
  const timeline = [
    [10, 0, 99999],
    [20, 0, 5],
    [30, 7, 5],
  ];
  assert.equal(traceOf(opened(document({ timeline }))).parts[0]?.text, THOUGHT.parts[0]?.text);
});

test('a failure is saved as a part and comes back as a failure', () => {
  const failed = run([
    [5, { type: 'open', part: 0, kind: 'reasoning', visibility: 'raw' }],
    [5, { type: 'text', part: 0, text: 'Well' }],
    [9, { type: 'error', failure: { code: 'broken-stream', message: 'The connection broke; ask again.' } }],
  ]);
  const saved = toDocument(failed, null);
  assert.equal(saved.finish.reason, 'error');
  const again = traceOf(saved);
  assert.deepEqual(again.failure, { code: 'broken-stream', message: 'The connection broke; ask again.' });
  assert.equal(again.parts.length, 1);
  assert.deepEqual(toDocument(again, null), saved);
});

for (const [name, text, message] of [
  ['an empty file', '', /empty/],
  ['no JSON', '{"version": 1,', /not valid JSON/],
  ['an array', '[]', /not a reasoning trace/],
  ['another tool’s JSON', '{"name":"x","version":"1.0.0"}', /not a reasoning trace/],
  ['a damaged part', document({ parts: [{ kind: 'reasoning', visibility: 'loud', start: 0, end: 1 }] }), /damaged at parts\.0\.visibility/],
  ['a negative time', document({ timeline: [[-1, 0, 1]] }), /damaged at timeline/],
  ['a newer, foreign shape', document({ version: 9, parts: 'none' }), /newer version/],
] as const) {
  test(`refuses ${name} in one sentence`, () => {
    const read = readTrace(text);
    assert.equal(read.ok, false);
    assert.match((read as { message: string }).message, message);
  });
}

test('a newer version that still reads is marked', () => {
  const read = readTrace(document({ version: 2, analysis: { shape: 'unknown' } }));
  assert.ok(read.ok && read.newer);
});

test('an older version is migrated', () => {
  const old = JSON.parse(document({ version: 0 })) as Record<string, unknown>;
  delete old['notes'];
  const read = readTrace(JSON.stringify(old));
  assert.ok(read.ok && !read.newer);
  assert.deepEqual(read.document.notes, []);
});

test('a key named __proto__ changes no prototype', () => {
  const text = document().replace('"usage":{', '"usage":{"__proto__":{"polluted":true},');
  assert.ok(readTrace(text).ok);
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
});

test('file names are safe and tell the date and the title', () => {
  assert.equal(fileNameOf(HEAD), '2026-05-01-why-is-page-2-empty.reasoning.json');
  assert.equal(fileNameOf(HEAD, 1), '2026-05-01-why-is-page-2-empty-2.reasoning.json');
  assert.equal(fileNameOf({ ...HEAD, title: '../../etc/passwd\0' }), '2026-05-01-etc-passwd.reasoning.json');
  assert.equal(fileNameOf({ ...HEAD, title: '为什么第二页是空的' }), '2026-05-01-为什么第二页是空的.reasoning.json');
  assert.equal(fileNameOf({ ...HEAD, title: '???' }), '2026-05-01-trace.reasoning.json');
});
