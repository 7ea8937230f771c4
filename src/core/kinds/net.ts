import type { Features } from './features.ts';
import { sigmoid, softmax, tanh } from './numeric.ts';

/** Sizes of the network: `word` numbers for a feature, `step` for a step, `memory` for what went before, `kinds` results. */
export interface Shape {
  readonly word: number;
  readonly step: number;
  readonly memory: number;
  readonly kinds: number;
}

/**
 * The weights, matrices as rows one after another, a row for each input.
 *
 * A step is the mean of its features' vectors, through a hidden layer. A gated recurrent unit (Cho et al. 2014) reads the
 * steps in order, each together with the one after it; the kind is a linear function of its memory and of the step, the
 * one before and the one after.
 */
export interface Weights {
  readonly words: Float64Array;
  readonly hidden: Float64Array;
  readonly hiddenBias: Float64Array;
  readonly input: Float64Array;
  readonly recurrent: Float64Array;
  readonly gateBias: Float64Array;
  readonly out: Float64Array;
  readonly outBias: Float64Array;
}

export const WEIGHT_NAMES = ['words', 'hidden', 'hiddenBias', 'input', 'recurrent', 'gateBias', 'out', 'outBias'] as const;

/** How many numbers each weight has, for a vocabulary of `features`. */
export function sizesOf({ word, step, memory, kinds }: Shape, features: number): Readonly<Record<(typeof WEIGHT_NAMES)[number], number>> {
  return {
    words: features * word,
    hidden: word * step,
    hiddenBias: step,
    input: 2 * step * 3 * memory,
    recurrent: memory * 3 * memory,
    gateBias: 3 * memory,
    out: (memory + 3 * step) * kinds,
    outBias: kinds,
  };
}

export interface Net {
  /** The vector of a step. */
  encode(features: Features): Float64Array;
  /** The memory after a step. */
  advance(memory: Float64Array, step: Float64Array, next: Float64Array): Float64Array;
  /** The probability of each kind for a step, from the memory after it. */
  judge(memory: Float64Array, step: Float64Array, before: Float64Array, next: Float64Array): Float64Array;
  /** What stands for a step that is not there. */
  readonly nothing: Float64Array;
  /** The memory at the beginning. */
  readonly blank: Float64Array;
}

/** Adds `vector × matrix` to `sum`, beginning with the row `row` of the matrix. */
function addProduct(sum: Float64Array, vector: Float64Array, matrix: Float64Array, row: number): void {
  const width = sum.length;
  for (let i = 0; i < vector.length; i++) {
    const x = vector[i] as number;
    if (x === 0) continue;
    let j = (row + i) * width;
    for (let k = 0; k < width; k++, j++) sum[k] = (sum[k] as number) + x * (matrix[j] as number);
  }
}

export function createNet(shape: Shape, vocabulary: ReadonlyMap<string, number>, weights: Weights, temperature: number): Net {
  const nothing = new Float64Array(shape.step);
  const blank = new Float64Array(shape.memory);
  const { word, step: width, memory: m } = shape;
  /** The last step that a feature was counted in, so that it counts once. */
  const stamps = new Uint32Array(vocabulary.size);
  let stamp = 0;
  return {
    nothing,
    blank,
    encode(features) {
      stamp++;
      const sum = new Float64Array(word);
      let n = 0;
      for (const feature of features) {
        const id = vocabulary.get(feature);
        if (id === undefined || stamps[id] === stamp) continue;
        stamps[id] = stamp;
        n++;
        for (let k = 0, j = id * word; k < word; k++, j++) sum[k] = (sum[k] as number) + (weights.words[j] as number);
      }
      const scale = 1 / Math.sqrt(Math.max(1, n));
      for (let k = 0; k < word; k++) sum[k] = (sum[k] as number) * scale;
      const step = weights.hiddenBias.slice();
      addProduct(step, sum, weights.hidden, 0);
      for (let k = 0; k < width; k++) if ((step[k] as number) < 0) step[k] = 0;
      return step;
    },
    advance(memory, step, next) {
      const gates = weights.gateBias.slice();
      addProduct(gates, step, weights.input, 0);
      addProduct(gates, next, weights.input, width);
      const back = new Float64Array(3 * m);
      addProduct(back, memory, weights.recurrent, 0);
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
      addProduct(scores, memory, weights.out, 0);
      addProduct(scores, step, weights.out, m);
      addProduct(scores, before, weights.out, m + width);
      addProduct(scores, next, weights.out, m + 2 * width);
      for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] as number) / temperature;
      return softmax(scores);
    },
  };
}
