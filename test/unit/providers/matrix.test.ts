import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOf } from '../../../src/core/trace.ts';
import { readRecordings, RECORDINGS } from './recordings.ts';
import { bytesOf, cut, oneByOne, pipe, random, replay, sketch, traceOf } from './replay.ts';

const CUTTINGS = 20;
const squeeze = (text: string) => text.replace(/\s+/g, '');

const recordings = readRecordings();
console.log(
  recordings === null
    ? `recorded responses: not run, there are none at ${RECORDINGS}`
    : `recorded responses: ${recordings.length} from ${RECORDINGS}, each whole, byte by byte and under ${CUTTINGS} cuttings`,
);

for (const { name, api, body, flags, expected } of recordings ?? []) {
  test(name, async () => {
    const bytes = bytesOf(body);
    const events = await replay([bytes], api);
    const trace = traceOf(events);
    assert.equal(squeeze(textOf(trace.parts, 'reasoning')), squeeze(expected.reasoning), sketch(trace));
    assert.equal(squeeze(textOf(trace.parts, 'answer')), squeeze(expected.answer), sketch(trace));
    if (/encrypted|redacted|omitted/.test(flags) && expected.reasoning === '')
      assert.ok(trace.parts.some(({ visibility }) => ['encrypted', 'redacted', 'withheld'].includes(visibility)));

    assert.deepEqual(pipe(oneByOne(bytes), api), events, 'byte by byte');
    const next = random(1);
    for (let at = 0; at < CUTTINGS; at++) assert.deepEqual(pipe(cut(bytes, next), api), events, `cutting ${at}`);
  });
}
