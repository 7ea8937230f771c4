import { sigmoid, softmax, tanh } from '../../src/core/kinds/numeric.ts';
import type { Shape } from '../../src/core/kinds/net.ts';
import { sizesOf } from '../../src/core/kinds/net.ts';

/** A chain of thought as the network reads it: for each step the ids of its features, and how likely each kind is (all 0: not known). */
export interface Example {
  /** How much each of its steps counts against those of other chains. */
  readonly weight: number;
  /** Whose labels they are: 0 for this project's own; others share all but the last layer with them. */
  readonly scheme: number;
  readonly steps: readonly Uint32Array[];
  readonly targets: readonly Float64Array[];
  /** For each step how likely it is a sign of each of `SIGN_TASKS`, or `UNSAID`; null where nobody said anything of the kind. */
  readonly signs: readonly Float64Array[] | null;
}

/** Stands among signs for what nobody said. */
export const UNSAID = -1;

export interface Recipe {
  readonly epochs: number;
  /** Chains for one step of the optimiser. */
  readonly batch: number;
  readonly rate: number;
  /** Shrinks the weights by this share of the rate at each step (decoupled, Loshchilov and Hutter 2019). */
  readonly decay: number;
  /** Shares of features, and of hidden numbers, that are left out at random. */
  readonly dropFeatures: number;
  readonly drop: number;
  /** Share of each target that is spread over all kinds. */
  readonly smoothing: number;
  /** What the signs weigh against the kind, each. */
  readonly signs: number;
  /** Share of the chains of which only a stretch is read, so that the beginning of a chain says less. */
  readonly stretches: number;
  readonly seed: number;
}

/** What is known of features before anything is learned. */
export interface Likeness {
  /** For each feature the vector of its word, null where it has none. */
  readonly vectors: readonly (Float64Array | null)[];
  /** Features from here on are known by these vectors alone. */
  readonly alone: number;
}

const DEEP = ['words', 'hidden', 'hiddenBias', 'input', 'recurrent', 'gateBias', 'out', 'outBias'] as const;
/** The weights of the deep model. */
export type DeepWeights = Record<(typeof DEEP)[number], Float64Array>;

const zeros = (shape: Shape, features: number): DeepWeights => {
  const sizes = sizesOf(shape, features, 0);
  return Object.fromEntries(DEEP.map((name) => [name, new Float64Array(sizes[name])])) as DeepWeights;
};

