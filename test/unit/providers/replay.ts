import type { TraceEvent } from '../../../src/core/events.ts';
import type { Api, Trace } from '../../../src/core/trace.ts';
import { applyEvent, createTrace } from '../../../src/core/trace.ts';
import { ask } from '../../../src/providers/client.ts';
import { createPipeline } from '../../../src/providers/pipeline.ts';
import type { Endpoint } from '../../../src/providers/provider.ts';

/** An endpoint that nothing is ever sent to. */
export function endpointFor(api: Api, baseUrl = 'http://127.0.0.1:9/v1'): Endpoint {
  return { name: 'Test', baseUrl, api, needsKey: false };
}

/** The events that a response's body gives, fed through the whole client in these pieces. */
export async function replay(chunks: Iterable<Uint8Array>, api: Api, model = 'replayed'): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const request = { endpoint: endpointFor(api), model, effort: 'default', messages: [{ role: 'user', content: 'hello' }] } as const;
  for await (const event of ask(request, { signal: new AbortController().signal, recording: { chunks } })) events.push(event);
  return events;
}

/** The same events without client and network, as a recording or a cutting needs no more. */
export function pipe(chunks: Iterable<Uint8Array>, api: Api, model = 'replayed'): TraceEvent[] {
  const events: TraceEvent[] = [];
  const pipeline = createPipeline({ endpoint: endpointFor(api), model }, (event) => events.push(event));
  for (const chunk of chunks) {
    if (pipeline.isDone()) break;
    pipeline.push(chunk);
  }
  pipeline.end(null);
  return events;
}

/** The trace that the events lead to; event number `n` arrives at `n` milliseconds. */
export function traceOf(events: readonly TraceEvent[]): Trace {
  const head = {
    id: 'test',
    createdAt: '2026-01-01T00:00:00.000Z',
    title: '',
    request: { endpoint: 'Test', origin: '', api: 'chat', model: 'replayed', parameters: {}, messages: [] },
    origin: null,
  } as const;
  const trace = createTrace(head);
  events.forEach((event, at) => applyEvent(trace, { seq: at + 1, at, event }));
  return trace;
}

/** A chat stream of these deltas, as a server would send it. */
export function chatStream(deltas: readonly unknown[], end: { finish?: string | null; usage?: unknown; done?: boolean } = {}): string {
  const chunk = (choice: unknown, more: object = {}) => `data: ${JSON.stringify({ model: 'm', choices: [choice], ...more })}\n\n`;
  const { finish = 'stop', usage, done = true } = end;
  return [
    ...deltas.map((delta) => chunk({ index: 0, delta, finish_reason: null })),
    ...(finish === null ? [] : [chunk({ index: 0, delta: {}, finish_reason: finish })]),
    ...(usage === undefined ? [] : [`data: ${JSON.stringify({ model: 'm', choices: [], usage })}\n\n`]),
    ...(done ? ['data: [DONE]\n\n'] : []),
  ].join('');
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A trace in one line: `r` reasoning, `a` answer, `t` tool call, `o` its result, each with its text; hidden reasoning by its visibility. */
export function sketch(trace: Trace): string {
  const letters = { reasoning: 'r', answer: 'a', 'tool-call': 't', 'tool-result': 'o', error: 'e' } as const;
  return trace.parts
    .map(({ kind, visibility, text }) => `${letters[kind]}${visibility === 'raw' ? '' : `(${visibility})`}:${text}`)
    .join(' | ');
}

/** Seeded and small: mulberry32. */
export function random(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The bytes in pieces of random lengths, many of them tiny. */
export function cut(bytes: Uint8Array, next: () => number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = 1 + Math.floor(next() * (next() < 0.3 ? 5 : 700));
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

export function* oneByOne(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at++) yield bytes.subarray(at, at + 1);
}
