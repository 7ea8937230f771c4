import type { Branch, FindingKind, Phase, Quote, Step } from '../analysis.ts';
import type { Material, StepFacts } from '../step-facts.ts';
import type { Support } from '../links.ts';
import type { StepNote } from '../trail.ts';
import type { Judge } from './scored.ts';

/** What findings are drawn from. */
export interface Ground extends Material {
  readonly notes: readonly StepNote[];
  readonly phases: readonly Phase[];
  readonly branches: readonly Branch[];
  readonly links: readonly Support[];
  readonly firstAnswer: number | null;
  /** Possible findings of the kinds that were learned. */
  readonly judge: Judge;
  /** What has the form of a secret in the reasoning; UTF-16 offsets into it. */
  readonly secrets: readonly { readonly step: number; readonly name: string; readonly start: number; readonly end: number }[];
  readonly answerTerms: ReadonlySet<string>;
  /** The answer in lower case. */
  readonly answerLower: string;
  readonly promptLower: string;
}

/** A finding before it is ranked. */
export interface Draft {
  readonly kind: FindingKind;
  readonly steps: readonly number[];
  /** Probability that a careful reader would agree, 0 to 1. */
  readonly confidence: number;
  readonly message: string;
  readonly quotes: readonly Quote[];
  /** Only where there is more to say than for all findings of its kind. */
  readonly why?: string;
}

/** Finds all of one kind. Takes time in proportion to the number of steps. */
export type Finder = (ground: Ground) => readonly Draft[];

/** Steps `i` with what is known of them, in order. */
export function eachStep(ground: Ground, visit: (facts: StepFacts, step: Step, i: number) => void): void {
  for (let i = 0; i < ground.steps.length; i++) {
    const facts = ground.facts[i];
    const step = ground.steps[i];
    if (facts !== undefined && step !== undefined) visit(facts, step, i);
  }
}

/** The whole of a step as a quote. */
export function whole(ground: Ground, i: number): Quote {
  const facts = ground.facts[i];
  return { in: 'reasoning', start: facts?.start ?? 0, end: facts?.end ?? 0 };
}

/** A part of a step as a quote: `start` and `end` are UTF-16 offsets into its text. */
export function part(facts: StepFacts, start: number, end: number): Quote {
  let [from, to] = [start, end];
  while (from < to && /\s/.test(facts.text.charAt(from))) from++;
  while (to > from && /\s/.test(facts.text.charAt(to - 1))) to--;
  return { in: 'reasoning', start: facts.start + from, end: facts.start + to };
}