interface Moments {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/**
 * Trains a network by Adam (Kingma and Ba 2015) on cross entropy. The same input gives the same weights, to the bit.
 *
 * The vector of a feature is the sum of one that is learned for it and of its word's vector through a matrix that is learned
 * for all, so that a word that was never seen is read like those that it is like.
 */
export function trainNet(
  shape: Shape,
  features: number,
  examples: readonly Example[],
  recipe: Recipe,
  random: () => number,
  { vectors, alone }: Likeness,
): DeepWeights {
  const schemes = 1 + Math.max(...examples.map(({ scheme }) => scheme));
  // the last layer: this project's kinds, the signs, the kinds of the other schemes
  const wide = { ...shape, kinds: shape.kinds * schemes };
  const own = shape.kinds + shape.signs;
  const weights = initial(wide, features, random);
  weights.words.fill(0, alone * shape.word);
  const dimensions = vectors.find((vector) => vector !== null)?.length ?? 0;
  const matrix = Float64Array.from(
    { length: dimensions * shape.word },
    () => ((random() + random() + random() - 1.5) * 0.6) / Math.sqrt(dimensions),
  );
  const dMatrix = new Float64Array(matrix.length);
  /** What the network reads: the learned vectors and those of the words. */
  const read = { ...weights, words: new Float64Array(weights.words.length) };
  const refresh = (id: number): void => {
    const vector = vectors[id] ?? [];
    const sum = read.words.subarray(id * shape.word, (id + 1) * shape.word);
    sum.set(weights.words.subarray(id * shape.word, (id + 1) * shape.word));
    vector.forEach((x, d) => {
      for (let k = 0, j = d * shape.word; k < shape.word; k++, j++) sum[k]! += x * matrix[j]!;
    });
  };
  const gradient = zeros(wide, features);
  const momentsOf = (numbers: Float64Array): Moments => ({
    first: new Float64Array(numbers.length),
    second: new Float64Array(numbers.length),
  });
  const moments = Object.fromEntries(DEEP.map((name) => [name, momentsOf(weights[name])])) as Record<keyof DeepWeights, Moments>;
  const momentsOfMatrix = momentsOf(matrix);
  const order = examples.map((_, i) => i);
  const total = recipe.epochs * Math.ceil(examples.length / recipe.batch);
  let t = 0;
  let power1 = 1;
  let power2 = 1;
  const descend = (w: Float64Array, g: Float64Array, { first: m, second: v }: Moments, rate: number, decay: number): void => {
    for (let i = 0; i < w.length; i++) {
      m[i]! += 0.1 * (g[i]! - m[i]!);
      v[i]! += 0.001 * (g[i]! * g[i]! - v[i]!);
      w[i]! -= rate * (m[i]! / (1 - power1) / (Math.sqrt(v[i]! / (1 - power2)) + 1e-8) + decay * w[i]!);
    }
  };
  for (let epoch = 0; epoch < recipe.epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    for (let from = 0; from < order.length; from += recipe.batch) {
      const batch = order.slice(from, from + recipe.batch).map((i) => stretch(examples[i]!, recipe.stretches, random));
      const n = batch.reduce((sum, { weight, steps }) => sum + weight * steps.length, 0);
      const used = new Set(batch.flatMap(({ steps }) => steps.flatMap((ids) => [...ids])));
      used.forEach(refresh);
      for (const name of DEEP) gradient[name].fill(0);
      for (const example of batch) backward(wide, shape.kinds, read, gradient, example, recipe, example.weight / n, random);
      dMatrix.fill(0);
      for (const id of used) {
        const d = gradient.words.subarray(id * shape.word, (id + 1) * shape.word);
        vectors[id]?.forEach((x, i) => {
          for (let k = 0, j = i * shape.word; k < shape.word; k++, j++) dMatrix[j]! += x * d[k]!;
        });
        if (id >= alone) d.fill(0);
      }
      const rate = recipe.rate * Math.min(1, (total - t) / (total * 0.7));
      t++;
      power1 *= 0.9;
      power2 *= 0.999;
      for (const name of DEEP) descend(weights[name], gradient[name], moments[name], rate, name.endsWith('Bias') ? 0 : recipe.decay);
      descend(matrix, dMatrix, momentsOfMatrix, rate, recipe.decay);
    }
  }
  for (let id = 0; id < features; id++) refresh(id);
  // of the last layer what is this project's own
  return {
    ...read,
    out: read.out.filter((_, i) => i % (wide.kinds + wide.signs) < own),
    outBias: read.outBias.slice(0, own),
  };
}

/** Now and then a stretch of the chain instead of all of it. */
function stretch(example: Example, share: number, random: () => number): Example {
  const n = example.steps.length;
  if (n <= 8 || random() >= share) return example;
  const from = Math.floor(random() * (n - 4));
  const to = Math.min(n, from + 4 + Math.floor(random() * 56));
  return {
    scheme: example.scheme,
    weight: example.weight,
    steps: example.steps.slice(from, to),
    targets: example.targets.slice(from, to),
    signs: example.signs?.slice(from, to) ?? null,
  };
}

function initial(shape: Shape, features: number, random: () => number): DeepWeights {
  const weights = zeros(shape, features);
  // the sum of twelve even numbers is near enough to a normal one
  const normal = (): number => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += random();
    return sum;
  };
  const fill = (numbers: Float64Array, spread: number): void => {
    for (let i = 0; i < numbers.length; i++) numbers[i] = normal() * spread;
  };
  fill(weights.words, 0.3);
  fill(weights.hidden, 1 / Math.sqrt(shape.word));
  fill(weights.input, 1 / Math.sqrt(2 * shape.step));
  fill(weights.recurrent, 1 / Math.sqrt(shape.memory));
  fill(weights.out, 1 / Math.sqrt(shape.memory + 3 * shape.step));
  return weights;
}

