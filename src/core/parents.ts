import type { StepFacts } from './step-facts.ts';

/** What is kept of a step for those after it. */
interface Kept {
  readonly opens: Opening;
  readonly parent: number | null;
  readonly item: boolean;
  readonly colon: boolean;
}

/** How a step stands to what was said before, by its first words. */
type Opening = 'other' | 'adds' | 'plans' | 'given' | 'plain';

const OTHER = /^(?:(?:wait|hmm|but|or),? )*(?:alternatively|another (?:way|approach|option|idea|possibility)|or (?:maybe|perhaps))\b/;
const ADDS = /^(?:and |but )?(?:also|additionally|furthermore|moreover|similarly|another|next|likewise)\b/;
const PLANS =
  /\b(?:let me|let's|i(?:'ll| need to| should| can| could| will)|we (?:need to|should|can))\b.{0,20}\b(?:check|look|think|consider|find|try|compute|calculate|recall|start|break|see|figure|verify|write|go)\b/;
const GIVEN =
  /\b(?:the (?:question|problem|prompt|user|docstring|task|function signature|statement|options?|answer choices)(?:'s)? (?:is|are|says?|states?|asks?|wants?|mentions?|provided|gives?|given|includes?)|given (?:that|a|the)|(?:we|i)(?: a|')re given|the options|option [a-h]\b)/;

/** Steps back in which what a step builds on is looked for. */
const REACH = 24;

/** Says what each step builds on: the step before it, an earlier one that its first words point to, or (null) nothing but the prompt. */
export interface Parents {
  /** `given`: share of the step's pairs of words that are in the prompt. */
  of(facts: StepFacts, given: number): number | null;
  add(facts: StepFacts, parent: number | null): void;
}

export function createParents(): Parents {
  const kept: Kept[] = [];
  return {
    add(facts, parent) {
      kept.push({ opens: openingOf(facts), parent, item: facts.item, colon: /:\s*$/.test(facts.lower) });
    },
    of(facts, given) {
      const n = kept.length;
      const last = kept[n - 1];
      if (last === undefined) return null;
      const opens = openingOf(facts);
      // the items of a list hang on what introduces them
      if (facts.item || /^\(?[a-h][.)]\s/.test(facts.lower)) {
        for (let i = n - 1; i >= Math.max(0, n - REACH); i--) {
          const k = kept[i];
          if (k !== undefined && !k.item) return i === n - 1 || k.colon ? i : null;
        }
      }
      if (opens === 'given' || (given >= 0.6 && !/^(?:so|therefore|thus)\b/.test(facts.lower))) return null;
      if (opens === 'other') {
        for (let i = n - 1; i >= Math.max(0, n - REACH); i--) if (kept[i]?.opens === 'other' || kept[i]?.opens === 'plans') return i;
        return null;
      }
      if (opens === 'adds') return last.parent;
      return n - 1;
    },
  };
}

function openingOf({ lower }: StepFacts): Opening {
  if (OTHER.test(lower)) return 'other';
  if (ADDS.test(lower)) return 'adds';
  if (GIVEN.test(lower)) return 'given';
  return PLANS.test(lower) ? 'plans' : 'plain';
}
