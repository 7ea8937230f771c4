import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StampedEvent, TraceEvent } from '../../../src/core/events.ts';
import { toDocument } from '../../../src/core/codec.ts';
import type { TraceHead } from '../../../src/core/trace.ts';
import { stateOf } from '../../../src/core/trace.ts';
import { replay } from '../../../src/host/replay.ts';
import { startRun } from '../../../src/host/run.ts';

const HEAD: TraceHead = {
  id: 'r',
  createdAt: '2026-05-01T10:00:00.000Z',
  title: 't',
  request: { endpoint: 'e', origin: 'o', api: 'chat', model: 'm', parameters: {}, messages: [] },
  origin: null,
};
const OPEN: TraceEvent = { type: 'open', part: 0, kind: 'reasoning', visibility: 'raw' };
const text = (t: string): TraceEvent => ({ type: 'text', part: 0, text: t });
const FINISH: TraceEvent = { type: 'finish', reason: 'stop' };

function runOf(source: (signal: AbortSignal) => AsyncIterable<TraceEvent>) {
  return startRun({ head: HEAD, now: () => performance.now(), source });
}

test('deltas that arrive together travel as one event, and nothing of them is lost', async () => {
  const batches: StampedEvent[][] = [];
  const run = runOf(async function* () {
    yield OPEN;
    for (let i = 0; i < 1000; i++) yield text('ab');
    await new Promise((resolve) => setTimeout(resolve, 60));
    yield text('!');
    yield FINISH;
  });
  run.onEvents((events) => batches.push([...events]));
  await run.done;
  assert.equal(run.trace.parts[0]?.text, `${'ab'.repeat(1000)}!`);
  assert.ok(run.log.length <= 6, `${run.log.length} events`);
  assert.deepEqual(
    run.log.map(({ seq }) => seq),
    run.log.map((_, i) => i + 1),
  );
  assert.deepEqual(batches.flat(), run.log);
});

test('a source that ends without a word is an aborted run', async () => {
  const run = runOf(async function* () {
    yield OPEN;
    await Promise.resolve();
    yield text('half a thou');
  });
  await run.done;
  assert.equal(stateOf(run.trace), 'cutoff');
  assert.equal(run.live(), false);
});

test('a source that throws tells the reader and keeps what had arrived', async () => {
  const run = runOf(async function* () {
    yield OPEN;
    yield text('kept');
    await Promise.resolve();
    throw new Error('boom');
  });
  await run.done;
  assert.equal(stateOf(run.trace), 'failed');
  assert.match(run.trace.failure?.message ?? '', /boom/);
  assert.equal(run.trace.parts[0]?.text, 'kept');
});

test('stopping reaches the source', async () => {
  const run = runOf(async function* (signal) {
    yield OPEN;
    yield text('a');
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    yield { type: 'finish', reason: 'stopped' };
  });
  run.stop();
  await run.done;
  assert.equal(stateOf(run.trace), 'stopped');
});

test('a source that does not listen is stopped all the same', async () => {
  const run = runOf(async function* () {
    yield OPEN;
    await new Promise(() => undefined);
  });
  run.stop();
  await run.done;
  assert.equal(stateOf(run.trace), 'stopped');
});

test('a replay gives the same trace again, and stops at once', async () => {
  // a clock of its own: on the real one the two texts may come close enough to share an entry of the timeline
  let clock = 0;
  const first = startRun({
    head: HEAD,
    now: () => clock,
    async *source() {
      yield OPEN;
      yield text('It starts at one.');
      await new Promise((resolve) => setTimeout(resolve, 40));
      clock = 400;
      yield text(' So page two is empty.');
      yield FINISH;
    },
  });
  await first.done;
  const saved = toDocument(first.trace, null);
  const again = runOf((signal) => replay(saved, signal, 1000));
  await again.done;
  assert.equal(again.trace.parts[0]?.text, first.trace.parts[0]?.text);
  assert.equal(stateOf(again.trace), 'done');

  const slow = runOf((signal) => replay(saved, signal, 0.0001));
  await new Promise((resolve) => setTimeout(resolve, 30));
  slow.stop();
  await slow.done;
  assert.equal(stateOf(slow.trace), 'stopped');
  assert.notEqual(slow.trace.parts[0]?.text, first.trace.parts[0]?.text);
});
