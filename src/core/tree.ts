import type { Analysis, Kind, Step } from './analysis.ts';

/** A row of the tree: a phase, or a step with what hangs on it. Phases are told apart by their first step, steps by their index: both stay. */
export interface TreeRow {
  readonly type: 'phase' | 'step';
  /** Index of the step, or of the phase's first step. */
  readonly at: number;
  /** The last step that belongs to it. */
  readonly end: number;
  /** Of a phase: its title. */
  readonly title: string | null;
  /** Counted from 1: phases; their steps; what hangs on a step. */
  readonly depth: 1 | 2 | 3;
  readonly children: readonly TreeRow[];
}

/** Kinds that hang on the step that they belong to: what a check does under it, tracing under its example, the steps of an attempt under the plan or the turn. */
const HANGS: Readonly<Partial<Record<Kind, readonly Kind[]>>> = {
  check: ['check', 'example', 'doubt', 'recall', 'work'],
  example: ['example', 'work', 'check'],
  revise: ['work', 'recall', 'example', 'doubt', 'revise'],
  plan: ['work', 'recall', 'example'],
};
/** What may be checked: a check that follows hangs under it, with what the check does. */
const CHECKED: ReadonlySet<Kind> = new Set<Kind>(['plan', 'recall', 'work', 'revise', 'conclude', 'answer']);
/** How many steps may hang on one. */
const MOST = 40;

/**
 * The analysis as nested rows: phase › step › what hangs on it. Which row a step hangs on depends on the steps up to it,
 * so that more reasoning adds rows and moves none but the last.
 */
export function treeOf({ steps, phases }: Pick<Analysis, 'steps' | 'phases'>): readonly TreeRow[] {
  const starts = phases.length > 0 ? phases : steps.length > 0 ? [{ at: 0, title: '' }] : [];
  return starts.map((phase, p) => {
    const to = Math.min(starts[p + 1]?.at ?? steps.length, steps.length);
    return {
      type: 'phase',
      at: phase.at,
      end: Math.max(phase.at, to - 1),
      title: phase.title,
      depth: 1,
      children: rowsOf(steps, phase.at, to),
    };
  });
}

/** By step: the step that it hangs on, or itself. The same nesting as `treeOf`, for those that show rows one below the other. */
export function headsOf({ steps, phases }: Pick<Analysis, 'steps' | 'phases'>): readonly number[] {
  const heads: number[] = [];
  let phase = 0;
  for (let i = 0; i < steps.length;) {
    while (phase + 1 < phases.length && (phases[phase + 1]?.at ?? 0) <= i) phase++;
    const to = Math.min(phases[phase + 1]?.at ?? steps.length, steps.length);
    const end = groupEnd(steps, i, to);
    for (let j = i; j <= end; j++) heads.push(i);
    i = end + 1;
  }
  return heads;
}

function rowsOf(steps: readonly Step[], from: number, to: number): TreeRow[] {
  const rows: TreeRow[] = [];
  for (let i = from; i < to;) {
    const end = groupEnd(steps, i, to);
    const children: TreeRow[] = [];
    for (let j = i + 1; j <= end; j++) children.push({ type: 'step', at: j, end: j, title: null, depth: 3, children: [] });
    rows.push({ type: 'step', at: i, end, title: null, depth: 2, children });
    i = end + 1;
  }
  return rows;
}

/** The last step that hangs on step `i`. */
function groupEnd(steps: readonly Step[], i: number, to: number): number {
  const head = steps[i];
  if (head === undefined) return i;
  let kinds = HANGS[head.kind] ?? [];
  let end = i;
  for (let j = i + 1; j < Math.min(to, i + MOST); j++) {
    const step = steps[j];
    if (step === undefined || step.tags.includes('branch')) break;
    // a check of what stands just before it: its parent is the head or hangs on it
    if (step.kind === 'check' && step.parent !== null && step.parent >= i && CHECKED.has(head.kind)) kinds = HANGS.check ?? [];
    else if (!kinds.includes(step.kind)) break;
    // what builds on something before the head is no part of it
    if (step.parent !== null && step.parent < i) break;
    end = j;
  }
  return end;
}

/** Visits all rows from top to bottom. */
export function eachRow(rows: readonly TreeRow[], visit: (row: TreeRow) => void): void {
  for (const row of rows) {
    visit(row);
    eachRow(row.children, visit);
  }
}
