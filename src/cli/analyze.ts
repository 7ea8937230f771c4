import type { Readable, Writable } from 'node:stream';
import { createAnalyser } from '../core/analyser.ts';
import type { Analysis } from '../core/analysis.ts';
import { write } from './io.ts';

interface Input {
  readonly id: unknown;
  readonly reasoning: string;
  readonly prompt?: string;
  readonly answer?: string;
  readonly segments?: readonly (readonly [number, number])[];
}

/** JSON Lines in, JSON Lines out, one record in memory at a time. A bad line is answered and the run goes on; status 1 then. */
export async function runAnalyze(
  argv: readonly string[],
  io: { readonly stdin: Readable; readonly stdout: Writable; readonly stderr: Writable },
): Promise<number> {
  if (argv.length > 0) {
    io.stderr.write(`analyze takes no argument, not '${argv[0]}': it reads JSON Lines from standard input\n`);
    return 2;
  }
  let status = 0;
  let line = 0;
  for await (const text of linesOf(io.stdin)) {
    line++;
    if (text.trim() === '') continue;
    const input = parse(text);
    if (typeof input === 'string') {
      status = 1;
      await write(io.stdout, JSON.stringify({ id: null, error: input, line }) + '\n');
    } else await write(io.stdout, JSON.stringify({ id: input.id, ...analyze(input) }) + '\n');
  }
  return status;
}

/** The lines of a stream. Unlike `readline` it takes no more before what it gave is dealt with, so a long run needs little memory. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer | string>) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    let from = 0;
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      yield parts.join('') + text.slice(from, to);
      parts = [];
      from = to + 1;
    }
    if (from < text.length) parts.push(text.slice(from));
  }
  parts.push(decoder.decode());
  if (parts.some((part) => part !== '')) yield parts.join('');
}

function analyze(input: Input): Analysis {
  const analyser = createAnalyser({
    ...(input.prompt === undefined ? {} : { prompt: input.prompt }),
    ...(input.segments === undefined ? {} : { segments: input.segments }),
  });
  analyser.push(input.reasoning);
  analyser.pushAnswer(input.answer ?? '');
  analyser.end({ cutOff: false });
  return analyser.snapshot();
}

/** The record in a line, or what is wrong with it. */
function parse(text: string): Input | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return error instanceof Error ? error.message : 'not JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not a JSON object';
  const { id = null, reasoning, prompt, answer, segments } = value as Record<string, unknown>;
  if (typeof reasoning !== 'string') return "'reasoning' must be a string";
  if (isGiven(prompt) && typeof prompt !== 'string') return "'prompt' must be a string";
  if (isGiven(answer) && typeof answer !== 'string') return "'answer' must be a string";
  if (isGiven(segments)) {
    if (!Array.isArray(segments)) return "'segments' must be an array of [start, end]";
    let last = 0;
    for (const [i, pair] of segments.entries()) {
      if (!isPair(pair)) return `'segments[${i}]' must be [start, end]`;
      if (pair[0] < last || pair[1] < pair[0] || pair[1] > reasoning.length)
        return `'segments[${i}]' must follow the one before and lie within the reasoning`;
      last = pair[1];
    }
  }
  return {
    id,
    reasoning,
    ...(typeof prompt === 'string' ? { prompt } : {}),
    ...(typeof answer === 'string' ? { answer } : {}),
    ...(Array.isArray(segments) ? { segments: segments as [number, number][] } : {}),
  };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isPair(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && Number.isInteger(value[0]) && Number.isInteger(value[1]);
}
