import { gistOf, pointOf } from '../phrase.ts';
import type { Draft, Finder, Ground } from './ground.ts';
import { whole } from './ground.ts';
import { sentence } from './sentences.ts';

const AGAINST =
  /\b(?:but|however|though|too|more complicated|complex|overkill|unnecessary|not (?:needed|necessary|specified|mentioned|required|sure|in)|doesn't|does not|isn't|don't|wouldn't|can't|won't|less|since|because|instead|stick|simpler|simplest)\b/;

/** A reason of fewer words names nothing. */
const WORDS = 5;

/** Another way is considered and turned down: which one, and the words against it. */
export const findRejectedAlternatives: Finder = (ground) => {
  const drafts: Draft[] = [];
  for (const { steps, peak, confidence } of ground.judge('rejected-alternative')) {
    const idea = ideaOf(ground, steps, peak);
    const reason = reasonAfter(ground, idea, steps.at(-1) ?? idea);
    const facts = ground.facts[idea];
    const against = reason === null ? undefined : ground.facts[reason];
    if (facts === undefined) continue;
    drafts.push({
      kind: 'rejected-alternative',
      steps,
      confidence,
      message:
        against === undefined || reason === idea
          ? sentence('weighs', gistOf(facts.text))
          : sentence('weighsBut', gistOf(facts.text, 70), gistOf(against.text, 70)),
      quotes: [idea, ...(reason === null || reason === idea ? [] : [reason])].map((i) => whole(ground, i)),
    });
  }
  return drafts;
};

/** An idea of which the answer has so much of what is new in it was not left. */
const TAKEN = 0.4;

/** The first step that brings up another way, of those the first one that the answer did not take. */
function ideaOf(ground: Ground, steps: readonly number[], peak: number): number {
  const ideas = steps
    .filter((i) => /\b(?:alternatively|another (?:way|approach|option)|maybe|perhaps|could|what if|or )/.test(ground.facts[i]?.lower ?? ''))
    .map((i) => pointOf(ground.facts, i));
  return ideas.find((i) => taken(ground, i) < TAKEN) ?? ideas[0] ?? pointOf(ground.facts, peak);
}

/** The share of a step's terms, those of the prompt left out, that the answer has. */
function taken(ground: Ground, i: number): number {
  const own = [...(ground.notes[i]?.terms ?? [])].filter((term) => !ground.promptLower.includes(term));
  return own.filter((term) => ground.answerTerms.has(term)).length / Math.max(1, own.length);
}

function reasonAfter(ground: Ground, idea: number, last: number): number | null {
  for (let i = idea + 1; i <= last + 1; i++) {
    const { lower = '', words = [] } = ground.facts[i] ?? {};
    // a question gives no reason
    if (AGAINST.test(lower) && words.length >= WORDS && !/[?？]\s*$/.test(lower)) return i;
  }
  return null;
}
