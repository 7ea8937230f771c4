import { batch } from '@preact/signals';
import type { Finding } from '../../core/analysis.ts';
import { isHead, isPhase, isPhaseOpen, phaseAt, phaseOf, phaseRow, rowForStep } from '../model/rows.ts';
import type { RowId } from '../model/rows.ts';
import { t } from '../l10n.ts';
import { visibleText } from '../model/visible.ts';
import { NO_FILTER } from '../store.ts';
import type { Store } from '../store.ts';
import { goToAnswer } from './in-answer.ts';

/** What the tree can be asked to do from elsewhere in the view. Set while a tree is shown. */
export interface TreeHandle {
  /** Scrolls so that the row is well in sight, and gives it the focus if asked. */
  reveal(row: number, focus: boolean): void;
  /** How much of the list is scrolled away, in CSS pixels; -Infinity where nothing at all is, whatever stands above the list. */
  scrolled(): number;
  /** Scrolls back to such a place. */
  scrollTo(top: number): void;
  /** Gives the focus to the row that had it last, or to the last of all, and brings it into sight if asked. */
  focus(row: 'same' | 'last', scroll: boolean): void;
}
export const tree: { handle: TreeHandle | null } = { handle: null };

/** Whether a button was pressed by key: then the focus goes along to where the press leads. */
export const byKey = (event: MouseEvent): boolean => event.detail === 0;

/** Takes the filter away, and with it the button that did: the focus goes to the tree. */
export function showAll(store: Store, event: MouseEvent): void {
  store.filter.value = NO_FILTER;
  tree.handle?.focus('same', byKey(event));
}

/** Follows what is being thought; the button for it goes, so the focus goes to where the text grows. */
export function follow(store: Store): void {
  store.following.value = true;
  tree.handle?.focus('last', false);
}

export function setPhaseOpen(store: Store, phase: number, open: boolean): void {
  const at = store.analysis.value.phases[phase]?.at;
  if (at === undefined) return;
  const touched = new Map(store.folds.value.touched).set(at, open);
  store.folds.value = { ...store.folds.value, touched };
  store.keep();
}

export function setTextOpen(store: Store, step: number, open: boolean): void {
  const texts = new Set(store.folds.value.texts);
  if (open) texts.add(step);
  else texts.delete(step);
  store.folds.value = { ...store.folds.value, texts };
  store.keep();
}

/** Whether the steps that hang on a step are shown; null where none do. */
export function isGroupOpen(store: Store, step: number): boolean | null {
  return isHead(store.rows.value.heads, step) ? !store.folds.value.groups.has(step) : null;
}

export function setGroupOpen(store: Store, step: number, open: boolean): void {
  const groups = new Set(store.folds.value.groups);
  if (open) groups.delete(step);
  else groups.add(step);
  store.folds.value = { ...store.folds.value, groups };
  store.keep();
}

/** Of a phase: whether its steps are shown. Of a step: whether its whole text is. */
export function isRowOpen(store: Store, id: RowId): boolean {
  const { folds, analysis } = store;
  return isPhase(id) ? isPhaseOpen(folds.value, analysis.value.phases[phaseOf(id)]?.at ?? 0) : folds.value.texts.has(id);
}

export function setRowOpen(store: Store, id: RowId, open: boolean): void {
  if (isPhase(id)) setPhaseOpen(store, phaseOf(id), open);
  else setTextOpen(store, id, open);
}

export function setAllPhases(store: Store, open: boolean): void {
  const { groups, texts } = store.folds.value;
  store.folds.value = open
    ? { phases: 'open', touched: new Map(), groups: new Set(), texts }
    : { phases: 'folded', touched: new Map(), groups, texts: new Set() };
  if (!open) store.following.value = false;
  store.keep();
}

/** Unfolds what hides a step, shows its whole text if asked, and brings it into sight. */
export function goToStep(store: Store, step: number, options: { readonly text?: boolean; readonly focus?: boolean } = {}): void {
  batch(() => {
    store.following.value = false;
    if (store.passing.value?.has(step) === false) store.filter.value = NO_FILTER;
    const { phases } = store.analysis.value;
    if (!isRowOpen(store, phaseRow(phaseAt(phases, step)))) setPhaseOpen(store, phaseAt(phases, step), true);
    const head = store.rows.value.heads[step] ?? step;
    if (head !== step) setGroupOpen(store, head, true);
    if (options.text === true) setTextOpen(store, step, true);
  });
  tree.handle?.reveal(rowForStep(store.rows.value, store.analysis.value.phases, step), options.focus ?? false);
}

