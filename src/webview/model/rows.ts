import type { Phase } from '../../core/analysis.ts';

/** How the reader has folded the tree. */
export interface Folds {
  /** How phases stand that the reader did not touch. */
  readonly phases: 'open' | 'folded';
  /** What the reader folded or opened, by the phase's first step: true is open. */
  readonly touched: ReadonlyMap<number, boolean>;
  /** Steps whose whole text is shown. */
  readonly texts: ReadonlySet<number>;
}

/** A row is a number: a step by its index, or phase `p` as `-1 - p`. */
export type RowId = number;

export const phaseRow = (phase: number): RowId => -1 - phase;
export const isPhase = (id: RowId): boolean => id < 0;
export const phaseOf = (id: RowId): number => -1 - id;

/** The rows to be shown, from top to bottom, and each one's place among its siblings. */
export interface Rows {
  readonly ids: readonly RowId[];
  /** Counted from 1. */
  readonly place: readonly number[];
  /** By phase: how many of its steps pass the filter. */
  readonly passing: readonly number[];
  /** How many phases are shown. */
  readonly phases: number;
}

export interface RowsInput {
  readonly steps: number;
  readonly phases: readonly Phase[];
  readonly folds: Folds;
  /** Which steps to show; null for all. */
  readonly filter: ReadonlySet<number> | null;
}

export function isPhaseOpen(folds: Folds, at: number): boolean {
  return folds.touched.get(at) ?? folds.phases === 'open';
}

export function buildRows({ steps, phases, folds, filter }: RowsInput): Rows {
  const ids: RowId[] = [];
  const place: number[] = [];
  const passing: number[] = [];
  let shownPhases = 0;
  // before the first phases are known, or where they never will be, the steps stand for themselves
  if (phases.length === 0) {
    for (let s = 0; s < steps; s++) if (filter === null || filter.has(s)) place.push(ids.push(s));
    passing.push(ids.length);
  }
  for (let p = 0; p < phases.length; p++) {
    const at = phases[p]?.at ?? 0;
    const end = Math.min(phases[p + 1]?.at ?? steps, steps);
    let pass = Math.max(0, end - at);
    if (filter !== null) {
      pass = 0;
      for (let s = at; s < end; s++) if (filter.has(s)) pass++;
    }
    passing.push(pass);
    if (pass === 0) continue;
    ids.push(phaseRow(p));
    place.push(++shownPhases);
    // a filter shows what it found, whatever was folded
    if (filter === null && !isPhaseOpen(folds, at)) continue;
    let n = 0;
    for (let s = at; s < end; s++) {
      if (filter !== null && !filter.has(s)) continue;
      ids.push(s);
      place.push(++n);
    }
  }
  return { ids, place, passing, phases: shownPhases };
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

/** The row that stands for a step: itself, or its phase when that is folded. */
export function rowForStep(rows: Rows, phases: readonly Phase[], step: number): number {
  const own = indexOfRow(rows, phases, step);
  return own >= 0 ? own : indexOfRow(rows, phases, phaseRow(phaseAt(phases, step)));
}
