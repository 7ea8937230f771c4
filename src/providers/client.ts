import OpenAI, { APIError } from 'openai';
import type { Failure, TraceEvent } from '../core/events.ts';
import { baseOf, isPlainHttp } from './address.ts';
import type { Ending } from './collector.ts';
import { DIALECTS } from './dialects.ts';
import type { Asked } from './errors.ts';
import { brokenStream, networkFailure, noKey, plainHttp, statusFailure, timedOut, unsendable } from './errors.ts';
import { arrayOf, objectOf } from './narrow.ts';
import type { Pipeline } from './pipeline.ts';
import { createPipeline } from './pipeline.ts';
import { needsKey } from './presets.ts';
import type { Ask, Endpoint, ModelInfo, ProviderOptions, ProviderRequest, Recording } from './provider.ts';
import { secretsOf, withoutSecretsIn, withoutSecrets } from './secrets.ts';

/** Models think for minutes without a word, so only a silence longer than this is given up, in milliseconds. */
const IDLE_MS = 300_000;
/** After an error inside the stream, servers send their counts or nothing: this long is waited for them, in milliseconds. */
const AFTER_ERROR_MS = 1_000;
/** So long is a connection kept that says no more after the response was complete, in milliseconds. */
const AFTER_END_MS = 5_000;
/** The library's own limit ends with the headers; ours watches the whole response. The largest delay that timers know. */
const NO_TIMEOUT = 2 ** 31 - 1;

/** Asks a model and tells what comes back; see `Ask`. */
export const ask: Ask = async function* (request, options) {
  const { endpoint, model, key } = request;
  const asked: Asked = { endpoint, model };
  const secrets = secretsOf(request);
  const refused = refusal(request, options);
  if (refused !== null) {
    yield { type: 'error', failure: withoutSecrets(refused, secrets) };
    return;
  }
  if (options.signal.aborted) {
    yield { type: 'finish', reason: 'stopped' };
    return;
  }
  const dialect = DIALECTS[endpoint.api];
  const queue: TraceEvent[] = [];
  const pipeline = createPipeline(asked, (event) => queue.push(withoutSecretsIn(event, secrets)));
  const started = performance.now();
  const idle = createIdle(options.idleTimeoutMs ?? IDLE_MS);
  const signal = AbortSignal.any([options.signal, idle.signal]);
  const stopped = (): boolean => options.signal.aborted;
  let bytes: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let ending: Ending | null = null;
  try {
    const { path, query, body } = dialect.request(request);
    options.onRequest?.({ url: `${baseOf(endpoint.baseUrl)}${path}`, body });
    const client = clientFor(endpoint, key === undefined || key === '' ? {} : dialect.headers(key), options);
    idle.wait();
    const response = await client.post<unknown>(path, { body, signal, ...(query === undefined ? {} : { query }) }).asResponse();
    bytes = response.body?.getReader();
    while (bytes !== undefined && !pipeline.isDone()) {
      idle.wait(pipeline.failure() !== null ? AFTER_ERROR_MS : pipeline.isFinished() ? AFTER_END_MS : undefined);
      const chunk = await bytes.read();
      // only the server's silence counts, not the time that the reader of the events takes
      idle.end();
      if (chunk.done) break;
      options.onBytes?.(chunk.value, performance.now() - started);
      pipeline.push(chunk.value);
      for (const event of queue) {
        yield event;
        if (stopped()) break;
      }
      queue.length = 0;
      if (stopped()) break;
    }
  } catch (error) {
    ending = endingOfError(error, asked, idle, pipeline);
  } finally {
    // also when whoever reads the events stops reading
    idle.end();
    void bytes?.cancel().catch(() => undefined);
  }
  pipeline.end(stopped() ? { reason: 'stopped' } : ending);
  yield* queue;
};

function refusal({ endpoint, model, key, allowPlainHttp }: ProviderRequest, { recording }: ProviderOptions): Failure | null {
  if (recording !== undefined) return null;
  const asked: Asked = { endpoint, model };
  if (isPlainHttp(endpoint.baseUrl) && allowPlainHttp !== true) return plainHttp(asked);
  if (key === undefined || key === '') return needsKey(endpoint) ? noKey(asked) : unsent(asked, '');
  return unsent(asked, key);
}

/** A value that `fetch` would refuse would stand in its error. */
function unsent(asked: Asked, key: string): Failure | null {
  if (/[^\x21-\x7e]/.test(key)) return unsendable(asked, 'key');
  const headers = Object.values(asked.endpoint.headers ?? {});
  return headers.some((value) => /[^\t\x20-\x7e]/.test(value)) ? unsendable(asked, 'header') : null;
}

