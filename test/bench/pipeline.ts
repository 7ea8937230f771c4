// How much time the whole way of a response takes in the extension host (client, reading, events, journal, analysis, batches
// to the view), against a bare loop of the client library over the same stream. `node test/bench/pipeline.ts [deltas]`
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import OpenAI from 'openai';
import { createAnalyser } from '../../src/core/analyser.ts';
import { createInspection } from '../../src/core/inspection.ts';
import type { TraceHead } from '../../src/core/trace.ts';
import { applyEvent, createTrace, textOf } from '../../src/core/trace.ts';
import type { Files } from '../../src/host/files.ts';
import { createJournal } from '../../src/host/journal.ts';
import { startRun } from '../../src/host/run.ts';
import { ask } from '../../src/providers/client.ts';

const ROUNDS = 5;
const GOAL = 1.25;

/** A chain of thought in pieces as models send them, then an answer of a tenth of its length. */
function* deltas(count: number): Generator<object> {
  const words = 'Wait, if `total` starts at 0 then the loop adds price * quantity twice. Let me check that again: '.match(/\s?\S+/g) ?? [];
  const reasoned = Math.floor(count * 0.9);
  for (let at = 0; at < count; at++) {
    const text = at % 400 === 399 ? '\n\n' : (words[at % words.length] ?? '');
    yield at < reasoned ? { reasoning_content: text } : { content: text };
  }
}

async function serveDeltas(count: number): Promise<void> {
  const { createServer } = await import('node:http');
  const chunk = (delta: object, finish: string | null = null) =>
    `data: ${JSON.stringify({ id: 'chatcmpl-0123456789', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
  const body = Buffer.from(`${[...deltas(count)].map((delta) => chunk(delta)).join('')}${chunk({}, 'stop')}data: [DONE]\n\n`);
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  parentPort?.postMessage((server.address() as { port: number }).port);
}

/** The loop that everybody writes. Returns the number of characters. */
async function bare(baseURL: string): Promise<number> {
  const client = new OpenAI({ baseURL, apiKey: 'none', organization: null, project: null, maxRetries: 0 });
  let chars = 0;
  for await (const chunk of await client.chat.completions.create({ model: 'm', messages: [], stream: true })) {
    const delta = chunk.choices[0]?.delta as { content?: string; reasoning_content?: string } | undefined;
    chars += (delta?.reasoning_content ?? delta?.content ?? '').length;
  }
  return chars;
}

/** Our client by itself. Returns the number of characters. */
async function clientAlone(baseUrl: string): Promise<number> {
  const endpoint = { name: 'Bench', baseUrl, api: 'chat' } as const;
  let chars = 0;
  for await (const event of ask({ endpoint, model: 'm', effort: 'default', messages: [] }, { signal: new AbortController().signal }))
    if (event.type === 'text') chars += event.text.length;
  return chars;
}

/** The way that the host goes: events, journal and batches to a view that applies them, and analyses them if asked to. Returns the number of characters. */
async function host(baseUrl: string, files: Files, analysed: boolean): Promise<number> {
  const endpoint = { name: 'Bench', baseUrl, api: 'chat' } as const;
  const messages = [{ role: 'user', content: 'q' }] as const;
  const head: TraceHead = {
    id: 'bench',
    createdAt: '2026-01-01T00:00:00.000Z',
    title: 'q',
    request: { endpoint: 'Bench', origin: baseUrl, api: 'chat', model: 'm', parameters: {}, messages },
    origin: null,
  };
  const run = startRun({
    head,
    now: () => performance.now(),
    source: (signal) => ask({ endpoint, model: 'm', effort: 'default', messages }, { signal }),
  });
  const view = createInspection(head, createAnalyser);
  const trace = createTrace(head);
  run.onEvents((events) => {
    for (const event of structuredClone(events)) {
      if (analysed) view.apply(event);
      else applyEvent(trace, event);
    }
    if (analysed) view.analyser().settled();
  });
  const kept = createJournal(files, (error) => {
    throw error;
  }).follow(run, () => Promise.resolve());
  await run.done;
  if (analysed) view.analyser().snapshot();
  await kept;
  const { parts } = analysed ? view.trace : trace;
  return textOf(parts, 'reasoning').length + textOf(parts, 'answer').length;
}

function filesIn(folder: string): Files {
  const at = (path: string) => join(folder, path);
  return {
    list: (path) => readdir(at(path)),
    read: (path) => readFile(at(path), 'utf8'),
    async write(path, text) {
      await mkdir(join(at(path), '..'), { recursive: true });
      await writeFile(at(path), text);
    },
    remove: (path) => rm(at(path), { recursive: true, force: true }),
  };
}

async function measure(count: number): Promise<void> {
  const server = new Worker(new URL(import.meta.url), { workerData: count });
  const [port] = (await once(server, 'message')) as [number];
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const url = `http://127.0.0.1:${port}/v1`;
    const ways = {
      'bare loop': () => bare(url),
      client: () => clientAlone(url),
      'client, log, journal, batches': () => host(url, filesIn(folder), false),
      'the same and the analysis': () => host(url, filesIn(folder), true),
    };
    const times = new Map<string, number[]>();
    // in turns, so that a busy moment of the machine meets all of them; the first round only warms up
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [name, way] of Object.entries(ways)) {
        const before = process.threadCpuUsage();
        const chars = await way();
        const { user, system } = process.threadCpuUsage(before);
        if (round === 0) times.set(name, []);
        else times.get(name)?.push((user + system) / 1000);
        if (round === 0 && name === 'bare loop')
          console.log(`${count} deltas, ${chars} characters; processor time of the thread, median of ${ROUNDS}`);
      }
    }
    const median = (list: readonly number[] = []) => list.toSorted((a, b) => a - b)[list.length >> 1] ?? NaN;
    const yardstick = median(times.get('bare loop'));
    for (const [name, list] of times) {
      const ms = median(list);
      console.log(
        `${name.padEnd(32)} ${ms.toFixed(0).padStart(6)} ms ${String(Math.round((count / ms) * 1000)).padStart(9)} deltas a second   ${(ms / yardstick).toFixed(2)}`,
      );
    }
    console.log(`goal for the last: at most ${GOAL}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
    await server.terminate();
  }
}

if (isMainThread) await measure(Number(process.argv[2] ?? 100_000));
else await serveDeltas(workerData as number);
