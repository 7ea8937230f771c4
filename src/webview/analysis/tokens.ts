import { estimateTokenCount } from 'tokenx';

/** Counts the tokens of a growing text by estimate. */
export interface TokenCounter {
  push(text: string): void;
  count(): number;
}

/** UTF-16 code units counted for good at once. */
const BLOCK = 2048;

/** Each character is looked at once but for those of the last block; the count depends on the text alone, not on its chunks. */
export function createTokenCounter(): TokenCounter {
  let counted = 0;
  let rest = '';
  return {
    push(text) {
      rest += text;
      let at = 0;
      for (; rest.length - at >= BLOCK; at += BLOCK) counted += estimateTokenCount(rest.slice(at, at + BLOCK));
      rest = rest.slice(at);
    },
    count: () => counted + estimateTokenCount(rest),
  };
}
