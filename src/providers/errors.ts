import type { Failure, FailureCode } from '../core/events.ts';
import { countOf, objectOf, textOfValue } from './narrow.ts';
import type { Endpoint } from './provider.ts';

/** Of whom something was asked: names that may stand in a message. */
export interface Asked {
  readonly endpoint: Endpoint;
  readonly model: string;
}

/** The server's own words about what went wrong, from the many shapes of error bodies. */
export function errorWords(body: unknown, depth = 0): string {
  if (typeof body === 'string') return body;
  if (depth > 4) return '';
  const error = objectOf(Array.isArray(body) ? body[0] : body);
  const inner = error['error'];
  if (inner !== undefined && inner !== null) {
    const words = errorWords(inner, depth + 1);
    if (words !== '') return words;
  }
  const own = textOfValue(error['message']) || textOfValue(error['detail']) || textOfValue(error['msg']);
  return own || textOfValue(error['code']) || textOfValue(error['type']);
}

/** An error that a server reports amid its stream. */
export function inStreamFailure(error: unknown): Failure {
  const detail = shorten(errorWords(error));
  if (isContextLength(detail)) return failure('context-length', CONTEXT_LENGTH, { detail });
  const words = detail === '' ? '' : ` (${withoutStop(detail)})`;
  return failure('in-stream', `The server broke off with an error${words}; what had arrived is kept, ask again.`, { detail });
}

const CONTEXT_LENGTH =
  'The prompt is longer than this model can read; shorten it, drop some context or choose a model with a larger context.';

