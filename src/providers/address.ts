/** The key under which an API key is kept: a key belongs to an origin and is never sent to another. */
export function originOf(baseUrl: string): string | null {
  return URL.canParse(baseUrl) ? new URL(baseUrl).origin : null;
}

/** Whether the address is this very machine, so that nothing said to it crosses a network. */
export function isLoopback(baseUrl: string): boolean {
  if (!URL.canParse(baseUrl)) return false;
  const { hostname } = new URL(baseUrl);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
}

/** Whether prompt and key would cross a network unencrypted. */
export function isPlainHttp(baseUrl: string): boolean {
  return URL.canParse(baseUrl) && new URL(baseUrl).protocol !== 'https:' && !isLoopback(baseUrl);
}

/** The address to which paths are added: without a slash at its end, and without the path that documentation shows with it. */
export function baseOf(baseUrl: string): string {
  return baseUrl
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/(?:chat\/completions|responses|messages)$/, '');
}
