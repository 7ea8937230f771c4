import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TraceEvent } from '../../../src/core/events.ts';
import type { Api } from '../../../src/core/trace.ts';
import { APIS, textOf } from '../../../src/core/trace.ts';
import { bytesOf, chatStream, cut, oneByOne, pipe, random, traceOf } from './replay.ts';

const STREAMS: readonly (readonly [Api, string])[] = [
  ['chat', chatStream([{ reasoning: 'wägen 🤔 ' }, { reasoning: 'weiter' }, { content: 'Größe: <b>1</b> [x] ' }, { content: '答え' }])],
  ['chat', chatStream([{ content: '<think>warum ' }, { content: 'nicht</think>\n\nso ' }, { content: '`a<b`' }])],
  ['responses', 'event: response.created\ndata: {"type":"response.created","response":{"model":"m"}}\n\nevent: response.reasoning_text.delta\ndata: {"type":"response.reasoning_text.delta","output_index":0,"delta":"warum"}\n\ndata: {"type":"response.output_text.delta","output_index":1,"delta":"so"}\n\ndata: {"type":"response.completed","response":{"status":"completed"}}\n\n'], // prettier-ignore
  ['anthropic', 'data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}\n\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"warum"}}\n\ndata: {"type":"content_block_stop","index":0}\n\ndata: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"so"}}\n\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}\n\n'], // prettier-ignore
  ['gemini', 'data: {"candidates":[{"content":{"parts":[{"text":"warum","thought":true}]}}]}\r\n\r\ndata: {"candidates":[{"content":{"parts":[{"text":"so"}]},"finishReason":"STOP"}]}\r\n\r\n'], // prettier-ignore
  ['ollama', '{"model":"m","message":{"thinking":"warum"}}\n{"message":{"content":"so"}}\n{"done":true,"done_reason":"stop"}\n'],
];

/** One end, and it is last; every part is opened before anything is said of it, in order. */
function checkShape(events: readonly TraceEvent[]): void {
  let parts = 0;
  events.forEach((event, at) => {
    if (event.type === 'open') assert.equal(event.part, parts++);
    else if ('part' in event) assert.ok(event.part < parts);
    assert.equal(event.type === 'finish' || event.type === 'error', at === events.length - 1);
  });
}

for (const [at, [api, body]] of STREAMS.entries()) {
  const bytes = bytesOf(body);
  const whole = traceOf(pipe([bytes], api));

  test(`${api} ${at}: cut off at any byte, what had arrived is kept and nothing is made up`, () => {
    for (let end = 0; end < bytes.length; end++) {
      const events = pipe([bytes.subarray(0, end)], api);
      checkShape(events);
      const trace = traceOf(events);
      for (const kind of ['reasoning', 'answer'] as const)
        assert.ok(textOf(whole.parts, kind).startsWith(textOf(trace.parts, kind).replace(/<[^>]*$/, '')), `${kind} at ${end}`);
    }
  });

  test(`${api} ${at}: damaged at random, it ends properly and alike under every cutting`, () => {
    const next = random(at + 1);
    for (let round = 0; round < 200; round++) {
      const damaged = bytes.slice();
      for (let hits = 1 + Math.floor(next() * 6); hits > 0; hits--) damaged[Math.floor(next() * damaged.length)] = Math.floor(next() * 256);
      const from = Math.floor(next() * 20);
      const piece = next() < 0.3 ? damaged.subarray(from) : damaged;
      const events = pipe([piece], api);
      checkShape(events);
      assert.deepEqual(pipe(oneByOne(piece), api), events);
      assert.deepEqual(pipe(cut(piece, next), api), events);
    }
  });
}

test('noise of any kind ends properly in every API', () => {
  const next = random(11);
  for (let round = 0; round < 300; round++) {
    const noise = Uint8Array.from({ length: Math.floor(next() * 300) }, () => Math.floor(next() * 256));
    for (const api of APIS) checkShape(pipe([noise], api));
  }
});

test('an answer of thirty megabytes arrives whole, streamed or at once', () => {
  const line = 'if a<b then `</think>` and [more](x) — “quoted”\n';
  const text = line.repeat(Math.ceil(30e6 / line.length));
  const once = traceOf(pipe([bytesOf(JSON.stringify({ choices: [{ message: { content: text }, finish_reason: 'stop' }] }))], 'chat'));
  assert.ok(textOf(once.parts, 'answer') === text);
  const deltas = Array.from({ length: Math.ceil(text.length / 4000) }, (_, at) => ({ content: text.slice(at * 4000, (at + 1) * 4000) }));
  const bytes = bytesOf(chatStream(deltas));
  const pieces = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, at) => bytes.subarray(at * 65_536, (at + 1) * 65_536));
  assert.ok(textOf(traceOf(pipe(pieces, 'chat')).parts, 'answer') === text);
});

test('fifty thousand deltas are fifty thousand texts', () => {
  const events = pipe([bytesOf(chatStream(Array.from({ length: 50_000 }, (_, at) => ({ reasoning_content: `${at} ` }))))], 'chat');
  assert.equal(events.filter(({ type }) => type === 'text').length, 50_000);
});
