import type { Analysis, Finding, Step } from '../analysis.ts';
import { repeatedSteps } from '../course.ts';
import type { Group } from '../groups.ts';
import { groupOf } from '../groups.ts';

/** A stretch of the strip in one pattern, in pixels. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly group: Group;
}

/** Which group shows where several steps share a pixel: what a reader should not miss wins. */
const RANK: Readonly<Record<Group, number>> = { revise: 6, doubt: 5, check: 4, plan: 3, result: 2, working: 1, understanding: 0 };

/** From this many pixels on, a step ends with a gap of one. */
const GAP_FROM = 7;

/** UTF-16 offset where the reasoning ends. */
export function lengthOf(steps: readonly Step[]): number {
  return steps.at(-1)?.end ?? 0;
}

/** The strip of any number of steps, in at most `width` stretches without holes. */
export function stretchesOf(steps: readonly Step[], width: number): readonly Stretch[] {
  const length = Math.max(1, lengthOf(steps));
  const out: { from: number; to: number; group: Group }[] = [];
  for (const { start, end, kind } of steps) {
    const group = groupOf(kind);
    const to = Math.round((end / length) * width);
    const last = out.at(-1);
    let from = Math.round((start / length) * width);
    if (last !== undefined && to <= last.to) {
      // less than a pixel to itself: the more telling one has it
      if (last.to - last.from <= 1 && RANK[group] > RANK[last.group]) last.group = group;
      continue;
    }
    from = Math.max(from, last?.to ?? 0);
    if (last?.group === group && last.to === from && to - from < GAP_FROM) last.to = to;
    else out.push({ from, to: Math.max(to, from + 1), group });
  }
  return out.map((one) => (one.to - one.from >= GAP_FROM ? { ...one, to: one.to - 1 } : one));
}

/** Where the strip repeats what was said before: `[from, to]` in pixels, neighbours joined. */
export function repeatsOf(
  { steps, findings }: Pick<Analysis, 'steps' | 'findings'>,
  width: number,
): readonly (readonly [number, number])[] {
  const length = Math.max(1, lengthOf(steps));
  const out: [number, number][] = [];
  for (const i of repeatedSteps(findings)) {
    const step = steps[i];
    if (step === undefined) continue;
    const from = Math.floor((step.start / length) * width);
    const to = Math.max(from + 1, Math.round((step.end / length) * width));
    const last = out.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}

/** The middle of a step on the strip, in pixels; null for a step that is not there. */
export function middleOf(steps: readonly Step[], index: number | undefined, width: number): number | null {
  const step = steps[index ?? -1];
  if (step === undefined) return null;
  return ((step.start + step.end) / 2 / Math.max(1, lengthOf(steps))) * width;
}

/** A dashed arc from where a line was left to the turn, in pixels. */
export interface Arc {
  readonly from: number;
  readonly to: number;
  readonly branch: number;
}

/** More arcs than this would hide each other; the widest are kept. */
const MOST_ARCS = 40;

export function arcsOf({ branches, steps }: Pick<Analysis, 'branches' | 'steps'>, width: number): readonly Arc[] {
  const arcs: Arc[] = [];
  branches.forEach(({ from, at }, branch) => {
    const [a, b] = [middleOf(steps, from, width), middleOf(steps, at, width)];
    if (a !== null && b !== null && b > a) arcs.push({ from: a, to: b, branch });
  });
  if (arcs.length <= MOST_ARCS) return arcs;
  const kept = new Set([...arcs].sort((x, y) => y.to - y.from - (x.to - x.from) || x.branch - y.branch).slice(0, MOST_ARCS));
  return arcs.filter((arc) => kept.has(arc));
}

/** The mark of a finding: its number in the list, where it stands, and in which row so that marks do not cover each other. */
export interface Mark {
  readonly number: number;
  readonly x: number;
  readonly row: number;
}

/** Pixels that a mark with its number takes. */
const MARK = 22;

export function marksOf(findings: readonly Finding[], steps: readonly Step[], width: number): readonly Mark[] {
  const ends: number[] = [];
  const placed: { number: number; x: number }[] = [];
  findings.forEach((finding, i) => {
    const x = middleOf(steps, finding.steps[0], width);
    if (x !== null) placed.push({ number: i + 1, x });
  });
  return placed
    .sort((a, b) => a.x - b.x || a.number - b.number)
    .map(({ number, x }) => {
      let row = ends.findIndex((end) => end <= x);
      if (row < 0) row = ends.length;
      ends[row] = x + MARK;
      return { number, x, row };
    });
}
