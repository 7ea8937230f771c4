/**
 * The one event log. A provider yields events, the session stamps them, and host, view and command line feed the same
 * events to the same reducer (`trace.ts`): a live run, a replay of a saved trace and a test differ only in who stamps.
 */

export const PART_KINDS = ['reasoning', 'answer', 'tool-call', 'tool-result', 'error'] as const;
/** What a part of a response is. */
export type PartKind = (typeof PART_KINDS)[number];

export const VISIBILITIES = ['raw', 'summary', 'encrypted', 'redacted', 'withheld', 'edited'] as const;
/**
 * How much of a part the provider shows: the model's own words (`raw`), a summary written for it (`summary`), bytes that
 * only the provider can read (`encrypted`), removed by a safety filter (`redacted`), known to exist but not sent
 * (`withheld`), or changed by the user (`edited`).
 */
export type Visibility = (typeof VISIBILITIES)[number];

export const FINISH_REASONS = ['stop', 'length', 'tool-calls', 'content-filter', 'stopped', 'aborted', 'error', 'unknown'] as const;
/** Why a response ended. `stopped`: by the user; `aborted`: the stream ended without saying why; `unknown`: a reason that we do not know. */
export type FinishReason = (typeof FINISH_REASONS)[number];

/** Token counts as the provider reports them, each on its own (`answerTokens` never includes `reasoningTokens`). */
export interface Usage {
  readonly promptTokens?: number;
  readonly cachedTokens?: number;
  readonly reasoningTokens?: number;
  readonly answerTokens?: number;
  readonly totalTokens?: number;
  /** Time that the server itself reports for generating, in milliseconds. */
  readonly serverMs?: number;
  /** In US dollars, as reported by the provider. */
  readonly cost?: number;
  /** The names of those counts that we estimated because the provider did not report them. */
  readonly estimated?: readonly string[];
}

export const FAILURE_CODES = [
  'no-key',
  'unauthorized',
  'forbidden',
  'payment',
  'not-found',
  'rate-limit',
  'context-length',
  'bad-request',
  'server',
  'refused',
  'dns',
  'tls',
  'timeout',
  'redirect',
  'broken-stream',
  'not-a-stream',
  'empty',
  'in-stream',
  'plain-http',
  'untrusted',
  'network',
  'unknown',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** What went wrong, in words for the reader. Holds no key and no header. */
export interface Failure {
  readonly code: FailureCode;
  /** One sentence that says what happened and what to do. */
  readonly message: string;
  readonly status?: number;
  /** Milliseconds after which the server accepts another try. */
  readonly retryAfterMs?: number;
  /** The server's own words, shortened. */
  readonly detail?: string;
}

/** `part` is the index of a part, counted from 0 in the order of opening. */
export type TraceEvent =
  | { readonly type: 'open'; readonly part: number; readonly kind: PartKind; readonly visibility: Visibility; readonly name?: string }
  | { readonly type: 'text'; readonly part: number; readonly text: string }
  /** Bytes to be sent back unchanged in a follow-up turn (a signature, encrypted reasoning); a second one is appended. */
  | { readonly type: 'opaque'; readonly part: number; readonly opaque: string }
  /** What was taken for one kind turns out to be another: a closing think tag whose opening tag never came. */
  | { readonly type: 'retype'; readonly part: number; readonly kind: PartKind; readonly visibility: Visibility }
  | { readonly type: 'close'; readonly part: number }
  /** The model's name by the server's own word, which may differ from the one asked for. */
  | { readonly type: 'model'; readonly model: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'finish'; readonly reason: FinishReason; readonly raw?: string }
  | { readonly type: 'error'; readonly failure: Failure };

/** An event with its place in the log. `seq` counts from 1 without gaps; `at` is in milliseconds since the request. */
export interface StampedEvent {
  readonly seq: number;
  readonly at: number;
  readonly event: TraceEvent;
}
