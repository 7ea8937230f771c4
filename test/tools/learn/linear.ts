import { DIGITS, ROW } from '../../../src/core/signs/rows.ts';
import { KIND_TASKS, TASK_COUNT } from '../../../src/core/signs/tasks.ts';
import { generator } from './boost.ts';

/** One chain of thought: the signs of each step, and for each task which steps it holds for. */
export interface Lesson {
  readonly signs: readonly (readonly string[])[];
  readonly truth: readonly Uint8Array[];
}

export interface Linear {
  readonly features: readonly string[];
  /** `ROW` digits a feature. */
  readonly weights: string;
}

const EPOCHS = 6;
const L2 = 0.01;
/** Kinds have ten times the examples of anything else and may be learned faster. */
const RATE_KINDS = 0.08;
const RATE = 0.009;
/** Signs that fewer steps have are not learned. */
const RARE = 5;
/** Logits that a weight of one stands for. */
export const UNIT = 0.05;

/**
 * Logistic regressions for all tasks at once over the signs of a step and its two neighbours (AdaGrad, one sweep after
 * the other in a seeded order), cut down to the `most` signs that say most, in whole numbers of -32 to 31.
 */
export function learn(lessons: readonly Lesson[], most: number): Linear {
  const counts = new Map<string, number>();
  for (const { signs } of lessons) for (const step of signs) for (const sign of step) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  const ids = new Map<string, number>();
  for (const [sign, n] of counts) if (n >= RARE) ids.set(sign, ids.size);
  const T = TASK_COUNT;
  const weights = new Float32Array(ids.size * ROW);
  const squares = new Float32Array(ids.size * ROW).fill(1e-3);
  const coded = lessons.map(({ signs, truth }) => ({
    truth,
    steps: signs.map((step) => step.flatMap((sign) => ids.get(sign) ?? [])),
  }));
  const order = coded.flatMap(({ steps }, lesson) => steps.map((_, i) => [lesson, i] as const));
  const random = generator(12345);
  const error = new Float64Array(T);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    for (const [lesson, i] of order) {
      const { steps, truth } = coded[lesson]!;
      const roles = [steps[i], steps[i - 1], steps[i + 1]];
      error.fill(0);
      roles.forEach((ids, role) => {
        for (const id of ids ?? []) for (let t = 0, o = id * ROW + role * T; t < T; t++) error[t]! += weights[o + t]!;
      });
      for (let t = 0; t < T; t++) error[t] = 1 / (1 + Math.exp(-error[t]!)) - truth[t]![i]!;
      roles.forEach((ids, role) => {
        for (const id of ids ?? [])
          for (let t = 0, o = id * ROW + role * T; t < T; t++) {
            const gradient = error[t]! + L2 * weights[o + t]!;
            squares[o + t]! += gradient * gradient;
            weights[o + t]! -= ((t < KIND_TASKS ? RATE_KINDS : RATE) * gradient) / Math.sqrt(squares[o + t]!);
          }
      });
    }
  }
  const worth = [...ids].map(([sign, id]) => {
    let sum = 0;
    for (let c = 0; c < ROW; c++) sum += Math.abs(weights[id * ROW + c]!) * (c % T < KIND_TASKS ? 0.5 : 4);
    return { sign, id, worth: sum * Math.sqrt(counts.get(sign)!) };
  });
  const kept = worth.sort((a, b) => b.worth - a.worth || (a.sign < b.sign ? -1 : 1)).slice(0, most);
  const digit = (w: number): string => DIGITS[Math.max(0, Math.min(63, Math.round(w / UNIT) + 32))]!;
  return {
    features: kept.map(({ sign }) => sign),
    weights: kept.map(({ id }) => Array.from(weights.subarray(id * ROW, (id + 1) * ROW), digit).join('')).join(''),
  };
}

/** The rows of a chain of thought, as `rowOf` would make them with that model. */
export function rowsBy({ features, weights }: Linear, signs: Lesson['signs']): { readonly row: Int16Array }[] {
  const at = new Map(features.map((feature, i) => [feature, i]));
  return signs.map((step) => {
    const row = new Int16Array(ROW);
    for (const sign of step) {
      const i = at.get(sign);
      if (i !== undefined) for (let c = 0; c < ROW; c++) row[c]! += DIGITS.indexOf(weights[i * ROW + c]!) - 32;
    }
    return { row };
  });
}
