import type { Lexicon } from '../lexicon.ts';
import { createLexicon } from '../lexicon.ts';
import { WORDS_IN_A_ROW } from './features.ts';
import { TASK_COUNT } from './tasks.ts';
import { FEATURES, WEIGHTS } from './weights.ts';

/** The digits in which weights are written: the n-th stands for n - 32. */
export const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-';

/** A row has three parts as long as there are tasks: what a step says for itself, for the next one, for the one before. */
export const ROW = 3 * TASK_COUNT;
const SELF = 0;
const FOR_NEXT = TASK_COUNT;
const FOR_PREVIOUS = 2 * TASK_COUNT;

let table: ReadonlyMap<string, Int8Array> | null = null;

function weights(): ReadonlyMap<string, Int8Array> {
  if (table !== null) return table;
  const value = new Int8Array(128);
  for (let i = 0; i < DIGITS.length; i++) value[DIGITS.charCodeAt(i)] = i - 32;
  const made = new Map<string, Int8Array>();
  FEATURES.split('\n').forEach((feature, i) => {
    const row = new Int8Array(ROW);
    for (let c = 0; c < ROW; c++) row[c] = value[WEIGHTS.charCodeAt(i * ROW + c)] ?? 0;
    made.set(feature, row);
  });
  return (table = made);
}

let lexicon: Lexicon | null = null;

/** The signs that have weights. */
export function signLexicon(): Lexicon {
  return (lexicon ??= createLexicon(weights().keys(), WORDS_IN_A_ROW));
}

/** The sum of the weights of a step's signs. Whole numbers, so that it is the same on every machine. */
export function rowOf(features: readonly string[]): Int16Array {
  const known = weights();
  const row = new Int16Array(ROW);
  for (const feature of features) {
    const add = known.get(feature);
    if (add !== undefined) for (let c = 0; c < ROW; c++) row[c] = (row[c] as number) + (add[c] as number);
  }
  return row;
}

/** What speaks from where no step is. */
const SILENT = new Int16Array(ROW);

/** What speaks for each task at step `i`: its own signs and those of its neighbours. */
export function logitsAt(rows: readonly { readonly row: Int16Array }[], i: number): Int16Array {
  const own = rows[i]?.row ?? SILENT;
  const before = rows[i - 1]?.row ?? SILENT;
  const after = rows[i + 1]?.row ?? SILENT;
  const sum = new Int16Array(TASK_COUNT);
  for (let t = 0; t < TASK_COUNT; t++)
    sum[t] = (own[SELF + t] as number) + (before[FOR_NEXT + t] as number) + (after[FOR_PREVIOUS + t] as number);
  return sum;
}
