import type { Folds } from './rows.ts';

/** How one trace was left: navigation, and notes that are still being written; never the trace itself. */
export interface LeftTrace {
  readonly trace: string | null;
  readonly phases: 'open' | 'folded';
  readonly touched: readonly (readonly [number, boolean])[];
  readonly groups: readonly number[];
  readonly texts: readonly number[];
  /** The row at the top of the tree and how far it is scrolled out, in CSS pixels. */
  readonly anchor: readonly [row: number, offset: number] | null;
  /** How far the answer is scrolled where it stands beside the reasoning, in CSS pixels. */
  readonly answer: number;
  readonly following: boolean;
  /** Notes being written, by step. */
  readonly notes: readonly (readonly [step: number, text: string])[];
}

/** What the reader did: folded, selected, typed. Beside the trace on show, some that were shown before. */
export interface PersistedState extends LeftTrace {
  readonly version: 1;
  /** Share of the width that the reasoning takes, 0.2 to 0.8. */
  readonly split: number;
  readonly findingsOpen: boolean;
  readonly draft: string | null;
  /** The traces shown before, the last one at the end. */
  readonly others: readonly LeftTrace[];
}

/** So many traces are remembered beside the one on show. */
const MOST = 8;

/** How a trace stands that was not shown before. */
export function untouched(trace: string | null, phases: 'open' | 'folded', following: boolean): LeftTrace {
  return { trace, phases, touched: [], groups: [], texts: [], anchor: null, answer: 0, following, notes: [] };
}

export const INITIAL: PersistedState = {
  ...untouched(null, 'open', true),
  version: 1,
  split: 0.54,
  findingsOpen: true,
  draft: null,
  others: [],
};

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** What was kept, as far as it is what we wrote: the state may come from another version. */
export function readState(state: unknown): PersistedState {
  if (typeof state !== 'object' || state === null || (state as { version?: unknown }).version !== 1) return INITIAL;
  const kept = state as Partial<Record<keyof PersistedState, unknown>>;
  return {
    version: 1,
    ...readLeft(kept),
    split: isNumber(kept.split) ? Math.min(0.8, Math.max(0.2, kept.split)) : INITIAL.split,
    findingsOpen: kept.findingsOpen !== false,
    draft: typeof kept.draft === 'string' ? kept.draft : null,
    others: list(kept.others)
      .filter((other) => typeof other === 'object' && other !== null)
      .map(readLeft)
      .filter(({ trace }) => trace !== null)
      .slice(-MOST),
  };
}

function readLeft(kept: Partial<Record<keyof LeftTrace, unknown>>): LeftTrace {
  const pairs = <T>(value: unknown, isSecond: (second: unknown) => second is T): [number, T][] =>
    list(value).filter((pair): pair is [number, T] => Array.isArray(pair) && isNumber(pair[0]) && isSecond(pair[1]));
  const anchor = list(kept.anchor);
  return {
    trace: typeof kept.trace === 'string' ? kept.trace : null,
    phases: kept.phases === 'folded' ? 'folded' : 'open',
    touched: pairs(kept.touched, (open) => typeof open === 'boolean'),
    groups: list(kept.groups).filter(isNumber),
    texts: list(kept.texts).filter(isNumber),
    anchor: isNumber(anchor[0]) && isNumber(anchor[1]) ? [anchor[0], anchor[1]] : null,
    answer: isNumber(kept.answer) ? Math.max(0, kept.answer) : 0,
    following: kept.following !== false,
    notes: pairs(kept.notes, (text) => typeof text === 'string'),
  };
}

/** Adds how a trace was left to those that are remembered; the ones left longest ago are forgotten. */
export function remember(others: readonly LeftTrace[], left: LeftTrace): readonly LeftTrace[] {
  const rest = others.filter(({ trace }) => trace !== left.trace);
  return left.trace === null ? rest : [...rest, left].slice(-MOST);
}

export const foldsOf = (state: LeftTrace): Folds => ({
  phases: state.phases,
  touched: new Map(state.touched),
  groups: new Set(state.groups),
  texts: new Set(state.texts),
});
