import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TraceEvent } from '../../../src/core/events.ts';
import { applyEvent, createTrace } from '../../../src/core/trace.ts';
import type { Trace } from '../../../src/core/trace.ts';
import { reasoningClock, seconds } from '../../../src/webview/model/clock.ts';
import { factsOf } from '../../../src/webview/model/facts.ts';
import { INITIAL, readState, remember, untouched } from '../../../src/webview/model/persist.ts';
import { placesOf } from '../../../src/webview/model/places.ts';
import { endNotice, reasoningNotice } from '../../../src/webview/model/states.ts';

function trace(...events: (readonly [at: number, event: TraceEvent])[]): Trace {
  const made = createTrace({
    id: 't',
    createdAt: '2025-01-01T00:00:00Z',
    title: 't',
    request: { endpoint: 'e', origin: 'o', api: 'chat', model: 'm', parameters: {}, messages: [] },
    origin: null,
  });
  events.forEach(([at, event], i) => applyEvent(made, { seq: i + 1, at, event }));
  return made;
}
const think = { type: 'open', part: 0, kind: 'reasoning', visibility: 'raw' } as const;
const answer = { type: 'open', part: 1, kind: 'answer', visibility: 'raw' } as const;

test('times are from the first to the last character, and go on only while it thinks', () => {
  const thinking = trace([100, think], [200, { type: 'text', part: 0, text: 'a' }], [900, { type: 'text', part: 0, text: 'b' }]);
  assert.equal(factsOf(thinking, true, 1500, 7).thinkingMs, 1400);
  assert.equal(factsOf(thinking, false, 1500, 7).thinkingMs, 800);
  assert.equal(factsOf(trace(), true, 320, 0).waitingMs, 320);
});

test('tokens are the server’s where it counts them, and marked where we did', () => {
  const made = trace([0, think], [500, { type: 'text', part: 0, text: 'words' }], [2000, { type: 'text', part: 0, text: ' more' }]);
  assert.deepEqual(pick(factsOf(made, false, 0, 9)), [9, true, 5]);
  applyEvent(made, { seq: 99, at: 2000, event: { type: 'usage', usage: { reasoningTokens: 400 } } });
  assert.deepEqual(pick(factsOf(made, false, 0, 9)), [400, false, 200]);
  function pick({ reasoningTokens, estimated, rate }: ReturnType<typeof factsOf>): unknown {
    return [reasoningTokens, estimated, rate];
  }
});

test('the clock tells when a stretch arrived, over several parts', () => {
  const made = trace(
    [100, think],
    [100, { type: 'text', part: 0, text: '0123456789' }],
    [300, { type: 'text', part: 0, text: '0123456789' }],
    [400, answer],
    [500, { type: 'text', part: 1, text: 'answer' }],
    [600, { type: 'open', part: 2, kind: 'reasoning', visibility: 'raw' }],
    [700, { type: 'text', part: 2, text: 'again' }],
  );
  const clock = reasoningClock(made.parts, made.timeline);
  assert.deepEqual(
    [0, 9, 10, 19, 22, 26].map((offset) => clock.at(offset)),
    [100, 100, 300, 300, 700, 700],
  );
  assert.equal(reasoningClock([], []).at(3), null);
  assert.deepEqual([400, 12_340, 99_940, 245_000].map(seconds), ['0.4 s', '12.3 s', '99.9 s', '4 min 05 s']);
});

test('each end that is not a good one is told with what to do', () => {
  const cut = trace([0, think], [1, { type: 'text', part: 0, text: 'x' }], [2, { type: 'finish', reason: 'length' }]);
  assert.match(endNotice(cut, false)?.text ?? '', /used up all the tokens/);
  assert.equal(endNotice(trace([0, answer]), true), null);
  const fine = trace([0, { ...answer, part: 0 }], [1, { type: 'text', part: 0, text: 'yes' }], [2, { type: 'finish', reason: 'stop' }]);
  assert.equal(endNotice(fine, false), null);
  assert.match(reasoningNotice(fine, false)?.title ?? '', /sent no reasoning/);
  const failed = trace([0, { type: 'error', failure: { code: 'unauthorized', message: 'The key was refused.', retryAfterMs: 1500 } }]);
  assert.deepEqual(endNotice(failed, false)?.actions.at(0), 'set-key');
  assert.match(endNotice(failed, false)?.text ?? '', /another try in 2 s/);
});

test('a kept state from elsewhere is read as far as it is ours', () => {
  assert.deepEqual(readState(null), INITIAL);
  assert.deepEqual(readState({ version: 2 }), INITIAL);
  const odd = readState({
    version: 1,
    touched: [[1, true], ['x', 1], null],
    texts: [1, '2', NaN],
    split: 9,
    anchor: [1],
    phases: 'sideways',
  });
  assert.deepEqual([odd.touched, odd.texts, odd.split, odd.anchor, odd.phases], [[[1, true]], [1], 0.8, null, 'open']);
});

test('how traces were left is remembered, of a few', () => {
  const odd = readState({ version: 1, notes: [[2, 'why'], [3]], answer: -5, others: [null, {}, { trace: 'b', texts: [4], notes: 7 }] });
  assert.deepEqual([odd.notes, odd.answer], [[[2, 'why']], 0]);
  assert.deepEqual(odd.others, [{ ...untouched('b', 'open', true), texts: [4] }]);
  let others = remember([], untouched(null, 'open', false));
  assert.deepEqual(others, []);
  for (let i = 0; i < 20; i++) others = remember(others, untouched(`t${i % 10}`, 'open', false));
  assert.deepEqual(
    others.map(({ trace }) => trace),
    ['t2', 't3', 't4', 't5', 't6', 't7', 't8', 't9'],
  );
});

test('words are cut where they name a file that exists', () => {
  const reasoning = 'See `addLine` in src/cart.ts:31 now.';
  const at = (words: string): { start: number; end: number } => ({
    start: reasoning.indexOf(words),
    end: reasoning.indexOf(words) + words.length,
  });
  const places = placesOf(
    {
      places: [
        { in: 'reasoning', ...at('`addLine`'), file: 'src/cart.ts', line: 4 },
        { in: 'reasoning', ...at('src/cart.ts:31'), file: 'src/cart.ts', line: 30 },
      ],
      findings: [],
    },
    reasoning,
    '',
  );
  assert.ok(places !== null);
  assert.equal(places.of('addLine')?.line, 4);
  assert.deepEqual(
    places
      .cut('Look at src/cart.ts:31, not src/other.ts.')
      .map((part) => (typeof part === 'string' ? part : [part.words, part.place.line])),
    ['Look at ', ['src/cart.ts:31', 30], ', not src/other.ts.'],
  );
  assert.equal(placesOf(null, '', ''), null);
});