/** sum += vector × matrix[row…] */
function product(sum: Float64Array, vector: Float64Array, matrix: Float64Array, row: number): void {
  const width = sum.length;
  for (let i = 0; i < vector.length; i++) {
    const x = vector[i]!;
    if (x === 0) continue;
    for (let k = 0, j = (row + i) * width; k < width; k++, j++) sum[k]! += x * matrix[j]!;
  }
}

/** The way back of `product`: adds to the gradients of the matrix and of the vector. */
function back(
  dSum: Float64Array,
  vector: Float64Array,
  matrix: Float64Array,
  dMatrix: Float64Array,
  dVector: Float64Array,
  row: number,
): void {
  const width = dSum.length;
  for (let i = 0; i < vector.length; i++) {
    const x = vector[i]!;
    let d = 0;
    for (let k = 0, j = (row + i) * width; k < width; k++, j++) {
      d += dSum[k]! * matrix[j]!;
      dMatrix[j]! += x * dSum[k]!;
    }
    dVector[i]! += d;
  }
}

/** Adds the gradient of one chain's loss, weighed by `scale`; `each`: the number of kinds of one scheme. */
function backward(
  shape: Shape,
  each: number,
  w: DeepWeights,
  g: DeepWeights,
  example: Example,
  recipe: Recipe,
  scale: number,
  random: () => number,
): void {
  const { word, step: width, memory: m } = shape;
  const results = shape.kinds + shape.signs;
  const n = example.steps.length;
  const none = new Float64Array(width);
  const mask = (size: number): Float64Array =>
    Float64Array.from({ length: size }, () => (random() < recipe.drop ? 0 : 1 / (1 - recipe.drop)));
  // forward
  const kept: Uint32Array[] = [];
  const sums: Float64Array[] = [];
  const steps: Float64Array[] = [];
  const stepMasks: Float64Array[] = [];
  for (const ids of example.steps) {
    const used = ids.filter(() => random() >= recipe.dropFeatures);
    const share = 1 / Math.sqrt(Math.max(1, ids.length)) / (1 - recipe.dropFeatures);
    const sum = new Float64Array(word);
    for (const id of used) for (let k = 0, j = id * word; k < word; k++, j++) sum[k]! += w.words[j]! * share;
    const step = w.hiddenBias.slice();
    product(step, sum, w.hidden, 0);
    const dropped = mask(width);
    for (let k = 0; k < width; k++) step[k] = step[k]! > 0 ? step[k]! * dropped[k]! : 0;
    kept.push(used);
    sums.push(sum);
    steps.push(step);
    stepMasks.push(dropped);
  }
  const states: {
    memory: Float64Array;
    keep: Float64Array;
    reset: Float64Array;
    fresh: Float64Array;
    back: Float64Array;
    mask: Float64Array;
    seen: Float64Array;
  }[] = [];
  const dScores: Float64Array[] = [];
  let memory = new Float64Array(m);
  for (let t = 0; t < n; t++) {
    const gates = w.gateBias.slice();
    product(gates, steps[t]!, w.input, 0);
    product(gates, steps[t + 1] ?? none, w.input, width);
    const backs = new Float64Array(3 * m);
    product(backs, memory, w.recurrent, 0);
    const state = {
      memory,
      keep: new Float64Array(m),
      reset: new Float64Array(m),
      fresh: new Float64Array(m),
      back: backs,
      mask: mask(m),
      seen: new Float64Array(m),
    };
    const after = new Float64Array(m);
    for (let k = 0; k < m; k++) {
      state.keep[k] = sigmoid(gates[k]! + backs[k]!);
      state.reset[k] = sigmoid(gates[m + k]! + backs[m + k]!);
      state.fresh[k] = tanh(gates[2 * m + k]! + state.reset[k]! * backs[2 * m + k]!);
      after[k] = state.keep[k]! * memory[k]! + (1 - state.keep[k]!) * state.fresh[k]!;
      state.seen[k] = after[k]! * state.mask[k]!;
    }
    states.push(state);
    memory = after;
    const scores = w.outBias.slice();
    product(scores, state.seen, w.out, 0);
    product(scores, steps[t]!, w.out, m);
    product(scores, steps[t - 1] ?? none, w.out, m + width);
    product(scores, steps[t + 1] ?? none, w.out, m + 2 * width);
    const target = example.targets[t]!;
    const d = new Float64Array(results);
    if (target.some((x) => x > 0)) {
      const from = example.scheme === 0 ? 0 : shape.signs + example.scheme * each;
      softmax(scores.slice(from, from + each)).forEach((x, k) => {
        d[from + k] = (x - (target[k]! * (1 - recipe.smoothing) + recipe.smoothing / each)) * scale;
      });
    }
    // where a stretch begins says nothing of what begins there
    if (t > 0)
      example.signs?.[t]?.forEach((truth, k) => {
        if (truth !== UNSAID) d[each + k] = (sigmoid(scores[each + k]!) - truth) * scale * recipe.signs;
      });
    dScores.push(d);
  }
  // and back
  const dSteps = steps.map(() => new Float64Array(width));
  const unused = new Float64Array(width);
  let dMemory = new Float64Array(m);
  for (let t = n - 1; t >= 0; t--) {
    const state = states[t]!;
    const d = dScores[t]!;
    for (let k = 0; k < results; k++) g.outBias[k]! += d[k]!;
    const dSeen = new Float64Array(m);
    back(d, state.seen, w.out, g.out, dSeen, 0);
    back(d, steps[t]!, w.out, g.out, dSteps[t]!, m);
    back(d, steps[t - 1] ?? none, w.out, g.out, dSteps[t - 1] ?? unused, m + width);
    back(d, steps[t + 1] ?? none, w.out, g.out, dSteps[t + 1] ?? unused, m + 2 * width);
    const dGates = new Float64Array(3 * m);
    const dBacks = new Float64Array(3 * m);
    const dBefore = new Float64Array(m);
    for (let k = 0; k < m; k++) {
      const dm = dMemory[k]! + dSeen[k]! * state.mask[k]!;
      const keep = state.keep[k]!;
      const reset = state.reset[k]!;
      const fresh = state.fresh[k]!;
      const dKeep = dm * (state.memory[k]! - fresh) * keep * (1 - keep);
      const dFresh = dm * (1 - keep) * (1 - fresh * fresh);
      const dReset = dFresh * state.back[2 * m + k]! * reset * (1 - reset);
      dGates[k] = dBacks[k] = dKeep;
      dGates[m + k] = dBacks[m + k] = dReset;
      dGates[2 * m + k] = dFresh;
      dBacks[2 * m + k] = dFresh * reset;
      dBefore[k] = dm * keep;
    }
    for (let k = 0; k < 3 * m; k++) g.gateBias[k]! += dGates[k]!;
    back(dGates, steps[t]!, w.input, g.input, dSteps[t]!, 0);
    if (t + 1 < n) back(dGates, steps[t + 1]!, w.input, g.input, dSteps[t + 1]!, width);
    back(dBacks, state.memory, w.recurrent, g.recurrent, dBefore, 0);
    dMemory = dBefore;
  }
  for (let t = 0; t < n; t++) {
    const d = dSteps[t]!;
    for (let k = 0; k < width; k++) d[k] = steps[t]![k]! > 0 ? d[k]! * stepMasks[t]![k]! : 0;
    for (let k = 0; k < width; k++) g.hiddenBias[k]! += d[k]!;
    const dSum = new Float64Array(word);
    back(d, sums[t]!, w.hidden, g.hidden, dSum, 0);
    const share = 1 / Math.sqrt(Math.max(1, example.steps[t]!.length)) / (1 - recipe.dropFeatures);
    for (const id of kept[t]!) for (let k = 0, j = id * word; k < word; k++, j++) g.words[j]! += dSum[k]! * share;
  }
}
