import { KINDS } from '../../src/core/analysis.ts';

/** Agreement of two lists of classes: Cohen's kappa and the mean of the classes' F1. */
export function agreement(truth: readonly number[], said: readonly number[]): { kappa: number; macro: number; each: number[] } {
  const k = KINDS.length;
  const table = Array.from({ length: k }, () => new Float64Array(k));
  truth.forEach((t, i) => table[t]![said[i]!]!++);
  const n = truth.length;
  let same = 0;
  let chance = 0;
  const each = [];
  for (let c = 0; c < k; c++) {
    const row = table[c]!.reduce((a, b) => a + b, 0);
    const column = table.reduce((a, r) => a + r[c]!, 0);
    same += table[c]![c]!;
    chance += (row * column) / n;
    if (row > 0) each.push((2 * table[c]![c]!) / (row + column));
  }
  return { kappa: (same - chance) / (n - chance), macro: each.reduce((a, b) => a + b, 0) / each.length, each };
}

/** How often labels of a confidence are right: rows of `[from, to, number, mean confidence, share right]`. */
export function reliability(
  confidences: readonly number[],
  right: readonly boolean[],
  bins = 10,
): [number, number, number, number, number][] {
  return Array.from({ length: bins }, (_, b): [number, number, number, number, number] => {
    const from = b / bins;
    const to = (b + 1) / bins;
    const inside = confidences.map((_, i) => i).filter((i) => confidences[i]! >= from && (confidences[i]! < to || b === bins - 1));
    const n = Math.max(1, inside.length);
    const mean = inside.reduce((a, i) => a + confidences[i]!, 0) / n;
    return [from, to, inside.length, mean, inside.filter((i) => right[i]).length / n];
  }).filter(([, , n]) => n > 0);
}
