import type { Folds } from './rows.ts';

/** Navigation only: what was folded, selected, typed; never the trace itself. */
export interface PersistedState {
  readonly version: 1;
  readonly trace: string | null;
  readonly phases: 'open' | 'folded';
  readonly touched: readonly (readonly [number, boolean])[];
  readonly groups: readonly number[];
  readonly texts: readonly number[];
  /** The row at the top of the tree and how far it is scrolled out, in CSS pixels. */
  readonly anchor: readonly [row: number, offset: number] | null;
  readonly following: boolean;
  /** Share of the width that the reasoning takes, 0.2 to 0.8. */
  readonly split: number;
  readonly findingsOpen: boolean;
  readonly draft: string | null;
}

export const INITIAL: PersistedState = {
  version: 1,
  trace: null,
  phases: 'open',
  touched: [],
  groups: [],
  texts: [],
  anchor: null,
  following: true,
  split: 0.54,
  findingsOpen: true,
  draft: null,
};

/** What was kept, as far as it is what we wrote: the state may come from another version. */
export function readState(state: unknown): PersistedState {
  if (typeof state !== 'object' || state === null || (state as { version?: unknown }).version !== 1) return INITIAL;
  const kept = state as Partial<Record<keyof PersistedState, unknown>>;
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
  const anchor = list(kept.anchor);
  return {
    version: 1,
    trace: typeof kept.trace === 'string' ? kept.trace : null,
    phases: kept.phases === 'folded' ? 'folded' : 'open',
    touched: list(kept.touched).filter(
      (pair): pair is [number, boolean] => Array.isArray(pair) && isNumber(pair[0]) && typeof pair[1] === 'boolean',
    ),
    groups: list(kept.groups).filter(isNumber),
    texts: list(kept.texts).filter(isNumber),
    anchor: isNumber(anchor[0]) && isNumber(anchor[1]) ? [anchor[0], anchor[1]] : null,
    following: kept.following !== false,
    split: isNumber(kept.split) ? Math.min(0.8, Math.max(0.2, kept.split)) : INITIAL.split,
    findingsOpen: kept.findingsOpen !== false,
    draft: typeof kept.draft === 'string' ? kept.draft : null,
  };
}

export const foldsOf = (state: PersistedState): Folds => ({
  phases: state.phases,
  touched: new Map(state.touched),
  groups: new Set(state.groups),
  texts: new Set(state.texts),
});
