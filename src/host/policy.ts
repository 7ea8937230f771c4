/**
 * The webview's content security policy: nothing from elsewhere, scripts by nonce only, no HTML from strings. The one worker is
 * started from text that came as a script; Trusted Types let nothing but its start make a script's address (`webview/analysis`).
 * `source` is where the webview's own files come from.
 */
export function policyOf(source: string, nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `worker-src blob:`,
    `style-src ${source} 'nonce-${nonce}'`,
    `font-src ${source}`,
    `img-src ${source} data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types analysis`,
  ].join('; ');
}

/** 192 random bits, to be new at each load. */
export function newNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
