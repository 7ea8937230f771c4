import type { Lexicon } from '../lexicon.ts';
import { createLexicon } from '../lexicon.ts';
import type { Features } from './features.ts';
import { FROM_ABOVE, WORDS_IN_A_ROW } from './features.ts';
import { sigmoid, softmax, tanh } from './numeric.ts';

/** Sizes of the network: `word` numbers for a feature, `step` for a step, `memory` for what went before; results: `kinds` and `signs`. */
export interface Shape {
  readonly word: number;
  readonly step: number;
  readonly memory: number;
  readonly kinds: number;
  readonly signs: number;
}

/**
 * The weights, matrices as rows one after another, a row for each input.
 *
 * A step is the mean of its features' vectors, through a hidden layer; a gated recurrent unit (Cho et al. 2014) reads the steps in
 * order, each together with the one after it; the kind is a linear function of its memory and of the step, the one before and the
 * one after, and so is what else the step is a sign of (that a phase begins, that it belongs to a finding).
 */
export interface Weights {
  readonly words: Float64Array;
  /** The vectors of the words that were too rare to be learned. */
  readonly kin: Float64Array;
  readonly hidden: Float64Array;
  readonly hiddenBias: Float64Array;
  readonly input: Float64Array;
  readonly recurrent: Float64Array;
  readonly gateBias: Float64Array;
  readonly out: Float64Array;
  readonly outBias: Float64Array;
}

/** A step as the network sees it. */
export type StepVector = Float64Array;

export const WEIGHT_NAMES = ['words', 'kin', 'hidden', 'hiddenBias', 'input', 'recurrent', 'gateBias', 'out', 'outBias'] as const;

/** How many numbers each weight has, for so many features and so many rare words. */
export function sizesOf(
  { word, step, memory, kinds, signs }: Shape,
  features: number,
  kin: number,
): Readonly<Record<(typeof WEIGHT_NAMES)[number], number>> {
  return {
    words: features * word,
    kin: kin * word,
    hidden: word * step,
    hiddenBias: step,
    input: 2 * step * 3 * memory,
    recurrent: memory * 3 * memory,
    gateBias: 3 * memory,
    out: (memory + 3 * step) * (kinds + signs),
    outBias: kinds + signs,
  };
}

export interface Judgement {
  /** The probability of each kind. */
  readonly kinds: Float64Array;
  /** What speaks for each kind, and for all else that the step may be a sign of, in the order of `TASKS`: logits. */
  readonly scores: Float64Array;
}

export interface Net {
  /** The features that count. */
  readonly lexicon: Lexicon;
  /** The vector of a step. */
  encode(features: Features): StepVector;
  /** The memory after a step. */
  advance(memory: Float64Array, step: StepVector, next: StepVector): Float64Array;
  /** What a step is, from the memory after it. */
  judge(memory: Float64Array, step: StepVector, before: StepVector, next: StepVector): Judgement;
  /** What stands for a step that is not there. */
  readonly nothing: StepVector;
  /** The memory at the beginning. */
  readonly blank: Float64Array;
}

/** Places and values of the numbers of a vector that are not zero: after the rectifier more than half of them are. */
let placed = new Int32Array(0);
let values = new Float64Array(0);

/**
 * Adds to each of the sums the product of `vector` with a row of `matrix`, from the column `from` of its `columns`. Four rows
 * at a time, because a single sum would wait for itself; the order of additions is part of the result, so it is fixed.
 * Zeros are left out, which changes no sum.
 */
function addProducts(sums: Float64Array, vector: Float64Array, matrix: Float64Array, columns: number, from: number): void {
  if (placed.length < vector.length) {
    placed = new Int32Array(vector.length);
    values = new Float64Array(vector.length);
  }
  let n = 0;
  for (let i = 0; i < vector.length; i++) {
    const x = vector[i] as number;
    if (x === 0) continue;
    placed[n] = i;
    values[n++] = x;
  }
  const rows = sums.length;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const i0 = row * columns + from;
    const i1 = i0 + columns;
    const i2 = i1 + columns;
    const i3 = i2 + columns;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let k = 0; k < n; k++) {
      const x = values[k] as number;
      const i = placed[k] as number;
      a += x * (matrix[i0 + i] as number);
      b += x * (matrix[i1 + i] as number);
      c += x * (matrix[i2 + i] as number);
      d += x * (matrix[i3 + i] as number);
    }
    sums[row] = (sums[row] as number) + a;
    sums[row + 1] = (sums[row + 1] as number) + b;
    sums[row + 2] = (sums[row + 2] as number) + c;
    sums[row + 3] = (sums[row + 3] as number) + d;
  }
  for (; row < rows; row++) {
    let a = 0;
    for (let k = 0, j = row * columns + from; k < n; k++) a += (values[k] as number) * (matrix[j + (placed[k] as number)] as number);
    sums[row] = (sums[row] as number) + a;
  }
}

