import type { SendBackChoice } from '../core/conversation.ts';
import type { TraceEvent } from '../core/events.ts';
import type { Api, Effort, Message } from '../core/trace.ts';

/** How a chat endpoint wants an earlier turn's reasoning back: not at all, in a field of that name, as details, as chunks or in tags. */
export type SendBack = 'nothing' | 'reasoning_content' | 'reasoning_content-or-empty' | 'reasoning' | 'details' | 'chunks' | 'tags';

/** A server that answers prompts. From the presets or from the user's settings, never from a workspace. */
export interface Endpoint {
  readonly name: string;
  /** Up to and including the version, as `https://api.deepseek.com/v1`; no trailing slash needed. */
  readonly baseUrl: string;
  readonly api: Api;
  /** Models to offer when the server has no list of its own. */
  readonly models?: readonly string[];
  /** Sent with every request. Values may be secret: never logged, never saved. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Merged into the body of every request, after what we put there. */
  readonly extraBody?: Readonly<Record<string, unknown>>;
  /** Whether requests without a key are pointless. Default: true unless the address is this machine. */
  readonly needsKey?: boolean;
  /** Where a key is had, shown when one is missing. */
  readonly keyUrl?: string;
  /** Default: the rule that is known for the address, else `nothing`. */
  readonly sendBack?: SendBack;
}

export interface ProviderRequest {
  readonly endpoint: Endpoint;
  readonly model: string;
  readonly messages: readonly Message[];
  readonly effort: Effort;
  readonly maxTokens?: number;
  readonly extraBody?: Readonly<Record<string, unknown>>;
  /** The key for this endpoint's origin. */
  readonly key?: string;
  /** Default true. */
  readonly stream?: boolean;
  /** What of earlier turns' reasoning is sent: as the provider wants it (the default), or all that the API can carry. */
  readonly sendBack?: SendBackChoice;
  /** The user agreed that this request goes over plain http to another machine. Default: refused. */
  readonly allowPlainHttp?: boolean;
}

export interface ProviderOptions {
  readonly signal: AbortSignal;
  /** Milliseconds without any byte after which the request is given up. */
  readonly idleTimeoutMs?: number;
  /** The response's bytes as they arrive, with milliseconds since the request: what a raw recording is made of. */
  readonly onBytes?: (bytes: Uint8Array, atMs: number) => void;
  /** Called once with what is sent, without headers, before it is sent. */
  readonly onRequest?: (sent: { readonly url: string; readonly body: Readonly<Record<string, unknown>> }) => void;
  /** Stands in for the network: the body of an earlier response, fed to the same client and the same reader. */
  readonly recording?: Recording;
}

/** The body of a response that was kept. */
export interface Recording {
  readonly chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** Default 200. */
  readonly status?: number;
}

/**
 * Asks, and yields what comes back as events; part numbers count from 0 in the order of opening. Never throws: what goes
 * wrong is the last event (`error`), after everything that had arrived. Ends with `finish` or `error`; an abort by the
 * signal yields `finish` with reason `stopped`.
 */
export type Ask = (request: ProviderRequest, options: ProviderOptions) => AsyncIterable<TraceEvent>;

export interface ModelInfo {
  readonly id: string;
  /** One line for the picker, as the server tells it (context length, owner, size). */
  readonly detail?: string;
}
