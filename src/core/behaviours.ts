import type { Behaviours } from './analysis.ts';
import type { StepFacts } from './step-facts.ts';

/** Words that show a behaviour, and how often they must occur in a chain of thought for it to be said to have it. */
const SIGNS: Readonly<Record<keyof Behaviours, { readonly words: RegExp; readonly least: number }>> = {
  alternative: { words: /\b(?:alternatively|another (?:way|approach|option|possibility)|or (?:maybe|perhaps))\b/g, least: 1 },
  comparison: { words: /\b(?:maybe|perhaps|alternatively|might be|possible|another way|approach)\b/g, least: 4 },
  ambiguity: {
    words:
      /\b(?:unclear|ambiguous|not (?:clear|specified|sure)|doesn't (?:say|specify|mention)|isn't (?:specified|clear)|without (?:more|knowing|seeing)|assum(?:e|ing)|maybe|perhaps|could mean|what (?:is|does))\b/g,
    least: 5,
  },
  edgeCase: { words: /\b(?:what if|but if|if the|for example|(?:edge |corner )?case)\b/g, least: 3 },
  flaw: { words: /\b(?:that's not (?:right|correct)|not correct|is wrong|won't work|wouldn't work|is incorrect)\b/g, least: 1 },
};
const NAMES = Object.keys(SIGNS) as (keyof Behaviours)[];
/** A flaw is one that was turned against: the words for it alone also judge the code that was asked about. */
const TURNS = /\bwait,? no\b|\bbut that/g;
const TURNS_LEAST = 2;

/** How often each behaviour showed so far. */
export interface BehaviourCount {
  add(facts: StepFacts): void;
  /** What is shown when the step that still grows is counted too. */
  read(growing: StepFacts | null): Behaviours;
}

export function createBehaviourCount(): BehaviourCount {
  const sums = new Int32Array(NAMES.length + 1);
  return {
    add(facts) {
      countInto(sums, facts);
    },
    read(growing) {
      const all = Int32Array.from(sums);
      if (growing !== null) countInto(all, growing);
      const has = (name: keyof Behaviours): boolean => (all[NAMES.indexOf(name)] ?? 0) >= SIGNS[name].least;
      return {
        alternative: has('alternative'),
        comparison: has('comparison'),
        ambiguity: has('ambiguity'),
        edgeCase: has('edgeCase'),
        flaw: has('flaw') && (all[NAMES.length] ?? 0) >= TURNS_LEAST,
      };
    },
  };
}

function countInto(sums: Int32Array, facts: StepFacts): void {
  NAMES.forEach((name, i) => (sums[i] = (sums[i] ?? 0) + count(facts.lower, SIGNS[name].words)));
  sums[NAMES.length] = (sums[NAMES.length] ?? 0) + count(facts.lower, TURNS);
}

function count(text: string, words: RegExp): number {
  return text.match(words)?.length ?? 0;
}