/** The matrix with a row for each output. */
function turned(matrix: Float64Array, outputs: number): Float64Array {
  const inputs = matrix.length / outputs;
  const rows = new Float64Array(matrix.length);
  for (let output = 0, at = 0; output < outputs; output++)
    for (let input = 0; input < inputs; input++) rows[at++] = matrix[input * outputs + output] as number;
  return rows;
}

/** `features`: those that were learned, in the order of the weights; `kin`: those that are known by words like them. */
export function createNet(shape: Shape, features: readonly string[], kin: readonly string[], weights: Weights, temperature: number): Net {
  const { word, step: width, memory: m, kinds, signs } = shape;
  const nothing: StepVector = new Float64Array(width);
  const blank = new Float64Array(m);
  const vocabulary = new Map(features.concat(kin).map((feature, id) => [feature, id]));
  const words = new Float64Array(vocabulary.size * word);
  words.set(weights.words);
  words.set(weights.kin, weights.words.length);
  const hidden = turned(weights.hidden, width);
  const input = turned(weights.input, 3 * m);
  const recurrent = turned(weights.recurrent, 3 * m);
  const out = turned(weights.out, kinds + signs);
  // room to reckon in
  const sum = new Float64Array(word);
  const gates = new Float64Array(3 * m);
  const back = new Float64Array(3 * m);
  /** The last step that a feature was counted in, so that it counts once. */
  const stamps = new Uint32Array(vocabulary.size);
  let stamp = 0;
  return {
    lexicon: createLexicon(vocabulary.keys(), WORDS_IN_A_ROW, FROM_ABOVE),
    nothing,
    blank,
    encode(found) {
      stamp++;
      sum.fill(0);
      let n = 0;
      for (const feature of found) {
        const id = vocabulary.get(feature);
        if (id === undefined || stamps[id] === stamp) continue;
        stamps[id] = stamp;
        n++;
        for (let k = 0, j = id * word; k < word; k++, j++) sum[k] = (sum[k] as number) + (words[j] as number);
      }
      const scale = 1 / Math.sqrt(Math.max(1, n));
      for (let k = 0; k < word; k++) sum[k] = (sum[k] as number) * scale;
      const step = weights.hiddenBias.slice();
      addProducts(step, sum, hidden, word, 0);
      for (let k = 0; k < width; k++) if ((step[k] as number) < 0) step[k] = 0;
      return step;
    },
    advance(memory, step, next) {
      gates.set(weights.gateBias);
      addProducts(gates, step, input, 2 * width, 0);
      if (next !== nothing) addProducts(gates, next, input, 2 * width, width);
      back.fill(0);
      addProducts(back, memory, recurrent, m, 0);
      const after = new Float64Array(m);
      for (let k = 0; k < m; k++) {
        const keep = sigmoid((gates[k] as number) + (back[k] as number));
        const reset = sigmoid((gates[m + k] as number) + (back[m + k] as number));
        const fresh = tanh((gates[2 * m + k] as number) + reset * (back[2 * m + k] as number));
        after[k] = keep * (memory[k] as number) + (1 - keep) * fresh;
      }
      return after;
    },
    judge(memory, step, before, next) {
      const scores = weights.outBias.slice();
      const columns = m + 3 * width;
      addProducts(scores, memory, out, columns, 0);
      addProducts(scores, step, out, columns, m);
      addProducts(scores, before, out, columns, m + width);
      if (next !== nothing) addProducts(scores, next, out, columns, m + 2 * width);
      const of = scores.slice(0, kinds);
      for (let k = 0; k < kinds; k++) of[k] = (of[k] as number) / temperature;
      return { kinds: softmax(of), scores };
    },
  };
}
