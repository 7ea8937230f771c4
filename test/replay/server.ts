import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SAMPLE_FILE } from '../tools/sample.ts';
import { HTTP_FAULTS, isStreamFault, STREAM_FAULTS } from './faults.ts';
import type { StreamFault } from './faults.ts';
import { chunk, completion, deltasOf, event, tokens, usageChunk } from './wire.ts';
import type { Identity, ReplayTrace, TimedDelta } from './wire.ts';

export const SAMPLE_MODEL = 'sample-reasoner';

export interface ReplayOptions {
  /** How much faster than recorded; 1 is the recorded pace, Infinity as fast as the connection takes it. Default Infinity. */
  readonly speed?: number;
  /** Asks for this key, as `Authorization: Bearer …`; without it anybody may ask. */
  readonly key?: string;
  /** A saved trace to replay. Default: the sample. */
  readonly file?: string;
}

/** A request that came in, and what became of it. */
export interface ReplayRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>> | null;
  /** Whether the other side closed the connection before we had said all. */
  hungUp: boolean;
  ended: boolean;
}

export interface Replay {
  /** As it goes into an endpoint's `baseUrl`. */
  readonly baseUrl: string;
  readonly requests: readonly ReplayRequest[];
  /** The chat requests among them. */
  chats(): readonly ReplayRequest[];
  /** Lets what `model-hold` holds go on. */
  release(): void;
  close(): Promise<void>;
}

