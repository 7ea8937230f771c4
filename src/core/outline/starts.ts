import type { StepFacts } from '../step-facts.ts';

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

/**
 * Looks at the steps before `to` and takes those that score above the floor and not below the step after. `score` says what
 * speaks for a step, of which so many steps are after the last place: thousandths of a logit.
 */
export function advance(
  starts: Starts,
  to: number,
  facts: readonly StepFacts[],
  score: (step: number, since: number) => number,
  { floor, apart, cues }: Choice,
): void {
  for (; starts.next < to; starts.next++) {
    const i = starts.next;
    const last = starts.at.at(-1) ?? 0;
    if (i - last < apart && (starts.at.length > 0 || i < 2)) continue;
    const own = score(i, i - last);
    const lower = facts[i]?.lower ?? '';
    const cue = cues.find(([words, least]) => own >= least && words.test(lower));
    if (cue === undefined && own < floor) continue;
    if (cue === undefined && i + 1 < facts.length && score(i + 1, i + 1 - last) > own) continue;
    starts.at.push(i);
  }
}
