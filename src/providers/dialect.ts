import type { Collector } from './collector.ts';
import type { JsonObject } from './narrow.ts';
import { countOf, textOfValue } from './narrow.ts';
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
  /** Where the list of models is below the address, under which name the list stands, and how an entry is read. */
  readonly models: {
    readonly path: (baseUrl: string) => string;
    readonly list: string;
    readonly info: (item: JsonObject) => ModelInfo;
  };
}

/** Most APIs carry the key like this. */
export function bearer(key: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}` };
}

/** What most servers tell of a model in their lists. */
export function modelInfo(item: JsonObject): ModelInfo {
  const id = textOfValue(item['id']);
  const context = countOf(
    item['context_length'] ?? item['context_window'] ?? item['max_model_len'] ?? item['max_context_length'] ?? item['inputTokenLimit'],
  );
  const name = textOfValue(item['name']) || textOfValue(item['display_name']);
  const words = [name === id ? '' : name, context === undefined ? textOfValue(item['owned_by']) : `${Math.round(context / 1000)}k context`];
  const detail = words.filter((word) => word !== '').join(' · ');
  return detail === '' ? { id } : { id, detail };
}
