/** A text that grows at its end and is read in slices, without being copied as a whole each time. */
export interface GrowingText {
  readonly length: number;
  push(text: string): void;
  slice(start: number, end: number): string;
}

/** UTF-16 units after which a piece is closed; only the last piece is ever copied when it is read. */
const PIECE = 32_768;

export function createGrowingText(): GrowingText {
  const pieces: { at: number; text: string }[] = [];
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(text) {
      const last = pieces.at(-1);
      if (last === undefined || last.text.length >= PIECE) pieces.push({ at: length, text });
      else last.text += text;
      length += text.length;
    },
    slice(start, end) {
      let low = 0;
      let high = pieces.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((pieces[middle]?.at ?? 0) <= start) low = middle;
        else high = middle - 1;
      }
      let out = '';
      for (let i = low; i < pieces.length; i++) {
        const piece = pieces[i];
        if (piece === undefined || piece.at >= end) break;
        out += piece.text.slice(Math.max(0, start - piece.at), end - piece.at);
      }
      return out;
    },
  };
}
