import { asidesOf } from '../model/asides.ts';
import { thoughtsText } from '../model/copy.ts';
import { indexOfRow, isPhase, phaseOf, rowForStep } from '../model/rows.ts';
import type { RowId } from '../model/rows.ts';
import { visibleText } from '../model/visible.ts';
import type { Store } from '../store.ts';
import { stepBefore } from './marks.ts';

/** Where a row stands among the rows; where it is folded away, the row that stands for it; -1 when there is none. */
export function placeOf(store: Store, id: RowId): number {
  const { phases } = store.analysis.value;
  return isPhase(id) ? indexOfRow(store.rows.value, phases, id) : rowForStep(store.rows.value, phases, id);
}

/**
 * What a copy of the rows between two places holds: the text of the reasoning itself with what came between its words, in
 * order; not the lines of the tree. What is folded goes along, what a filter hides does not.
 */
export function copiedReasoning(store: Store, from: number, to: number): string {
  const run = store.run.value;
  const steps = store.steps.value;
  if (run === null) return '';
  const runs: [number, number][] = [];
  for (const step of stepsOf(store, from, to)) {
    const last = runs.at(-1);
    if (last?.[1] === step - 1) last[1] = step;
    else runs.push([step, step]);
  }
  const asides = asidesOf(run.inspection.trace.parts).map((aside) => ({ aside, step: stepBefore({ steps }, aside.at) }));
  const texts = runs.map(([first, last]) => {
    const own = asides.flatMap(({ aside, step }) => (step >= first && step <= last ? [aside] : []));
    const [start, end] = [steps[first]?.start ?? 0, steps[last]?.end ?? 0];
    return thoughtsText(run.reasoning.slice(start, end), start, own);
  });
  return visibleText(texts.join('\n\n'));
}

/** The steps that rows stand for, in order. */
function stepsOf(store: Store, from: number, to: number): number[] {
  const { phases } = store.analysis.value;
  const { ids } = store.rows.value;
  const isStep = (place: number): boolean => !isPhase(ids[place] ?? -1);
  let last = to;
  // the title of an open phase stands for its steps when it is alone; among others they speak for themselves
  if (from === to && !isStep(from)) while (isStep(last + 1)) last++;
  const steps: number[] = [];
  const put = (first: number, end: number): void => {
    for (let step = first; step <= end; step++) steps.push(step);
  };
  for (let place = from; place <= last; place++) {
    const id = ids[place];
    if (id === undefined) continue;
    if (!isPhase(id)) put(id, lastUnder(store, id));
    else if (!isStep(place + 1)) put(phases[phaseOf(id)]?.at ?? 0, (phases[phaseOf(id) + 1]?.at ?? store.stepCount.value) - 1);
  }
  return steps;
}

/** The step itself, or the last of those that are folded away under it. */
function lastUnder(store: Store, step: number): number {
  const { heads } = store.rows.value;
  if (!store.folds.value.groups.has(step)) return step;
  let last = step;
  while (heads[last + 1] === step) last++;
  return last;
}

export const delimited = (text: string): string => `<reasoning>\n${text.trim()}\n</reasoning>\n`;

/** The row that a node is in. */
export function rowAt(tree: HTMLElement, node: Node | null): RowId | null {
  const row = (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>('[data-row]') ?? null;
  return row !== null && tree.contains(row) ? Number(row.dataset['row']) : null;
}

/** Rows in which marked words begin and end, as they were when these rows were mounted. */
export interface Ends {
  readonly from: RowId | null;
  readonly to: RowId | null;
}

/** The places of the rows that marked words reach over; null when none are, or when they are within one row. */
export function markedPlaces(store: Store, tree: HTMLElement, kept: Ends): readonly [number, number] | null {
  const selection = getSelection();
  if (selection === null || selection.anchorNode === null || selection.focusNode === null) return null;
  const { anchorNode, focusNode } = selection;
  const last = store.rows.value.ids.length - 1;
  // where a row was that is mounted no more, there is the tree itself
  if (selection.isCollapsed && anchorNode !== tree) return null;
  const place = (node: Node, row: RowId | null): number => {
    const id = row ?? rowAt(tree, node);
    if (id !== null) return placeOf(store, id);
    return (node.compareDocumentPosition(tree) & Node.DOCUMENT_POSITION_FOLLOWING) === 0 ? last + 1 : -1;
  };
  const [a, b] = [place(anchorNode, kept.from), place(focusNode, kept.to)];
  const outside = (at: number): boolean => at < 0 || at > last;
  if (a === b && (outside(a) || rowAt(tree, anchorNode) === rowAt(tree, focusNode))) return null;
  return [Math.max(0, Math.min(a, b)), Math.min(last, Math.max(a, b))];
}

/** The words that a marking holds before the tree and after it, as the browser would copy them. */
export function wordsAround(tree: HTMLElement): readonly [string, string] {
  const selection = getSelection();
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return ['', ''];
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  const range = selection.getRangeAt(0);
  const words = (cut: (part: Range) => void): string => {
    const part = range.cloneRange();
    cut(part);
    selection.removeAllRanges();
    selection.addRange(part);
    return selection.toString().trim();
  };
  const around = [
    tree.contains(range.startContainer) ? '' : words((part) => part.setEndBefore(tree)),
    tree.contains(range.endContainer) ? '' : words((part) => part.setStartAfter(tree)),
  ] as const;
  if (anchorNode !== null && focusNode !== null) selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
  return [visibleText(around[0]), visibleText(around[1])];
}
