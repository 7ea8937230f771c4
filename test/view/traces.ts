import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventsOf, headOf, readTrace } from '../../src/core/codec.ts';
import type { StampedEvent, TraceEvent } from '../../src/core/events.ts';
import type { TraceHead } from '../../src/core/trace.ts';
import type { Shown } from '../../src/protocol/messages.ts';

export interface TestTrace {
  readonly shown: Shown;
  readonly events: readonly StampedEvent[];
}

const FILE = join(import.meta.dirname, '../../media/sample/sample.reasoning.json');

/** The sample that the product brings. */
export function sampleTrace(live = false): TestTrace {
  const read = readTrace(readFileSync(FILE, 'utf8'));
  if (!read.ok) throw new Error(read.message);
  return { shown: shownOf(headOf(read.document), live), events: eventsOf(read.document) };
}

export function shownOf(head: TraceHead, live = false): Shown {
  return { head, notes: [], live, readOnly: false, label: null, notice: null };
}

export function headFor(title: string): TraceHead {
  return {
    id: `trace-${title.replace(/\W+/g, '-')}`,
    createdAt: '2025-06-01T10:00:00.000Z',
    title,
    request: {
      endpoint: 'DeepSeek',
      origin: 'https://api.deepseek.com',
      api: 'chat',
      model: 'deepseek-reasoner',
      parameters: {},
      messages: [{ role: 'user', content: title }],
    },
    origin: null,
  };
}

/** Numbers events from `from` and stamps one each `every` milliseconds. */
export function stamp(events: readonly TraceEvent[], from = 1, every = 30): StampedEvent[] {
  return events.map((event, i) => ({ seq: from + i, at: (from + i) * every, event }));
}

/** A text in chunks of so many UTF-16 units. */
export function chunks(part: number, text: string, size = 16): TraceEvent[] {
  const out: TraceEvent[] = [];
  for (let i = 0; i < text.length; i += size) out.push({ type: 'text', part, text: text.slice(i, i + size) });
  return out;
}

/** A whole run that thinks and answers. */
export function textTrace(title: string, reasoning: string, answer: string, live = false): TestTrace {
  const events: TraceEvent[] = [
    { type: 'open', part: 0, kind: 'reasoning', visibility: 'raw' },
    ...chunks(0, reasoning, 4000),
    { type: 'close', part: 0 },
    { type: 'open', part: 1, kind: 'answer', visibility: 'raw' },
    ...chunks(1, answer, 4000),
    { type: 'close', part: 1 },
    ...(live ? [] : [{ type: 'finish', reason: 'stop' } as const]),
  ];
  return { shown: shownOf(headFor(title), live), events: stamp(events) };
}

const SUBJECTS = [
  'the cache',
  'the retry loop',
  'the parser',
  'the date',
  'the index',
  'the lock',
  'the queue',
  '`flush()`',
  '`userId`',
  'the second branch',
];
const TURNS = [
  'Let me look at how {s} is used here.',
  'First I should check whether {s} can be null at this point.',
  'We know that {s} is created in `start()` and never replaced.',
  'So {s} is read before it is written, which gives an empty result for the first call.',
  'Wait, that is not right: {s} is only touched after the lock is taken.',
  'For example, if {s} holds [1, 2, 3] then the loop runs three times and ends with 6.',
  'Hmm, maybe {s} is shared between two threads? Not sure.',
  'Alternatively, we could replace {s} by a map from the start.',
  'Let me verify that {s} still passes the test: yes, it does.',
  'Therefore {s} has to be copied before it is handed on.',
];

/** Reasoning of about so many UTF-16 units, the same for the same seed. */
export function longReasoning(units: number, seed = 1): string {
  let state = seed;
  const next = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const out: string[] = [];
  let length = 0;
  while (length < units) {
    const sentences = Array.from({ length: 2 + next(4) }, () =>
      (TURNS[next(TURNS.length)] ?? '').replace('{s}', SUBJECTS[next(SUBJECTS.length)] ?? ''),
    );
    let paragraph = sentences.join(' ');
    if (next(14) === 0) paragraph += '\n\n```ts\nconst value = cache.get(key);\nif (value === undefined) return load(key);\n```';
    out.push(paragraph);
    length += paragraph.length + 2;
  }
  return out.join('\n\n');
}

/** Reasoning with a call of a tool in it, what came back, and a part that is locked; `call` is what the tool is given. */
export function toolTrace(call: string): TestTrace {
  return {
    shown: shownOf(headFor('tools')),
    events: stamp([
      { type: 'open', part: 0, kind: 'reasoning', visibility: 'raw' },
      { type: 'text', part: 0, text: 'Let me read the file first. I need its limits.' },
      { type: 'open', part: 1, kind: 'tool-call', visibility: 'raw', name: 'read_file' },
      { type: 'text', part: 1, text: call },
      { type: 'open', part: 2, kind: 'tool-result', visibility: 'raw', name: 'read_file' },
      { type: 'text', part: 2, text: 'const limit = 5;' },
      { type: 'open', part: 3, kind: 'reasoning', visibility: 'redacted' },
      { type: 'open', part: 4, kind: 'reasoning', visibility: 'raw' },
      { type: 'text', part: 4, text: 'So the limit is five. That is enough.' },
      { type: 'open', part: 5, kind: 'answer', visibility: 'raw' },
      { type: 'text', part: 5, text: 'Five.' },
      { type: 'finish', reason: 'stop' },
    ]),
  };
}