/** A model provider on this machine that speaks the OpenAI-compatible chat wire and always thinks the same. */
export async function startReplay(options: ReplayOptions = {}): Promise<Replay> {
  const trace = JSON.parse(readFileSync(options.file ?? SAMPLE_FILE, 'utf8')) as ReplayTrace;
  const requests: ReplayRequest[] = [];
  const gate = createGate();
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => {
      // whoever asked has gone: that is noted in the request, and no news to anybody else
      if (!response.destroyed) response.destroy(error as Error);
    });
  });

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/', headers } = incoming;
    allowAnyOrigin(headers, response);
    if (method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    const path = new URL(url, 'http://replay').pathname;
    const request: ReplayRequest = { method, path, headers, body: await readJson(incoming), hungUp: false, ended: false };
    requests.push(request);
    response.once('close', () => {
      request.hungUp = !response.writableFinished;
      request.ended = true;
    });
    if (options.key !== undefined && headers.authorization !== `Bearer ${options.key}`) {
      sendJson(response, 401, { error: { message: 'Authentication Fails, Your api key is invalid', type: 'authentication_error' } });
    } else if (method === 'GET' && path === '/v1/models') {
      const ids = [SAMPLE_MODEL, ...Object.keys(HTTP_FAULTS), ...STREAM_FAULTS];
      sendJson(response, 200, { object: 'list', data: ids.map((id) => ({ id, object: 'model', created: 0, owned_by: 'replay' })) });
    } else if (method === 'POST' && path === '/v1/chat/completions') {
      await chat(request, response, { trace, speed: options.speed ?? Infinity, held: gate.opened });
    } else {
      sendJson(response, 404, { error: { message: `There is nothing at ${path}`, type: 'invalid_request_error' } });
    }
  };

  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    chats: () => requests.filter(({ path }) => path === '/v1/chat/completions'),
    release: gate.open,
    async close() {
      gate.open();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

interface Playing {
  readonly trace: ReplayTrace;
  readonly speed: number;
  /** Resolves when the test lets `model-hold` go on. */
  readonly held: () => Promise<void>;
}

async function chat(request: ReplayRequest, response: ServerResponse, playing: Playing): Promise<void> {
  const named = request.body?.['model'];
  const model = typeof named === 'string' ? named : '';
  const fault = HTTP_FAULTS[model];
  if (fault !== undefined) {
    if (typeof fault.body === 'string')
      response.writeHead(fault.status, { 'content-type': 'text/plain', ...fault.headers }).end(fault.body);
    else sendJson(response, fault.status, fault.body, fault.headers);
    return;
  }
  if (model !== SAMPLE_MODEL && !isStreamFault(model)) {
    sendJson(response, 404, {
      error: { message: `The model \`${model}\` does not exist`, type: 'invalid_request_error', code: 'model_not_found' },
    });
    return;
  }
  if (model === 'model-hang') return;
  const identity: Identity = { id: 'chatcmpl-replay', created: 1_763_802_000, model };
  if (request.body?.['stream'] !== true) {
    sendJson(response, 200, completion(identity, playing.trace));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  await stream(identity, response, playing, model === SAMPLE_MODEL ? null : model);
}

/** Share of the deltas after which the faults strike: well inside the reasoning. */
const PART = 0.25;

/** How often `model-loop` says the same at most, and how many deltas that is. */
const ROUNDS = 600;
const ROUND = 40;

async function stream(identity: Identity, response: ServerResponse, playing: Playing, fault: StreamFault | null): Promise<void> {
  const all = shape(deltasOf(playing.trace), fault);
  const stopAt = ['model-cut', 'model-no-finish', 'model-in-stream', 'model-length', 'model-hold', 'model-loop'].includes(fault ?? '')
    ? Math.ceil(all.length * PART)
    : all.length;
  const send = async (deltas: readonly TimedDelta[]): Promise<void> => {
    const started = performance.now() - (deltas[0]?.at ?? 0) / playing.speed;
    for (const { at, delta } of deltas) {
      const early = at / playing.speed - (performance.now() - started);
      if (early > 1) await sleep(early);
      await write(response, chunk(identity, delta));
    }
  };
  await send(all.slice(0, stopAt));
  // a round takes a tenth of a second; an end only in case nobody hangs up
  for (let round = 0; fault === 'model-loop' && round < ROUNDS; round++) {
    await send(all.slice(stopAt - ROUND, stopAt));
    await sleep(100);
  }
  if (fault === 'model-cut') {
    // what was written has to be on its way before the connection breaks
    await sleep(30);
    response.destroy();
    return;
  }
  if (fault === 'model-in-stream') await write(response, event({ error: { message: 'Provider returned error', code: 502 } }));
  if (fault === 'model-no-finish' || fault === 'model-in-stream') {
    response.end();
    return;
  }
  if (fault === 'model-hold') {
    await Promise.race([playing.held(), new Promise((gone) => response.once('close', gone))]);
    await send(all.slice(stopAt));
  }
  await write(response, chunk(identity, { content: '', reasoning_content: null }, fault === 'model-length' ? 'length' : 'stop'));
  const sent = fault === 'model-length' ? all.slice(0, stopAt) : all;
  await write(response, usageChunk(identity, { ...playing.trace, usage: usageSoFar(sent, fault, playing.trace) }));
  response.end('data: [DONE]\n\n');
}

/** The counts of a response of which only these deltas were sent; a server that hides its thoughts counts them all the same. */
function usageSoFar(sent: readonly TimedDelta[], fault: StreamFault | null, { usage }: ReplayTrace): ReplayTrace['usage'] {
  if (fault === 'model-empty' || fault === 'model-plain') return { ...usage, reasoningTokens: 0 };
  return fault === 'model-length' ? { ...usage, reasoningTokens: sent.length, answerTokens: 0 } : usage;
}

/** The stream's deltas as another server would send the same thoughts. */
function shape(deltas: readonly TimedDelta[], fault: StreamFault | null): readonly TimedDelta[] {
  const isThought = ({ delta }: TimedDelta): boolean => typeof delta['reasoning_content'] === 'string';
  if (fault === 'model-empty') return deltas.slice(0, 1);
  if (fault === 'model-plain') return deltas.filter((delta) => !isThought(delta));
  if (fault === 'model-encrypted') {
    const details = [
      { type: 'reasoning.encrypted', data: 'gAAAAABo9ZkQ0m9wYXF1ZS1yZXBsYXk=', format: 'openai-responses-v1', id: 'rs_1', index: 0 },
    ];
    return [
      { at: 0, delta: { role: 'assistant', content: '', reasoning: null, reasoning_details: details } },
      ...deltas.filter((d) => !isThought(d)),
    ];
  }
  if (fault === 'model-think-tags') {
    const content = (text: string, at: number): TimedDelta[] => tokens(text).map((piece) => ({ at, delta: { content: piece } }));
    const first = deltas.findIndex((delta) => !isThought(delta));
    const plain = deltas.map(({ at, delta }) => ({ at, delta: { content: delta['reasoning_content'] ?? delta['content'] } }));
    const turn = plain[first]?.at ?? 0;
    return [...content('<think>\n', 0), ...plain.slice(0, first), ...content('\n</think>\n\n', turn), ...plain.slice(first)];
  }
  return deltas;
}

async function write(response: ServerResponse, text: string): Promise<void> {
  if (response.destroyed) throw new Error('the other side has gone');
  if (response.write(text)) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}

function sendJson(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** A web extension asks from the page's origin, so the browser wants to hear that it may. */
function allowAnyOrigin(headers: IncomingHttpHeaders, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
  response.setHeader('access-control-allow-headers', headers['access-control-request-headers'] ?? '*');
  response.setHeader('access-control-expose-headers', 'retry-after, x-request-id');
  response.setHeader('access-control-allow-private-network', 'true');
}

async function readJson(incoming: IncomingMessage): Promise<Record<string, unknown> | null> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  try {
    return JSON.parse(Buffer.concat(pieces).toString()) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** A door that is shut until it is opened, and open from then on. */
function createGate(): { open: () => void; opened: () => Promise<void> } {
  let open: () => void = () => undefined;
  const promise = new Promise<void>((done) => (open = done));
  return { open, opened: () => promise };
}
