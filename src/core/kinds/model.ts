import type { Net, Shape, Weights } from './net.ts';
import { WEIGHT_NAMES, createNet, sizesOf } from './net.ts';

/** A trained network as it is kept in the source: its weights in eighths of a byte's reach, one scale for each matrix. */
export interface Model {
  readonly header: {
    readonly shape: Shape;
    /** Scores are divided by it so that confidences are as often right as they say (Guo et al. 2017). */
    readonly temperature: number;
    /** What one unit of each matrix is worth. */
    readonly scales: Readonly<Record<(typeof WEIGHT_NAMES)[number], number>>;
  };
  /** The features, one a line. */
  readonly vocabulary: string;
  /** All matrices in the order of `WEIGHT_NAMES`, a signed byte a number, base64. */
  readonly weights: string;
}

export function loadNet({ header, vocabulary, weights }: Model): Net {
  const ids = new Map(vocabulary.split('\n').map((feature, id) => [feature, id]));
  const bytes = decodeBase64(weights);
  const sizes = sizesOf(header.shape, ids.size);
  let at = 0;
  const read = (name: (typeof WEIGHT_NAMES)[number]): Float64Array => {
    const numbers = new Float64Array(sizes[name]);
    for (let i = 0; i < numbers.length; i++) numbers[i] = (((bytes[at++] ?? 0) << 24) >> 24) * header.scales[name];
    return numbers;
  };
  const all = Object.fromEntries(WEIGHT_NAMES.map((name) => [name, read(name)])) as unknown as Weights;
  return createNet(header.shape, ids, all, header.temperature);
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Core has no `atob`; padding is not expected. */
function decodeBase64(text: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let i = 0; i < 64; i++) values[DIGITS.charCodeAt(i)] = i;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    held = ((held << 6) | (values[text.charCodeAt(i) & 127] ?? 0)) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 255;
    }
  }
  return bytes;
}