/** An answer with a status of 400 or more. `retryAfter` is the header's value, seconds or a date; `now` in ms since 1970. */
export function statusFailure(status: number, body: unknown, asked: Asked, retryAfter: string | null, now: number): Failure {
  const { name, keyUrl } = asked.endpoint;
  const detail = shorten(errorWords(body));
  const more = { status, detail };
  const words = detail === '' ? '' : ` (${withoutStop(detail)})`;
  if (status === 401)
    return failure(
      'unauthorized',
      `${name} does not accept the API key; set another one${keyUrl === undefined ? '' : `, to be had at ${keyUrl}`}.`,
      more,
    );
  if (status === 402) return failure('payment', `The account at ${name} has no credit left; add some there or choose another model.`, more);
  if (status === 413 || ((status === 400 || status === 422) && isContextLength(detail)))
    return failure('context-length', CONTEXT_LENGTH, more);
  if (status === 403)
    return failure('forbidden', `${name} refuses this request${words}; check what the key may do and where the service is offered.`, more);
  if (
    status === 404 ||
    (status === 400 && /model.{0,60}(?:not (?:exist|found|available)|unknown|invalid)|(?:unknown|invalid|no such) model/i.test(detail))
  )
    return failure(
      'not-found',
      `${name} has no model '${shorten(asked.model)}' at this address${words}; choose another model or check the address.`,
      more,
    );
  if (status === 429) {
    const retryAfterMs = retryMs(retryAfter, now);
    const when = retryAfterMs === undefined ? 'a little later' : `in ${Math.ceil(retryAfterMs / 1000)} seconds`;
    return failure('rate-limit', `${name} limits how much may be asked${words}; ask again ${when}.`, {
      ...more,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }
  if (status === 408) return failure('timeout', `${name} gave up waiting; ask again.`, more);
  if (status >= 500) {
    const retryAfterMs = retryMs(retryAfter, now);
    return failure('server', `${name} has a problem of its own (status ${status})${words}; ask again later.`, {
      ...more,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }
  if (status >= 300 && status < 400) return redirected(asked);
  return failure('bad-request', `${name} rejects the request (status ${status})${words}; check the model and its parameters.`, more);
}

/** What a failed `fetch` says about itself, in the words of Node and of browsers. */
export function networkFailure(error: unknown, asked: Asked): Failure {
  const { name, baseUrl } = asked.endpoint;
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
  const codes: string[] = [];
  let words = '';
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    codes.push(textOfValue((at as Error & { code?: unknown }).code));
    words += ` ${at.message}`;
    if (at instanceof AggregateError) for (const one of at.errors) codes.push(textOfValue(objectOf(one)['code']));
  }
  const is = (pattern: RegExp) => codes.some((code) => pattern.test(code)) || pattern.test(words);
  if (is(/unexpected redirect|redirect mode is set to error/i)) return redirected(asked);
  if (is(/ECONNREFUSED|ERR_CONNECTION_REFUSED/))
    return failure('refused', `Nothing answers at ${host}; start the server or check the address of ${name}.`);
  if (is(/ENOTFOUND|EAI_AGAIN|ERR_NAME_NOT_RESOLVED/))
    return failure('dns', `There is no machine named ${host}; check the address of ${name} and your connection.`);
  if (is(/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO|wrong version number|SSL routines/))
    return failure(
      'tls',
      `The encrypted connection to ${host} can't be trusted or set up; check the address, the clock and your proxy's certificate.`,
    );
  if (is(/ETIMEDOUT|TIMEOUT|timed? ?out/i)) return timedOut(asked);
  if (is(/ECONNRESET|EPIPE|terminated|other side closed|UND_ERR_SOCKET|HPE_|premature|aborted/i)) return brokenStream(asked);
  return failure('network', `${host} can't be reached; check the address, your connection and your proxy.`, {
    detail: shorten(words.replace(/\bhttps?:\S+/g, '')),
  });
}

export function brokenStream({ endpoint }: Asked): Failure {
  return failure('broken-stream', `The connection to ${endpoint.name} broke off; what had arrived is kept, ask again.`);
}

export function timedOut({ endpoint }: Asked, afterMs?: number): Failure {
  const how = afterMs === undefined ? 'in time' : `for ${Math.round(afterMs / 1000)} seconds`;
  return failure('timeout', `${endpoint.name} did not answer ${how}; what had arrived is kept, ask again or choose another model.`);
}

export function redirected({ endpoint }: Asked): Failure {
  return failure(
    'redirect',
    `${endpoint.name} wants to send the request elsewhere, which is refused so that prompt and key stay there; set the final address.`,
  );
}

export function plainHttp({ endpoint }: Asked): Failure {
  return failure(
    'plain-http',
    `${endpoint.name} is reached without encryption, so nothing was sent; use an https address or allow it for this server.`,
  );
}

export function noKey({ endpoint }: Asked): Failure {
  const { name, keyUrl } = endpoint;
  return failure('no-key', `${name} needs an API key and none is set; set one${keyUrl === undefined ? '' : `, to be had at ${keyUrl}`}.`);
}

/** A key or a header with characters that HTTP cannot carry. Such a value must not get as far as an error message. */
export function unsendable({ endpoint }: Asked, what: 'key' | 'header'): Failure {
  return what === 'key'
    ? failure('no-key', `The API key for ${endpoint.name} holds characters that no key has, so nothing was sent; set it again.`)
    : failure('bad-request', `A header for ${endpoint.name} holds characters that can't be sent; correct it in the settings.`);
}

export function notAStream({ endpoint }: Asked, head: string): Failure {
  const title = /<title[^>]*>([^<]{1,100})/i.exec(head)?.[1];
  const page = /^\s*</.test(head) ? `a web page${title === undefined ? '' : ` ('${shorten(title)}')`}` : 'something else';
  return failure('not-a-stream', `${endpoint.name} sent ${page} instead of an answer; check its address, which must end like …/v1.`, {
    detail: shorten(head),
  });
}

/** Some chunks of the stream were not JSON. */
export function unreadableChunks(count: number): Failure {
  const what = count === 1 ? 'One chunk' : `${count} chunks`;
  return failure(
    'broken-stream',
    `${what} of the answer could not be read, so words may be missing; what could be read is kept, ask again.`,
  );
}

export function emptyAnswer({ endpoint, model }: Asked, reasoned: boolean): Failure {
  return reasoned
    ? failure('empty', `The model stopped after its reasoning without an answer; ask again or allow it more tokens.`)
    : failure('empty', `${endpoint.name} sent an empty answer; ask again or choose another model than '${shorten(model)}'.`);
}

function failure(code: FailureCode, message: string, more: Partial<Failure> = {}): Failure {
  const { detail, ...rest } = more;
  return { code, message, ...rest, ...(detail === undefined || detail === '' ? {} : { detail }) };
}

function isContextLength(words: string): boolean {
  return /context[ _](?:length|window|size)|maximum context|too many (?:input )?tokens|prompt is too long|exceeds? .{0,40}(?:context|n_ctx|tokens)|input is too long/i.test(
    words,
  );
}

function retryMs(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = countOf(Number(header));
  if (seconds !== undefined) return Math.round(seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** One line of at most 200 characters, without anything that looks like a key. */
export function shorten(text: string): string {
  const line = text.slice(0, 2000).replace(KEY_LIKE, '[key]').replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

function withoutStop(words: string): string {
  return words.replace(/[.\s]+$/, '');
}

const KEY_LIKE = /\b(?:sk|pk|rk|gsk|xai|key|nvapi|hf|csk|fw|pplx)[-_][\w*.-]{6,}|\bAIza[\w-]{20,}|\bBearer\s+\S+/gi;
