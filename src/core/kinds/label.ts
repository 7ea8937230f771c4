import { KINDS } from '../analysis.ts';
import type { Kind } from '../analysis.ts';
import type { StepFacts } from '../step-facts.ts';
import { createFeaturizer } from './features.ts';
import type { Judgement, Net, StepVector } from './net.ts';

export interface Label {
  readonly kind: Kind;
  /** Probability that it is right, 0 to 1. */
  readonly confidence: number;
  readonly signs: Signs;
}

/**
 * What speaks for each of `TASKS` at a step, in their order: thousandths of a logit, as whole numbers. What speaks for a kind is told
 * as what is missing to the likeliest one.
 */
export type Signs = readonly number[];

/**
 * Labels the steps one after the other. A step's label depends on all steps before it and on the one after it: it may
 * change once, when that one is complete.
 */
export interface Labeller {
  /** The next step is complete: gives the final label of the step before it (null: there is none). */
  add(facts: StepFacts): Label | null;
  /** The label of the last complete step as long as nothing follows it. */
  last(): Label | null;
  /** The label that a step after the last one would have if it ended here. */
  guess(facts: StepFacts): Label;
}

export function createLabeller(net: Net): Labeller {
  const featurizer = createFeaturizer(net.lexicon);
  /** The memory before the last complete step, that step, and the one before it. */
  let memory = net.blank;
  let step: StepVector | null = null;
  let before = net.nothing;

  return {
    add(facts) {
      const next = net.encode(featurizer.add(facts));
      let label = null;
      if (step !== null) {
        memory = net.advance(memory, step, next);
        label = labelOf(net.judge(memory, step, before, next));
        before = step;
      }
      step = next;
      return label;
    },
    last: () => (step === null ? null : labelOf(net.judge(net.advance(memory, step, net.nothing), step, before, net.nothing))),
    guess(facts) {
      const next = net.encode(featurizer.peek(facts));
      const now = step === null ? memory : net.advance(memory, step, next);
      return labelOf(net.judge(net.advance(now, next, net.nothing), next, step ?? net.nothing, net.nothing));
    },
  };
}

/** The likeliest kind; of two that are equally likely the one that the guideline puts first in its table. */
function labelOf(judgement: Judgement): Label {
  const { kinds: probabilities } = judgement;
  let best = 0;
  for (let k = 1; k < probabilities.length; k++) if ((probabilities[k] ?? 0) > (probabilities[best] ?? 0)) best = k;
  // four digits are more than the figure is worth, and hide nothing of its making
  return {
    kind: KINDS[best] ?? 'work',
    confidence: Math.round((probabilities[best] ?? 0) * 1e4) / 1e4,
    signs: signsOf(judgement),
  };
}

export function signsOf({ kinds, scores }: Judgement): Signs {
  let most = -Infinity;
  for (let k = 0; k < kinds.length; k++) most = Math.max(most, scores[k] as number);
  return Array.from(scores, (score, t) => Math.round((t < kinds.length ? score - most : score) * 1000));
}