export function selectStep(store: Store, step: number): void {
  store.selection.value = { type: 'step', index: step };
}

export function selectFinding(store: Store, index: number, focus = false): void {
  store.selection.value = { type: 'finding', index };
  const finding = store.analysis.value.findings[index];
  if (finding === undefined) return;
  const step = stepOfFinding(store, finding);
  if (step !== undefined) goToStep(store, step, { text: true, focus });
  else goToAnswer(store, finding, focus);
}

/** The step that shows a finding best: the one its first quote is in. */
export function stepOfFinding(store: Store, finding: Finding): number | undefined {
  const quote = finding.quotes.find((q) => q.in === 'reasoning');
  const steps = store.steps.value;
  return (
    (quote === undefined
      ? undefined
      : finding.steps.find((s) => (steps[s]?.start ?? 0) <= quote.start && quote.start < (steps[s]?.end ?? 0))) ?? finding.steps[0]
  );
}

/** Selects a block of the answer by its links, of which code may have several, or takes the selection back. */
export function selectBlock(store: Store, links: readonly number[], focus = false): void {
  if (isSelectedBlock(store, links)) {
    store.selection.value = null;
    return;
  }
  store.selection.value = { type: 'block', links };
  const [first] = litSteps(store);
  if (first !== undefined) goToStep(store, first, { focus });
}

export function isSelectedBlock(store: Store, links: readonly number[]): boolean {
  const now = store.selection.value;
  return now?.type === 'block' && now.links[0] === links[0];
}

/** The finding after or before the one selected, among those that the list shows. */
export function stepFinding(store: Store, direction: 1 | -1): void {
  const list = shownFindings(store);
  if (list.length === 0) return;
  const now = store.selection.value;
  const place = now?.type === 'finding' ? list.indexOf(now.index) : -1;
  const next = place < 0 ? (direction === 1 ? 0 : list.length - 1) : (place + direction + list.length) % list.length;
  selectFinding(store, list[next] ?? 0, true);
}

/** So many findings are listed before the reader asks for all: the tree must stay on the screen. */
const FEW = 4;

/** Indices of the findings in the list, ranked. */
export function shownFindings(store: Store): readonly number[] {
  const { findings } = store.analysis.value;
  const { findings: kind } = store.filter.value;
  const all = findings.map((_, i) => i);
  if (kind !== null) return all.filter((i) => findings[i]?.kind === kind);
  return store.allFindings.value ? all : all.filter((i) => findings[i]?.shown === true).slice(0, FEW);
}

/** The steps that the selection speaks of. */
export function litSteps(store: Store): ReadonlySet<number> {
  const now = store.selection.value;
  const { findings, links } = store.analysis.value;
  if (now === null) return new Set();
  if (now.type === 'step') return new Set([now.index]);
  return new Set(now.type === 'finding' ? findings[now.index]?.steps : now.links.flatMap((link) => links[link]?.steps ?? []));
}

/** The linked blocks of the answer that the selection speaks of. */
export function litBlocks(store: Store): ReadonlySet<number> {
  const now = store.selection.value;
  if (now === null) return new Set();
  if (now.type === 'block') return new Set(now.links);
  const { findings, links } = store.analysis.value;
  const lit = new Set<number>();
  const finding = now.type === 'finding' ? findings[now.index] : undefined;
  links.forEach((link, i) => {
    const quoted = finding?.quotes.some((q) => q.in === 'answer' && q.start < link.block.end && q.end > link.block.start);
    if (now.type === 'step' ? link.steps.includes(now.index) : quoted === true) lit.add(i);
  });
  return lit;
}

/** Copies through the host, with hidden characters spelled out, and says so. */
export function copyText(store: Store, text: string): void {
  store.tell.copy({ text: visibleText(text) });
  store.say(t('Copied'));
}
