import { gistText } from '../model/gist.ts';
import { indexOfRow, isPhase, phaseAt, phaseOf, phaseRow } from '../model/rows.ts';
import type { RowId } from '../model/rows.ts';
import type { Store } from '../store.ts';
import { isRowOpen, litBlocks, selectStep, setAllPhases, setPhaseOpen, setRowOpen, stepFinding } from './actions.ts';

/** Milliseconds after which typing begins a new word. */
const PAUSE = 700;
let typed = '';
let typedAt = 0;

/** Keys of the whole tree, after the WAI-ARIA pattern. `focus` moves to a row by its place among the rows. */
export function onTreeKey(
  store: Store,
  event: KeyboardEvent,
  current: RowId | null,
  focus: (index: number) => void,
  rowFor: (step: number) => number,
): void {
  if (current === null || event.ctrlKey || event.metaKey || event.altKey) return;
  if ((event.target as HTMLElement).closest('[data-row]') !== event.target) return;
  const { phases } = store.analysis.value;
  const rows = store.rows.value;
  const index = indexOfRow(rows, phases, current);
  const typing = typed !== '' && event.timeStamp - typedAt < PAUSE;
  const move = (to: number): void => {
    store.following.value = false;
    focus(Math.max(0, Math.min(rows.ids.length - 1, to)));
  };
  const done = (): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  switch (event.key) {
    case 'ArrowDown':
      move(index + 1);
      return done();
    case 'ArrowUp':
      move(index - 1);
      return done();
    case 'PageDown':
      move(index + 12);
      return done();
    case 'PageUp':
      move(index - 12);
      return done();
    case 'Home':
      move(0);
      return done();
    case 'End':
      move(rows.ids.length - 1);
      return done();
    case 'ArrowRight':
      if (!isRowOpen(store, current)) setRowOpen(store, current, true);
      else if (isPhase(current)) move(index + 1);
      return done();
    case 'ArrowLeft':
      if (isRowOpen(store, current)) {
        setRowOpen(store, current, false);
        store.following.value = false;
      } else if (!isPhase(current)) move(indexOfRow(rows, phases, phaseRow(phaseAt(phases, current))));
      return done();
    case '*':
      phases.forEach((_, p) => setPhaseOpen(store, p, true));
      return done();
    case ' ':
      if (typing) break;
      setRowOpen(store, current, !isRowOpen(store, current));
      return done();
    case 'Enter':
      if (isPhase(current)) setRowOpen(store, current, !isRowOpen(store, current));
      else {
        selectStep(store, current);
        setRowOpen(store, current, true);
        const block = [...litBlocks(store)][0];
        if (block !== undefined) document.querySelector(`[data-block="${block}"]`)?.scrollIntoView({ block: 'nearest' });
      }
      return done();
    default:
  }
  if (event.key.length !== 1) return;
  if (!typing) {
    switch (event.key) {
      case 'e':
        setAllPhases(store, true);
        return done();
      case 'c': {
        setAllPhases(store, false);
        focus(rowFor(isPhase(current) ? (phases[phaseOf(current)]?.at ?? 0) : current));
        return done();
      }
      case 'n':
        stepFinding(store, 1);
        return done();
      case 'p':
        stepFinding(store, -1);
        return done();
      case '/':
      case '?':
      case ' ':
        return;
      default:
    }
  }
  typed = (typing ? typed : '') + event.key.toLowerCase();
  typedAt = event.timeStamp;
  const from = typed.length === 1 ? index + 1 : index;
  for (let i = 0; i < rows.ids.length; i++) {
    const place = (from + i) % rows.ids.length;
    const id = rows.ids[place] ?? 0;
    const words = isPhase(id) ? (phases[phaseOf(id)]?.title ?? '') : store.stepText(id).slice(0, 200);
    if (gistText(words).toLowerCase().startsWith(typed)) {
      move(place);
      break;
    }
  }
  done();
}
