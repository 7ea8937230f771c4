import { maskSecrets } from '../core/redact.ts';

/** A response's bytes with the time of their arrival, in milliseconds since the request. */
export interface RecordedChunk {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** One line of a recording: the time, then the bytes in base64. */
export function recordingLine(bytes: Uint8Array, atMs: number): string {
  return `${JSON.stringify({ at: Math.round(atMs * 10) / 10, bytes: btoa(binaryOf(bytes)) })}\n`;
}

/** The same chunks with everything overwritten that is one of the `secrets` or has the shape of one, also where it was cut in two. */
export function redactChunks(chunks: readonly RecordedChunk[], secrets: readonly string[] = []): RecordedChunk[] {
  // one character a byte, so that lengths stay true; secrets are ASCII
  let masked = maskSecrets(chunks.map(({ bytes }) => binaryOf(bytes)).join(''), '*');
  for (const secret of secrets) if (secret !== '') masked = masked.replaceAll(secret, '*'.repeat(secret.length));
  let at = 0;
  return chunks.map((chunk) => {
    const text = masked.slice(at, (at += chunk.bytes.length));
    return { at: chunk.at, bytes: Uint8Array.from(text, (c) => c.charCodeAt(0)) };
  });
}

function binaryOf(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return text;
}
