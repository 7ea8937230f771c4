import type { Kind } from '../analysis.ts';
import type { StepFacts } from '../step-facts.ts';
import { scoreByRules } from './rules.ts';

export interface Label {
  readonly kind: Kind;
  /** Probability that it is right, 0 to 1. */
  readonly confidence: number;
}

/**
 * Labels the steps one after the other. A step's label may depend on all steps before it and on the one after it, so it
 * may change once, when that one is complete.
 */
export interface Labeller {
  /** The next step is complete: its provisional label, and the final one of the step before (null: there is none). */
  add(facts: StepFacts): { readonly before: Label | null; readonly now: Label };
  /** The label that a step after the last one would have if it ended here. */
  guess(facts: StepFacts): Label;
}

export function createLabeller(): Labeller {
  let index = 0;
  let previous: StepFacts | null = null;
  const label = (facts: StepFacts): Label => scoreByRules(facts, previous, index);
  let last: Label | null = null;
  return {
    add(facts) {
      const before = last;
      const now = label(facts);
      previous = facts;
      index++;
      last = now;
      return { before, now };
    },
    guess: label,
  };
}
