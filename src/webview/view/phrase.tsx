import type { ComponentChildren } from 'preact';

/** A text with elements in the place of `{0}`, `{1}` …: their order is the reader's language's. */
export function phrase(text: string, ...parts: readonly ComponentChildren[]): ComponentChildren {
  return text.split(/\{(\d+)\}/).map((piece, i) => (i % 2 === 0 ? piece : parts[Number(piece)]));
}
