import { gistText } from '../model/gist.ts';
import { indexOfRow, isPhase, phaseAt, phaseOf, phaseRow, rowForStep } from '../model/rows.ts';
import type { RowId } from '../model/rows.ts';
import type { Store } from '../store.ts';
import {
  isGroupOpen,
  isRowOpen,
  litBlocks,
  selectStep,
  setAllPhases,
  setGroupOpen,
  setPhaseOpen,
  setRowOpen,
  stepFinding,
} from './actions.ts';
import type { ReadingPlace, Stride } from './reading-place.ts';

/** Milliseconds after which typing begins a new word. */
const PAUSE = 700;
/** Rows that Page Up and Page Down pass. */
const PAGE = 12;

interface TreeKeys {
  readonly store: Store;
  readonly current: RowId;
  /** Moves the focus to a row by its place among the rows. */
  readonly focus: (index: number) => void;
  /** The same, and marks the rows from where the marking began up to it. */
  readonly extend: (index: number) => void;
  readonly place: Pick<ReadingPlace, 'isHigh' | 'scrollIn'>;
}

let typed = '';
let typedAt = 0;

/** Keys of the tree, after the WAI-ARIA pattern, and the letters that stand for commands. Returns whether the key meant something. */
export function onTreeKey(keys: TreeKeys, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if ((event.target as HTMLElement).closest('[data-row]') !== event.target) return false;
  const typing = typed !== '' && event.timeStamp - typedAt < PAUSE;
  if (!typing || event.key.length > 1) {
    const act = moves(keys, event.shiftKey)[event.key];
    if (act !== undefined) {
      act();
      return true;
    }
    if (event.key.length > 1 || GLOBAL.has(event.key)) return false;
  }
  typed = (typing ? typed : '') + event.key.toLowerCase();
  typedAt = event.timeStamp;
  typeAhead(keys, typed);
  return true;
}

/** Keys that the view as a whole answers to. */
const GLOBAL = new Set(['/', '?', 'n', 'p', 'e', 'c', 'f']);

function moves({ store, current, focus, extend, place }: TreeKeys, shift: boolean): Readonly<Record<string, () => void>> {
  const { phases } = store.analysis.value;
  const rows = store.rows.value;
  const index = indexOfRow(rows, phases, current);
  const open = isRowOpen(store, current);
  const group = isPhase(current) ? null : isGroupOpen(store, current);
  const parentOf = (step: number): number => {
    const head = rows.heads[step] ?? step;
    return indexOfRow(rows, phases, head === step ? phaseRow(phaseAt(phases, step)) : head);
  };
  const move = (to: number): void => {
    store.following.value = false;
    (shift ? extend : focus)(Math.max(0, Math.min(rows.ids.length - 1, to)));
  };
  /** A row that is too high to be seen whole is read to its edge before it is left. */
  const step = (to: number, by: Stride): void => {
    const last = rows.ids.length - 1;
    const at = Math.max(0, Math.min(last, to));
    const direction = to > index ? 1 : -1;
    const inside = !shift && (by !== 'edge' || at === index) && place.scrollIn(index, direction, by, at === index);
    if (inside) store.following.value = false;
    else move(at);
  };
  /** As many rows on as a page has, but no further than one that takes a page by itself. */
  const page = (direction: 1 | -1): number => {
    for (let n = 1; n < PAGE; n++) if (place.isHigh(index + n * direction)) return index + n * direction;
    return index + PAGE * direction;
  };
  return {
    ArrowDown: () => step(index + 1, 'line'),
    ArrowUp: () => step(index - 1, 'line'),
    PageDown: () => step(page(1), 'page'),
    PageUp: () => step(page(-1), 'page'),
    Home: () => step(-1, 'edge'),
    End: () => step(rows.ids.length, 'edge'),
    ArrowRight() {
      if (group === false) setGroupOpen(store, current, true);
      else if (!open) setRowOpen(store, current, true);
      else if (isPhase(current) || group === true) move(index + 1);
    },
    ArrowLeft() {
      if (open || group === true) {
        if (open) setRowOpen(store, current, false);
        else setGroupOpen(store, current, false);
        store.following.value = false;
      } else if (!isPhase(current)) move(parentOf(current));
    },
    '*'() {
      phases.forEach((_, p) => setPhaseOpen(store, p, true));
      store.folds.value = { ...store.folds.value, groups: new Set() };
    },
    ' ': () => setRowOpen(store, current, !open),
    Enter() {
      if (isPhase(current)) {
        setRowOpen(store, current, !open);
        return;
      }
      selectStep(store, current);
      setRowOpen(store, current, true);
      const [block] = litBlocks(store);
      if (block !== undefined) document.querySelector(`[data-block="${block}"]`)?.scrollIntoView({ block: 'nearest' });
    },
  };
}

function typeAhead({ store, current, focus }: TreeKeys, word: string): void {
  const { phases } = store.analysis.value;
  const rows = store.rows.value;
  const index = indexOfRow(rows, phases, current);
  const from = word.length === 1 ? index + 1 : index;
  for (let i = 0; i < rows.ids.length; i++) {
    const place = (from + i) % rows.ids.length;
    const id = rows.ids[place] ?? 0;
    const words = isPhase(id) ? (phases[phaseOf(id)]?.title ?? '') : store.stepText(id).slice(0, 200);
    if (!gistText(words).toLowerCase().startsWith(word)) continue;
    store.following.value = false;
    focus(place);
    return;
  }
}

/** The step that the row with the focus is or begins with. */
function focusedStep(store: Store): number | undefined {
  const row = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row'];
  if (row === undefined) return undefined;
  const id = Number(row);
  return isPhase(id) ? store.analysis.value.phases[phaseOf(id)]?.at : id;
}

/** Keys that mean the same wherever the focus is, but where somebody types. */
export function onViewKey(store: Store, event: KeyboardEvent, focusRow: (index: number) => void): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  if ((event.target as HTMLElement).closest('input, textarea, select, [role="menu"], dialog') !== null) return false;
  const acts: Readonly<Record<string, () => void>> = {
    '?': () => (store.help.value = true),
    '/': () => store.focusSearch.value++,
    n: () => stepFinding(store, 1),
    p: () => stepFinding(store, -1),
    e: () => setAllPhases(store, true),
    c() {
      const { phases } = store.analysis.value;
      const step = focusedStep(store) ?? store.visible.value[0];
      setAllPhases(store, false);
      focusRow(rowForStep(store.rows.value, phases, step));
    },
    f: () => (store.following.value = store.live.value),
    Escape: () => (store.selection.value = null),
  };
  const act = acts[event.key];
  if (act === undefined || store.run.value === null) return false;
  act();
  return true;
}
