import type { Step } from '../analysis.ts';
import type { StepFacts } from '../step-facts.ts';
import type { StepNote } from '../trail.ts';

/** A turn: the line that begins at the step `from` is left at the step `at`. */
export interface Turn {
  readonly from: number;
  readonly at: number;
}

/** What a turn is judged by, once the reasoning has ended. */
export interface Past {
  readonly facts: readonly StepFacts[];
  readonly notes: readonly StepNote[];
  /** The last step that each term is in. */
  readonly last: ReadonlyMap<string, number>;
  readonly answer: ReadonlySet<string>;
}

/** Steps of the new line, from the turn on, that tell what it is about. */
const NEW = 3;
/** Steps after a turn in which the place of a return is looked for. */
const FAR = 400;
/** Speaks against what was just brought up. */
const AGAINST =
  /\b(?:but|however|too|overkill|unnecessary|not (?:needed|necessary|specified|mentioned|required|sure)|doesn't|isn't|don't|wouldn't|can't|won't|complicate)/;
/** Brings something up without holding to it. */
const FLOATS = /\b(?:maybe|perhaps|alternatively|could|what if|or)\b/;

/** The last step that each term is in. */
export function lastPlaces(notes: readonly StepNote[]): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  notes.forEach(({ terms }, i) => {
    for (const term of terms) last.set(term, i);
  });
  return last;
}

/** What speaks for it that a line which was left is taken up again: whole numbers, for the trees. */
export function returnVector({ facts, notes, last, answer }: Past, { from, at }: Turn, revises: boolean): number[] {
  const [old, fresh] = ownTerms(notes, { from, at });
  const percent = (terms: readonly string[], holds: (term: string) => boolean): number =>
    terms.length === 0 ? 50 : Math.round((100 * terms.filter(holds).length) / terms.length);
  const later = (term: string): boolean => (last.get(term) ?? -1) >= at + NEW;
  const told = (term: string): boolean => answer.has(term);
  const lower = facts[at]?.lower ?? '';
  return [
    facts.slice(at, at + 4).filter((of) => AGAINST.test(of.lower)).length,
    percent(old, later),
    percent(fresh, later),
    old.length === 0 ? 0 : percent(old, told),
    fresh.length === 0 ? 0 : percent(fresh, told),
    FLOATS.test(lower) ? 1 : 0,
    revises ? 1 : 0,
  ];
}

/** Where a line that is taken up again is: the first step that has more of its terms than of the new line's; at the latest a conclusion. */
export function returnPlace({ notes }: Past, steps: readonly Step[], turn: Turn): number | null {
  const [old, fresh] = ownTerms(notes, turn).map((terms) => new Set(terms)) as [Set<string>, Set<string>];
  let concluded: number | null = null;
  for (let i = turn.at + 2; i < Math.min(steps.length, turn.at + FAR); i++) {
    let more = 0;
    let shared = 0;
    for (const term of notes[i]?.terms ?? []) {
      if (old.has(term)) shared++;
      if (fresh.has(term)) more++;
    }
    if (shared >= 2 && shared > more) return i;
    const kind = steps[i]?.kind;
    if (concluded === null && (kind === 'conclude' || kind === 'answer')) concluded = i;
  }
  return concluded;
}

/** The terms of the old line alone, and of the new one alone. */
function ownTerms(notes: readonly StepNote[], { from, at }: Turn): [string[], string[]] {
  const of = (first: number, end: number): Set<string> => new Set(notes.slice(first, end).flatMap(({ terms }) => [...terms]));
  const old = of(from, at);
  const fresh = of(at, at + NEW);
  return [[...old].filter((term) => !fresh.has(term)), [...fresh].filter((term) => !old.has(term))];
}
