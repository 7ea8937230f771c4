import type { Phase } from '../../core/analysis.ts';

/** How the reader has folded the tree. */
export interface Folds {
  /** How phases stand that the reader did not touch. */
  readonly phases: 'open' | 'folded';
  /** What the reader folded or opened, by the phase's first step: true is open. */
  readonly touched: ReadonlyMap<number, boolean>;
  /** Steps whose nested steps the reader folded away. */
  readonly groups: ReadonlySet<number>;
  /** Steps whose whole text is shown. */
  readonly texts: ReadonlySet<number>;
}

/** A row is a number: a step by its index, or phase `p` as `-1 - p`. */
export type RowId = number;

export const phaseRow = (phase: number): RowId => -1 - phase;
export const isPhase = (id: RowId): boolean => id < 0;
export const phaseOf = (id: RowId): number => -1 - id;

/** The rows to be shown, from top to bottom, with the level of each and its place among its siblings. */
export interface Rows {
  readonly ids: readonly RowId[];
  /** 1 for phases, 2 for steps, 3 for steps that hang on one. */
  readonly level: readonly number[];
  /** Counted from 1. */
  readonly place: readonly number[];
  /** How many siblings there are, itself included. */
  readonly size: readonly number[];
  /** By step: the step that it hangs on, or itself; a filter shows what it found without. */
  readonly heads: readonly number[];
}

export interface RowsInput {
  readonly steps: number;
  readonly phases: readonly Phase[];
  /** See `Rows.heads`. */
  readonly heads: readonly number[];
  readonly folds: Folds;
  /** Which steps to show; null for all. */
  readonly filter: ReadonlySet<number> | null;
}

export function isPhaseOpen(folds: Folds, at: number): boolean {
  return folds.touched.get(at) ?? folds.phases === 'open';
}

/** Whether other steps hang on this one. */
export const isHead = (heads: readonly number[], step: number): boolean => heads[step] === step && heads[step + 1] === step;

export function buildRows({ steps, phases, heads, folds, filter }: RowsInput): Rows {
  const ids: RowId[] = [];
  const level: number[] = [];
  const place: number[] = [];
  const size: number[] = [];
  const put = (id: RowId, at: number, nth: number): void => {
    ids.push(id);
    level.push(at);
    place.push(nth);
    size.push(0);
  };
  /** Says how many they are to all rows of a level from an index on. */
  const counted = (from: number, at: number, n: number): void => {
    for (let i = from; i < ids.length; i++) if (level[i] === at) size[i] = n;
  };
  const putSteps = (from: number, to: number): void => {
    const first = ids.length;
    let n = 0;
    for (let s = from; s < to;) {
      let end = s + 1;
      if (filter === null) while (end < to && heads[end] === s) end++;
      if (filter === null || filter.has(s)) put(s, 2, ++n);
      const nested = ids.length;
      if (!folds.groups.has(s)) for (let i = s + 1; i < end; i++) put(i, 3, i - s);
      counted(nested, 3, end - s - 1);
      s = end;
    }
    counted(first, 2, n);
  };
  // before the first phases are known, or where they never will be, the steps stand for themselves
  if (phases.length === 0) putSteps(0, steps);
  let shown = 0;
  for (let p = 0; p < phases.length; p++) {
    const at = phases[p]?.at ?? 0;
    const end = Math.min(phases[p + 1]?.at ?? steps, steps);
    if (!passes(at, end, filter)) continue;
    put(phaseRow(p), 1, ++shown);
    // a filter shows what it found, whatever was folded
    if (filter !== null || isPhaseOpen(folds, at)) putSteps(at, end);
  }
  counted(0, 1, shown);
  return { ids, level, place, size, heads: filter === null ? heads : [] };
}

function passes(from: number, to: number, filter: ReadonlySet<number> | null): boolean {
  if (filter === null) return to > from;
  for (let s = from; s < to; s++) if (filter.has(s)) return true;
  return false;
}

/** Index of the phase that holds a step. */
export function phaseAt(phases: readonly Phase[], step: number): number {
  let low = 0;
  let high = phases.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((phases[middle]?.at ?? 0) <= step) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where a row stands among the rows, or -1 when it is not shown. Rows are in the order of the text. */
export function indexOfRow(rows: Rows, phases: readonly Phase[], id: RowId): number {
  const order = (row: RowId): number => (isPhase(row) ? (phases[phaseOf(row)]?.at ?? 0) - 0.5 : row);
  const wanted = order(id);
  let low = 0;
  let high = rows.ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = rows.ids[middle] ?? 0;
    if (row === id) return middle;
    if (order(row) < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** The row that stands for a step: itself, or the step that it hangs on or its phase when that is folded. */
export function rowForStep(rows: Rows, phases: readonly Phase[], step: number): number {
  for (const id of [step, rows.heads[step] ?? step, phaseRow(phaseAt(phases, step))]) {
    const index = indexOfRow(rows, phases, id);
    if (index >= 0) return index;
  }
  return -1;
}
