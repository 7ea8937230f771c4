import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { createAnalyser } from '../core/analyser.ts';
import { toDocument, writeTrace } from '../core/codec.ts';
import { createInspection } from '../core/inspection.ts';
import type { TraceHead } from '../core/trace.ts';
import { originOf } from '../providers/address.ts';
import { exposureAdvice } from '../providers/advice.ts';
import type { ProviderOptions, Recording } from '../providers/provider.ts';
import type { RecordedChunk } from '../providers/recording.ts';
import { recordingLine, redactChunks } from '../providers/recording.ts';
import type { AskOptions } from './ask-options.ts';
import { ASK_USAGE, askOptions } from './ask-options.ts';
import { createLivePrinter } from './ask-print.ts';
import type { Io } from './io.ts';
import { write } from './io.ts';
import { readRecording, tellApi } from './recording.ts';

/** Asks a model (or reads a recorded answer) and prints its reasoning while it comes, then the answer. */
export async function runAsk(argv: readonly string[], io: Io): Promise<number> {
  if (argv.includes('--help') || argv.includes('-h')) {
    await write(io.stdout, ASK_USAGE);
    return 0;
  }
  const options = askOptions(argv);
  if (typeof options === 'string') {
    io.stderr.write(`ask: ${options}\n\n${ASK_USAGE}`);
    return 2;
  }
  const prompt = options.prompt === null || options.prompt === '-' ? (options.from === null ? await text(io.stdin) : '') : options.prompt;
  if (prompt.trim() === '' && options.from === null) {
    io.stderr.write(`ask: the prompt is empty\n`);
    return 2;
  }
  const key = options.keyEnv === null ? undefined : io.env[options.keyEnv];
  if (options.keyEnv !== null && !key) {
    io.stderr.write(`ask: there is no key in the environment variable ${options.keyEnv}\n`);
    return 2;
  }
  if (options.from === null) return answer(options, prompt, key, null, io);
  try {
    const { api, chunks } = await tellApi(readRecording(createReadStream(options.from)));
    const endpoint = options.apiGiven ? options.endpoint : { ...options.endpoint, api };
    return await answer({ ...options, endpoint }, prompt, key, { chunks }, io);
  } catch (error) {
    io.stderr.write(`ask: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function answer(options: AskOptions, prompt: string, key: string | undefined, recording: Recording | null, io: Io): Promise<number> {
  const { endpoint, model, effort, json } = options;
  const head: TraceHead = {
    id: crypto.randomUUID(),
    createdAt: new Date().toISOString(),
    title: (prompt.trim().split('\n', 1)[0] ?? '').slice(0, 80),
    request: {
      endpoint: endpoint.name,
      origin: originOf(endpoint.baseUrl) ?? '',
      api: endpoint.api,
      model,
      parameters: { effort },
      messages: [{ role: 'user', content: prompt }],
    },
    origin: null,
  };
  const inspection = createInspection(head, createAnalyser);
  const printer = json ? null : createLivePrinter(inspection, { colour: io.isTTY });
  const stop = new AbortController();
  const onInterrupt = () => stop.abort();
  process.once('SIGINT', onInterrupt);
  const kept: RecordedChunk[] | null = options.record === null ? null : [];
  try {
    const providerOptions: ProviderOptions = {
      signal: stop.signal,
      ...(kept === null ? {} : { onBytes: (bytes: Uint8Array, at: number) => void kept.push({ at, bytes: bytes.slice() }) }),
      ...(recording === null ? {} : { recording }),
    };
    const { ask } = await import('../providers/client.ts');
    const request = {
      endpoint,
      model,
      effort,
      messages: head.request.messages,
      allowPlainHttp: options.allowPlainHttp,
      ...(key === undefined ? {} : { key }),
    };
    const started = performance.now();
    let seq = 0;
    for await (const event of ask(request, providerOptions)) {
      inspection.apply({ seq: ++seq, at: performance.now() - started, event });
      const more = printer?.more() ?? '';
      if (more !== '') await write(io.stdout, more);
    }
  } finally {
    process.off('SIGINT', onInterrupt);
    if (kept !== null && options.record !== null) await writeRecording(options.record, kept, key);
  }
  await write(io.stdout, printer === null ? writeTrace(toDocument(inspection.trace, inspection.analyser().snapshot())) : printer.end());
  const { failure } = inspection.trace;
  const advice = exposureAdvice(inspection.trace, endpoint, inspection.trace.serverModel ?? model);
  if (advice !== null && printer !== null) io.stderr.write(`ask: ${advice}\n`);
  if (failure !== null) io.stderr.write(`ask: ${failure.message}\n`);
  return failure === null ? 0 : 1;
}

/** Keeps the response as it came, without what looks like a secret and without the key, should the server have repeated it. */
async function writeRecording(file: string, chunks: readonly RecordedChunk[], key: string | undefined): Promise<void> {
  const lines = redactChunks(chunks, key === undefined ? [] : [key]).map(({ at, bytes }) => recordingLine(bytes, at));
  await writeFile(file, lines.join(''));
}