/** Where an error leaves the response: an abort of ours, a status, or the network's words. */
function endingOfError(error: unknown, asked: Asked, idle: Idle, so: Pick<Pipeline, 'isFinished' | 'failure'>): Ending {
  if (idle.signal.aborted) return so.isFinished() ? { reason: 'stop' } : { failure: so.failure() ?? timedOut(asked, idle.ms) };
  if (error instanceof APIError && error.status !== undefined) {
    const headers = error.headers as Headers | undefined;
    // a page of markup says nothing in one line
    const words: unknown = error.error ?? error.message.replace(/^\d+\s*/, '').replace(/^<[^]*$/, '');
    return { failure: statusFailure(error.status as number, words, asked, headers?.get('retry-after') ?? null, Date.now()) };
  }
  return { failure: networkFailure(error, asked) };
}

/** A client that takes nothing from the environment: every setting that the library would read from there is given. */
function clientFor(endpoint: Endpoint, auth: Readonly<Record<string, string>>, options: Pick<ProviderOptions, 'recording'>): OpenAI {
  // names in lower case, so that the user's own `Authorization` takes the place of ours instead of standing beside it
  const own = Object.entries(endpoint.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const headers = { accept: 'text/event-stream, application/json', ...auth, ...Object.fromEntries(own) };
  return new OpenAI({
    baseURL: baseOf(endpoint.baseUrl),
    apiKey: 'carried-by-fetch',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    // a question costs money and its failure is told at once: whoever asked decides whether to ask again
    maxRetries: 0,
    timeout: NO_TIMEOUT,
    // the key is the user's own and lives in VS Code's secret storage, also in the web extension host
    dangerouslyAllowBrowser: true,
    fetch: (url, init) => {
      if (options.recording !== undefined) return Promise.resolve(responseOf(options.recording));
      // only these headers leave: the library's own, and any that the environment slipped in, stay here
      const content = init?.body === undefined || init.body === null ? {} : { 'content-type': 'application/json' };
      return fetch(url, { ...init, headers: { ...content, ...headers }, redirect: 'error' });
    },
  });
}

function responseOf({ chunks, status = 200 }: Recording): Response {
  const from = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await from.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
  return new Response(body, { status });
}

/** Gives up on a server that is silent for too long. */
interface Idle {
  readonly signal: AbortSignal;
  readonly ms: number;
  /** Begins to wait anew, for that long at most. */
  wait(ms?: number): void;
  end(): void;
}

function createIdle(ms: number): Idle {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    signal: controller.signal,
    ms,
    wait(next = ms) {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(), next);
    },
    end: () => clearTimeout(timer),
  };
}

/** The models that the server lists, in its order. Throws an `Error` whose message is one sentence without any key. */
export async function listModels(
  endpoint: Endpoint,
  key: string | undefined,
  signal: AbortSignal,
  { allowPlainHttp = false }: Pick<ProviderRequest, 'allowPlainHttp'> = {},
): Promise<ModelInfo[]> {
  const dialect = DIALECTS[endpoint.api];
  const asked: Asked = { endpoint, model: '' };
  const refused = refusal(
    {
      endpoint: { ...endpoint, needsKey: false },
      model: '',
      messages: [],
      effort: 'default',
      allowPlainHttp,
      ...(key === undefined ? {} : { key }),
    },
    { signal },
  );
  if (refused !== null) throw new Error(refused.message);
  const idle = createIdle(LIST_MS);
  idle.wait();
  try {
    const client = clientFor(endpoint, key === undefined || key === '' ? {} : dialect.headers(key), {});
    const path = dialect.models.path(endpoint.baseUrl);
    const response = await client.get<unknown>(path, { signal: AbortSignal.any([signal, idle.signal]) }).asResponse();
    // by its words and not by its content type: a page can come with any
    const body = jsonOf(await response.text());
    if (body !== null) {
      const list = arrayOf(Array.isArray(body) ? body : objectOf(body)[dialect.models.list]);
      return list.map((item) => dialect.models.info(objectOf(item))).filter(({ id }) => id !== '');
    }
  } catch (error) {
    if (signal.aborted) return [];
    const ending = endingOfError(error, asked, idle, { isFinished: () => false, failure: () => null });
    const failure = 'failure' in ending ? ending.failure : brokenStream(asked);
    const { message } = withoutSecrets(failure, secretsOf({ endpoint, ...(key === undefined ? {} : { key }) }));
    // the cause stays here: it may hold what was sent
    // eslint-disable-next-line preserve-caught-error
    if (failure.code !== 'not-found') throw new Error(message);
  } finally {
    idle.end();
  }
  throw new Error(`${endpoint.name} gives no list of models at this address; type the model’s id.`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A list of models that takes longer than this is not waited for, in milliseconds. */
const LIST_MS = 15_000;
