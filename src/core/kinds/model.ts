import { WORDS_IN_A_ROW } from './features.ts';
import type { Net, Shape, Weights } from './net.ts';
import { WEIGHT_NAMES, createNet, sizesOf } from './net.ts';

export type WeightName = (typeof WEIGHT_NAMES)[number];

/** Matrices of many small numbers and a few large ones: half a byte a number is enough for them. */
const COARSE: ReadonlySet<WeightName> = new Set(['words', 'kin']);

/** The whole number that stands for the largest of a matrix. */
export const largestOf = (name: WeightName): number => (COARSE.has(name) ? 7 : 127);

/** What stands before a word that is a feature by itself. */
const [ALONE] = WORDS_IN_A_ROW;

/** What a whole number of a matrix is worth, in its scale. Coarse ones are closer together near zero, where most are. */
export function worthOf(name: WeightName, n: number): number {
  return COARSE.has(name) ? (n * Math.abs(n)) / 7 : n;
}

/** The whole number whose worth is nearest to `x`, in the scale of its matrix. */
export function nearestOf(name: WeightName, x: number): number {
  const n = COARSE.has(name) ? Math.sign(x) * Math.sqrt(7 * Math.abs(x)) : x;
  return Math.max(-largestOf(name), Math.min(largestOf(name), Math.round(n)));
}

/** A trained network as it is kept in the source: its weights as whole numbers, one scale for each matrix. */
export interface Model {
  readonly header: {
    readonly shape: Shape;
    /** Scores are divided by it so that confidences are as often right as they say (Guo et al. 2017). */
    readonly temperature: number;
    /** What one unit of each matrix is worth. */
    readonly scales: Readonly<Record<WeightName, number>>;
  };
  /** The features, one a line. */
  readonly vocabulary: string;
  /** Words that were too rare to be learned from, and are known by the words that they are like: one a line. */
  readonly kin: string;
  /** All matrices in the order of `WEIGHT_NAMES`, a signed byte a number, or half of one, the lower half first; base64. */
  readonly weights: string;
}

export function loadNet(model: Model): Net {
  const kin = linesOf(model.kin).map((word) => ALONE + word);
  return createNet(model.header.shape, linesOf(model.vocabulary), kin, readWeights(model), model.header.temperature);
}

export function readWeights({ header, vocabulary, kin, weights }: Model): Weights {
  const bytes = decodeBase64(weights);
  const sizes = sizesOf(header.shape, linesOf(vocabulary).length, linesOf(kin).length);
  let at = 0;
  const read = (name: WeightName): Float64Array => {
    const numbers = new Float64Array(sizes[name]);
    const scale = header.scales[name];
    const coarse = COARSE.has(name);
    // there are few whole numbers and many places: what each is worth is reckoned once
    const worth = Float64Array.from({ length: coarse ? 16 : 256 }, (_, n) => worthOf(name, coarse ? (n << 28) >> 28 : (n << 24) >> 24) * scale);
    for (let i = 0; i < numbers.length; i++) {
      const n = coarse ? ((bytes[at + (i >> 1)] ?? 0) >> (i & 1 ? 4 : 0)) & 15 : (bytes[at + i] ?? 0);
      numbers[i] = worth[n] as number;
    }
    at += bytesOf(name, numbers.length);
    return numbers;
  };
  return Object.fromEntries(WEIGHT_NAMES.map((name) => [name, read(name)])) as unknown as Weights;
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'));

/** Bytes that so many numbers of a matrix take. */
function bytesOf(name: WeightName, numbers: number): number {
  return COARSE.has(name) ? Math.ceil(numbers / 2) : numbers;
}

/** Whole numbers of a matrix as the bytes that are kept of them. */
export function packed(name: WeightName, numbers: readonly number[]): number[] {
  if (!COARSE.has(name)) return numbers.map((n) => n & 255);
  return Array.from({ length: bytesOf(name, numbers.length) }, (_, i) => ((numbers[2 * i] ?? 0) & 15) | (((numbers[2 * i + 1] ?? 0) & 15) << 4));
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
