import { batch } from '@preact/signals';
import type { Folds } from '../model/rows.ts';
import type { Filter, Store } from '../store.ts';
import { tree } from './actions.ts';

/** Where the reader was, and how the tree was folded, when a search began. */
export interface SearchStart {
  readonly folds: Folds;
  readonly filter: Filter;
  readonly following: boolean;
  readonly anchor: Store['anchor']['current'];
  /** The step from which on is searched. */
  readonly step: number;
  /** CSS pixels of the tree that were scrolled away. */
  readonly scrolled: number;
}

/** Puts everything back as it was when the search began, or begins it. */
export function searchAnew(store: Store): SearchStart {
  if (store.searchedFrom.current !== null) return goBack(store, store.searchedFrom.current);
  const [first, last] = store.visible.peek();
  const hit = store.hit.peek();
  const start: SearchStart = {
    folds: store.folds.peek(),
    filter: store.filter.peek(),
    following: store.following.peek(),
    anchor: store.anchor.current,
    step: hit !== null && hit >= first && hit <= last ? hit : first,
    scrolled: tree.handle?.scrolled() ?? 0,
  };
  store.searchedFrom.current = start;
  return start;
}

/** The reader stays with what was found: it is kept as if the reader had gone there. */
export function stayThere(store: Store): void {
  if (store.searchedFrom.current === null) return;
  store.searchedFrom.current = null;
  store.keep();
}

/** The search is given up: the reader is where it began. */
export function giveUp(store: Store): void {
  const start = store.searchedFrom.current;
  store.searchedFrom.current = null;
  if (start !== null) goBack(store, start);
  store.keep();
}

function goBack(store: Store, start: SearchStart): SearchStart {
  batch(() => {
    store.folds.value = start.folds;
    store.filter.value = start.filter;
    store.following.value = start.following;
  });
  tree.handle?.scrollTo(start.scrolled);
  return start;
}
