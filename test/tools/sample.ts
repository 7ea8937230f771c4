import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname, '../..');
const PROJECT = join(ROOT, 'media/sample/project');
export const SAMPLE_FILE = join(ROOT, 'media/sample/sample.reasoning.json');

/** The files of the sample project that go along with the question, in this order. */
const CONTEXT = [
  'src/backoff.ts',
  'src/delivery-queue.ts',
  'src/dispatcher.ts',
  'src/clock.ts',
  'test/backoff.test.ts',
  'test/dispatcher.test.ts',
];

/** Milliseconds before the first token, and of the thinking as a whole: about 560 characters a second, as fast models do it. */
const FIRST_TOKEN_MS = 640;
const THINKING_MS = 15_200;
const ANSWERING_MS = 2600;

/**
 * The sample trace, made from its texts beside this file and from the files of the sample project. Its times are drawn
 * from a seeded generator: bursts and pauses as a network has them, the same at each run.
 */
export function makeSample(): string {
  const random = generator(20_251_122);
  const reasoning = source('reasoning.md');
  const answer = source('answer.md');
  const thinking = arrivals(reasoning, 0, FIRST_TOKEN_MS, THINKING_MS, random);
  const start = endOf(thinking) + 70;
  const answering = arrivals(answer, 1, start, ANSWERING_MS, random);
  const files = CONTEXT.map((path) => `\`${path}\`:\n\n\`\`\`ts\n${readFileSync(join(PROJECT, path), 'utf8').trimEnd()}\n\`\`\``);
  const prompt = [source('question.md'), ...files].join('\n\n');
  // a token of English and code is a little over four characters
  const tokens = (text: string): number => Math.round(text.length / 4.3);
  const [promptTokens, reasoningTokens, answerTokens] = [tokens(prompt), tokens(reasoning), tokens(answer)];
  const document = {
    $schema: 'https://reasoning-inspector.dev/schema/trace-1.json',
    version: 1,
    id: 'sample-hookpost',
    createdAt: '2025-11-22T09:00:00.000Z',
    title: 'Sample: why do the retries start over?',
    request: {
      endpoint: 'Sample',
      origin: 'sample',
      api: 'chat',
      model: 'sample-reasoner',
      parameters: {},
      messages: [{ role: 'user', content: prompt }],
    },
    parts: [
      { kind: 'reasoning', visibility: 'raw', text: reasoning, start: FIRST_TOKEN_MS, end: endOf(thinking) },
      { kind: 'answer', visibility: 'raw', text: answer, start, end: endOf(answering) },
    ],
    timeline: 'TIMELINE',
    usage: { promptTokens, reasoningTokens, answerTokens, totalTokens: promptTokens + reasoningTokens + answerTokens },
    finish: { reason: 'stop', raw: 'stop' },
    analysis: null,
    origin: null,
    notes: [],
  };
  const timeline = [...thinking, ...answering].map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
  return `${JSON.stringify(document, null, 2).replace('"TIMELINE"', () => `[\n${timeline}\n  ]`)}\n`;
}

type Arrival = readonly [ms: number, part: number, chars: number];

/** Cuts a text into arrivals about 50 ms apart that end with words, over a stretch of `duration` milliseconds. */
function arrivals(text: string, part: number, start: number, duration: number, random: () => number): Arrival[] {
  const perMs = text.length / duration;
  const list: Arrival[] = [];
  let at = start;
  for (let done = 0; done < text.length;) {
    const gap = 50 + Math.floor(random() * 30);
    let end = Math.min(text.length, done + Math.max(8, Math.round(gap * perMs * (0.6 + 0.8 * random()))));
    while (end < text.length && /\w/.test(text[end] ?? '')) end++;
    list.push([at, part, end - done]);
    // what came in more than its share of time is made up for, so that the whole takes as long as it should
    done = end;
    at = Math.max(at + 50, start + Math.round((done / text.length) * duration) + Math.floor((random() - 0.5) * 20));
  }
  return list;
}

function endOf(list: readonly Arrival[]): number {
  return list.at(-1)?.[0] ?? 0;
}

function source(name: string): string {
  return readFileSync(join(import.meta.dirname, 'sample', name), 'utf8').trimEnd();
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32, public domain). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(SAMPLE_FILE, makeSample());
  console.log(`wrote ${SAMPLE_FILE}`);
}
