import { exp } from '../../src/core/kinds/numeric.ts';
import type { Example } from './train-net.ts';

/** How far votes are held back: the weight of half their squares against the loss of all steps. */
const RESTRAINT = 3;
const EPOCHS = 30;
const BATCH = 256;
const RATE = 0.02;

/**
 * Trains the wide model, a logistic regression on the features of a step, of the one before and of the one after, by Adam.
 * The same input gives the same weights, to the bit.
 */
export function trainVotes(
  features: number,
  kinds: number,
  examples: readonly Example[],
  random: () => number,
): { votes: Float64Array; votesBias: Float64Array } {
  const rows = features * 3;
  // the last row is the bias
  const size = (rows + 1) * kinds;
  const w = new Float64Array(size);
  const g = new Float64Array(size);
  const m = new Float64Array(size);
  const v = new Float64Array(size);
  const places = examples.flatMap((example, i) => example.steps.map((_, t): [number, number] => [i, t]));
  const total = EPOCHS * Math.ceil(places.length / BATCH);
  const none = new Uint32Array(0);
  let step = 0;
  let power1 = 1;
  let power2 = 1;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (let i = places.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [places[i], places[j]] = [places[j]!, places[i]!];
    }
    for (let from = 0; from < places.length; from += BATCH) {
      const batch = places.slice(from, from + BATCH);
      g.fill(0);
      for (const [i, t] of batch) {
        const { steps, targets } = examples[i]!;
        const active = [rows * kinds];
        for (const [role, ids] of [steps[t]!, steps[t - 1] ?? none, steps[t + 1] ?? none].entries())
          for (const id of ids) active.push((id * 3 + role) * kinds);
        const scores = new Float64Array(kinds);
        for (const at of active) for (let k = 0; k < kinds; k++) scores[k]! += w[at + k]!;
        let most = -Infinity;
        for (const score of scores) most = Math.max(most, score);
        let sum = 0;
        for (let k = 0; k < kinds; k++) sum += scores[k] = exp(scores[k]! - most);
        for (let k = 0; k < kinds; k++) scores[k] = (scores[k]! / sum - targets[t]![k]!) / batch.length;
        for (const at of active) for (let k = 0; k < kinds; k++) g[at + k]! += scores[k]!;
      }
      const rate = RATE * (1 - step / total);
      step++;
      power1 *= 0.9;
      power2 *= 0.999;
      for (let i = 0; i < size; i++) {
        const slope = g[i]! + (i < rows * kinds ? (RESTRAINT / places.length) * w[i]! : 0);
        m[i]! += 0.1 * (slope - m[i]!);
        v[i]! += 0.001 * (slope * slope - v[i]!);
        w[i]! -= (rate * m[i]!) / (1 - power1) / (Math.sqrt(v[i]! / (1 - power2)) + 1e-8);
      }
    }
  }
  return { votes: w.slice(0, rows * kinds), votesBias: w.slice(rows * kinds) };
}
