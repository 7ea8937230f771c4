import type { Forest } from '../signs/trees.ts';
import { scoreOf } from '../signs/trees.ts';
import type { Sight } from '../signs/vectors.ts';
import { outlineVector } from '../signs/vectors.ts';

/** How places are chosen from scores (thousandths of a logit). */
export interface Choice {
  readonly floor: number;
  /** Steps that lie at least between two. */
  readonly apart: number;
  /** Words, in lower case, with which a place needs no more than that score. */
  readonly cues: readonly (readonly [words: RegExp, floor: number])[];
}

/** Where phases, or branches, begin. */
export interface Starts {
  readonly at: number[];
  /** The step to be looked at next. */
  next: number;
}

/** A place is settled when so many complete steps follow it: it is weighed against the next one, whose signs reach that far. */
export const AHEAD = 4;

export function noStarts(): Starts {
  return { at: [], next: 1 };
}

export function copyOf(starts: Starts): Starts {
  return { at: [...starts.at], next: starts.next };
}

/** Looks at the steps before `to` and takes those that score above the floor and not below the step after. */
export function advance(starts: Starts, to: number, sight: Sight, forest: Forest, { floor, apart, cues }: Choice): void {
  const n = sight.facts.length;
  for (; starts.next < to; starts.next++) {
    const i = starts.next;
    const last = starts.at.at(-1) ?? 0;
    if (i - last < apart && (starts.at.length > 0 || i < 2)) continue;
    const score = scoreOf(forest, outlineVector(sight, i, i - last));
    const lower = sight.facts[i]?.lower ?? '';
    const cue = cues.find(([words, least]) => score >= least && words.test(lower));
    if (cue === undefined && score < floor) continue;
    if (cue === undefined && i + 1 < n && scoreOf(forest, outlineVector(sight, i + 1, i + 1 - last)) > score) continue;
    starts.at.push(i);
  }
}
