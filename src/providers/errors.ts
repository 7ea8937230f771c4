import type { Failure, FailureCode } from '../core/events.ts';
import { failureSentence as say } from '../core/failures.ts';
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
  if (isContextLength(detail)) return failure('context-length', say('contextLength'), { detail });
  const words = withoutStop(detail);
  return failure('in-stream', words === '' ? say('inStream') : say('inStreamWords', words), { detail });
}

/** An answer with a status of 400 or more. `retryAfter` is the header's value, seconds or a date; `now` in ms since 1970. */
export function statusFailure(status: number, body: unknown, asked: Asked, retryAfter: string | null, now: number): Failure {
  const { name, keyUrl } = asked.endpoint;
  const detail = shorten(errorWords(body));
  const more = { status, detail };
  const words = withoutStop(detail);
  if (status === 401)
    return failure('unauthorized', keyUrl === undefined ? say('keyRefused', name) : say('keyRefusedUrl', name, keyUrl), more);
  if (status === 402) return failure('payment', say('payment', name), more);
  if (status === 413 || ((status === 400 || status === 422) && isContextLength(detail)))
    return failure('context-length', say('contextLength'), more);
  if (status === 403) return failure('forbidden', words === '' ? say('forbidden', name) : say('forbiddenWords', name, words), more);
  if (
    status === 404 ||
    (status === 400 && /model.{0,60}(?:not (?:exist|found|available)|unknown|invalid)|(?:unknown|invalid|no such) model/i.test(detail))
  ) {
    const model = shorten(asked.model);
    return failure('not-found', words === '' ? say('noModel', name, model) : say('noModelWords', name, model, words), more);
  }
  if (status === 429) {
    const retryAfterMs = retryMs(retryAfter, now);
    if (retryAfterMs === undefined) return failure('rate-limit', words === '' ? say('limit', name) : say('limitWords', name, words), more);
    const seconds = Math.ceil(retryAfterMs / 1000);
    const message = words === '' ? say('limitSeconds', name, seconds) : say('limitSecondsWords', name, seconds, words);
    return failure('rate-limit', message, { ...more, retryAfterMs });
  }
  if (status === 408) return failure('timeout', say('gaveUp', name), more);
  if (status >= 500) {
    const retryAfterMs = retryMs(retryAfter, now);
    return failure('server', words === '' ? say('server', name, status) : say('serverWords', name, status, words), {
      ...more,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }
  if (status >= 300 && status < 400) return redirected(asked);
  return failure('bad-request', words === '' ? say('rejected', name, status) : say('rejectedWords', name, status, words), more);
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
  if (is(/ECONNREFUSED|ERR_CONNECTION_REFUSED/)) return failure('refused', say('refused', host, name));
  if (is(/ENOTFOUND|EAI_AGAIN|ERR_NAME_NOT_RESOLVED/)) return failure('dns', say('noHost', host, name));
  if (is(/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO|wrong version number|SSL routines/)) return failure('tls', say('tls', host));
  if (is(/ETIMEDOUT|TIMEOUT|timed? ?out/i)) return timedOut(asked);
  if (is(/ECONNRESET|EPIPE|terminated|other side closed|UND_ERR_SOCKET|HPE_|premature|aborted/i)) return brokenStream(asked);
  return failure('network', say('network', host), {
    detail: shorten(words.replace(/\bhttps?:\S+/g, '')),
  });
}

export function brokenStream({ endpoint }: Asked): Failure {
  return failure('broken-stream', say('brokeOff', endpoint.name));
}

export function timedOut({ endpoint }: Asked, afterMs?: number): Failure {
  return failure(
    'timeout',
    afterMs === undefined ? say('late', endpoint.name) : say('lateSeconds', endpoint.name, Math.round(afterMs / 1000)),
  );
}

export function redirected({ endpoint }: Asked): Failure {
  return failure('redirect', say('redirected', endpoint.name));
}

export function plainHttp({ endpoint }: Asked): Failure {
  return failure('plain-http', say('plainHttp', endpoint.name));
}

export function noKey({ endpoint }: Asked): Failure {
  const { name, keyUrl } = endpoint;
  return failure('no-key', keyUrl === undefined ? say('noKey', name) : say('noKeyUrl', name, keyUrl));
}

/** A key or a header with characters that HTTP cannot carry. Such a value must not get as far as an error message. */
export function unsendable({ endpoint }: Asked, what: 'key' | 'header'): Failure {
  return what === 'key' ? failure('no-key', say('oddKey', endpoint.name)) : failure('bad-request', say('oddHeader', endpoint.name));
}

export function notAStream({ endpoint }: Asked, head: string): Failure {
  const title = /<title[^>]*>([^<]{1,100})/i.exec(head)?.[1];
  const { name } = endpoint;
  const page = title === undefined ? say('page', name) : say('pageTitle', name, shorten(title));
  return failure('not-a-stream', /^\s*</.test(head) ? page : say('somethingElse', name), { detail: shorten(head) });
}

/** Some chunks of the stream were not JSON. */
export function unreadableChunks(count: number): Failure {
  return failure('broken-stream', count === 1 ? say('unreadable') : say('unreadableMany', count));
}

export function emptyAnswer({ endpoint, model }: Asked, reasoned: boolean): Failure {
  return reasoned ? failure('empty', say('onlyReasoning')) : failure('empty', say('empty', endpoint.name, shorten(model)));
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
