import type { SecretStorage } from 'vscode';

/**
 * API keys, each kept for the origin that it was given for. A key is never looked up by an endpoint's name: were the
 * address behind the name changed, the key would go to a stranger.
 */
export interface Keys {
  get(baseUrl: string): Promise<string | undefined>;
  set(baseUrl: string, key: string): Promise<void>;
  clear(baseUrl: string): Promise<void>;
}

export function createKeys(secrets: SecretStorage): Keys {
  const name = (baseUrl: string): string => `key:${new URL(baseUrl).origin}`;
  return {
    get: async (baseUrl) => secrets.get(name(baseUrl)),
    set: async (baseUrl, key) => secrets.store(name(baseUrl), key.trim()),
    clear: async (baseUrl) => secrets.delete(name(baseUrl)),
  };
}
