/**
 * Functions that engines may compute differently in the last bit, made of operations that they may not (`+ - * /`), so
 * that a step has the same kind on every machine.
 */

const LN2 = 0.6931471805599453;
const LOG2E = 1.4426950408889634;
const LARGEST = 60;

const POWERS: number[] = [];
for (let i = 0, p = 1; i <= 100; i++, p *= 2) POWERS.push(p);

/** `e ** x`, for x held within ±60; relative error below 1e-9. */
export function exp(x: number): number {
  const y = x < -LARGEST ? -LARGEST : x > LARGEST ? LARGEST : x;
  const k = Math.floor(y * LOG2E + 0.5);
  const r = y - k * LN2;
  const sum = 1 + r * (1 + (r / 2) * (1 + (r / 3) * (1 + (r / 4) * (1 + (r / 5) * (1 + (r / 6) * (1 + (r / 7) * (1 + r / 8)))))));
  const scale = POWERS[k < 0 ? -k : k] ?? 1;
  return k < 0 ? sum / scale : sum * scale;
}

export function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}

export function tanh(x: number): number {
  return 2 / (1 + exp(-2 * x)) - 1;
}

/** Turns scores into probabilities, in place. */
export function softmax(scores: Float64Array): Float64Array {
  let most = -Infinity;
  for (const score of scores) if (score > most) most = score;
  let sum = 0;
  for (let i = 0; i < scores.length; i++) sum += scores[i] = exp((scores[i] ?? 0) - most);
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] ?? 0) / sum;
  return scores;
}
