import type { Analysis, Step } from '../../core/analysis.ts';
import { groupOf } from '../../core/groups.ts';
import type { Group } from '../../core/groups.ts';

/** A stretch of the strip in one pattern, in device pixels. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly group: Group;
}

/** Which group shows where several steps share a pixel: what a reader should not miss wins. */
const RANK: Readonly<Record<Group, number>> = {
  revise: 6,
  doubt: 5,
  check: 4,
  plan: 3,
  result: 2,
  working: 1,
  understanding: 0,
};

/** Where an offset into the reasoning stands on a strip of so many pixels. `length` is that of the whole text, in the same unit. */
export function xOf(offset: number, length: number, width: number): number {
  return length === 0 ? 0 : (offset / length) * width;
}

/**
 * The length that the full width stands for: that of the text when it is complete; while it grows, a round length
 * beyond it, so that the strip is not squeezed at each word.
 */
export function scaleOf(length: number, live: boolean): number {
  if (!live) return length;
  let scale = 2000;
  while (scale < length) scale *= 1.5;
  return scale;
}

/** The strip of any number of steps in at most `width` segments. A step that is wide enough keeps a gap of `gap` after it. */
export function segmentsOf(steps: readonly Step[], length: number, width: number, gap: number): readonly Segment[] {
  const segments: Segment[] = [];
  for (const { start, end, kind } of steps) {
    const from = Math.min(width - 1, Math.round(xOf(start, length, width)));
    const full = Math.min(width, Math.max(from + 1, Math.round(xOf(end, length, width))));
    const group = groupOf(kind);
    const last = segments.at(-1);
    if (last !== undefined && from < last.to) {
      // less than a pixel to itself: the more telling one has it
      if (RANK[group] > RANK[last.group]) segments[segments.length - 1] = { ...last, group };
      if (full <= last.to) continue;
      segments.push({ from: last.to, to: full, group });
    } else segments.push({ from, to: full - from > gap * 3 ? full - gap : full, group });
  }
  return segments;
}

/** The step that stands at a place of the strip. */
export function stepAtX(steps: readonly Step[], length: number, width: number, x: number): number {
  const offset = width === 0 ? 0 : (x / width) * length;
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((steps[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** An arc from where a line was left to the turn, between 0 and 1 of the width. */
export interface Arc {
  readonly from: number;
  readonly to: number;
}

/** Arcs beyond this many would hide each other. */
const MOST_ARCS = 40;

export function arcsOf({ branches, steps }: Pick<Analysis, 'branches' | 'steps'>, length: number): readonly Arc[] {
  if (branches.length > MOST_ARCS) return [];
  return branches
    .filter(({ from, at }) => at > from)
    .map(({ from, at }) => ({ from: xOf(steps[from]?.start ?? 0, length, 1), to: xOf(steps[at]?.start ?? 0, length, 1) }));
}
