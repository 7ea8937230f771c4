import { isPhase, phaseOf } from '../model/rows.ts';
import type { RowId } from '../model/rows.ts';
import { visibleText } from '../model/visible.ts';
import type { Store } from '../store.ts';

/** What a copy of a range holds: the text of the reasoning itself, in order, between marks; not the lines of the tree. */
export function copiedReasoning(store: Store, first: RowId, last: RowId): string {
  const { phases } = store.analysis.value;
  const steps = store.steps.value;
  const begin = isPhase(first) ? (phases[phaseOf(first)]?.at ?? 0) : first;
  const end = isPhase(last) ? (phases[phaseOf(last) + 1]?.at ?? steps.length) - 1 : lastOf(store, last);
  const [from, to] = begin <= end ? [begin, end] : [end, begin];
  const text = store.run.value?.reasoning.slice(steps[from]?.start ?? 0, steps[to]?.end ?? 0) ?? '';
  return visibleText(text);
}

/** The step itself, or the last of those that are folded away under it: what is folded goes along. */
function lastOf(store: Store, step: number): number {
  const { heads } = store.rows.value;
  if (!store.folds.value.groups.has(step)) return step;
  let last = step;
  while (heads[last + 1] === step) last++;
  return last;
}

export const delimited = (text: string): string => `<reasoning>\n${text.trim()}\n</reasoning>\n`;

/** Which rows the marked words begin and end in; null when nothing is marked in the tree, or within one row. */
export function markedRows(tree: HTMLElement): readonly [RowId, RowId] | null {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || selection.anchorNode === null || selection.focusNode === null) return null;
  const row = (node: Node): HTMLElement | null =>
    (node instanceof HTMLElement ? node : node.parentElement)?.closest<HTMLElement>('[data-row]') ?? null;
  const [a, b] = [row(selection.anchorNode), row(selection.focusNode)];
  if (a === null || b === null || a === b || !tree.contains(a) || !tree.contains(b)) return null;
  return [Number(a.dataset['row']), Number(b.dataset['row'])];
}
