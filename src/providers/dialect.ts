import type { Collector } from './collector.ts';
import type { JsonObject } from './narrow.ts';
import type { ModelInfo, ProviderRequest } from './provider.ts';

/** Understands the answers of one API. */
export interface ApiReader {
  /** One JSON value of the response: a chunk of a stream, or the whole. */
  frame(json: unknown, event?: string): void;
  /** Nothing more will come. */
  end(): void;
}

/** How one API is spoken: what is sent where, and how the answer is read. */
export interface Dialect {
  /** `path` below the endpoint's address. */
  request(request: ProviderRequest): {
    readonly path: string;
    readonly query?: Readonly<Record<string, string>>;
    readonly body: JsonObject;
  };
  /** The headers that carry the key. */
  headers(key: string): Readonly<Record<string, string>>;
  read(out: Collector, asked: { readonly model: string }): ApiReader;
  /** Where the list of models is, under which name the list stands, and how an entry is read. */
  readonly models: { readonly path: string; readonly list: string; info(item: JsonObject): ModelInfo };
}

/** Most APIs carry the key like this. */
export function bearer(key: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}` };
}
