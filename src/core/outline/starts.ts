import { sigmoid } from '../kinds/numeric.ts';
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

/** A place is settled when so many complete steps follow it: it is weighed against the ones after it, whose signs reach that far. */
export const AHEAD = { phase: 6, branch: 4 } as const;

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

/** The first phase has two steps or more. */
const FIRST = 2;
/** Steps after one that must not be likelier. */
const COMPARED = 2;

/**
 * Looks at the steps before `to`. Readers agree that a phase begins about here more than on the very step: what speaks for a step and
 * for its two neighbours is taken together, and where that is most and above the floor, a place is the step for which most speaks alone.
 */
export function advanceTogether(
  starts: Starts,
  to: number,
  steps: number,
  score: (step: number) => number,
  { floor, apart }: Pick<Choice, 'floor' | 'apart'>,
): void {
  const scores = new Map<number, number>();
  const own = (i: number): number => {
    if (i < FIRST || i >= steps) return -Infinity;
    let known = scores.get(i);
    if (known === undefined) scores.set(i, (known = score(i)));
    return known;
  };
  const likely = (i: number): number => (own(i) === -Infinity ? 0 : sigmoid(own(i) / 1000));
  const around = (i: number): number => likely(i - 1) + likely(i) + likely(i + 1);
  const least = sigmoid(floor / 1000);
  for (; starts.next < to; starts.next++) {
    const i = starts.next;
    const last = starts.at.at(-1) ?? -apart;
    if (i - 1 - last < apart) continue;
    const sum = around(i);
    if (sum < least) continue;
    let most = true;
    for (let j = i + 1; most && j <= i + COMPARED && j < steps; j++) most = around(j) <= sum;
    if (!most) continue;
    // of equal ones the first
    starts.at.push([i, i + 1].reduce((best, j) => (own(j) > own(best) ? j : best), i - 1));
  }
}
