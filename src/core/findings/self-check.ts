import type { Kind } from '../analysis.ts';
import { gistOf } from '../phrase.ts';
import type { Draft, Finder, Ground } from './ground.ts';
import { whole } from './ground.ts';
import { sentence } from './sentences.ts';

const FAILED =
  /\b(?:no, (?:that|wait)|(?:is|was|that's|it's|this is) (?:wrong|incorrect|not (?:right|correct))|doesn't (?:match|work|add up)|does not (?:match|work|add up)|mismatch|contradicts?|(?:i|a) (?:made a )?mistake|won't work)\b/g;
const PASSED =
  /\b(?:correct|correctly|match(?:es)?|works?|right|good|fine|okay|consistent|makes sense|checks out|as expected|yes|confirm(?:s|ed)?|valid|satisf(?:y|ies|ied)|holds|perfect|same (?:result|as (?:before|above|the))|passes|acceptable|should (?:do it|be (?:enough|it))|no (?:issues?|problems?|errors?|mistakes?)|all set|good enough|suffices|covered)\b|✓|✅/g;
/** What these govern is what is to be seen, not what was found. */
const SOUGHT =
  /\b(?:make sure|making sure|ensur(?:e|es|ing)|to (?:see|confirm|verify|check|test)|let me (?:check|verify|confirm|test|see)|(?:check|verify|confirm|test)(?:ing)? (?:if|that|whether)|whether|maybe|perhaps|if|unless|might|could|would|(?:i|we) (?:should|need to|have to|must))\b/;

/** What comes after these takes back what was said. */
const TAKEN_BACK = /\b(?:though|although|but|however|except|even if)\b/;
const NEGATED = /(?:\bnot|n't|\bnever|\bno longer)(?: \w+)?\s*$/;
/** UTF-16 code units of a clause that are looked at. */
const CLAUSE = 300;

/** Whether words say outright what came out: not within a clause about what might, or is to be seen to, nor taken back after it. */
function says(words: RegExp, lower: string): boolean {
  for (const [sentence] of lower.matchAll(/[^.;:!?—]+[.;:!?—]?/g)) {
    const asked = sentence.endsWith('?');
    for (const whole of sentence.split(/, (?=(?:which|so|and)\b)/)) {
      const clause = whole.slice(0, CLAUSE);
      for (const { index } of clause.matchAll(words)) {
        const before = clause.slice(0, index);
        if (asked || SOUGHT.test(before)) break;
        if (words === PASSED && (NEGATED.test(before) || TAKEN_BACK.test(clause.slice(index)))) continue;
        return true;
      }
    }
  }
  return false;
}

/** A result is verified: what was checked and, by the last words that say so, with which outcome. */
export const findSelfChecks: Finder = (ground) => {
  const drafts: Draft[] = [];
  for (const { steps, confidence } of ground.judge('self-check')) {
    const first = steps[0] ?? 0;
    const facts = ground.facts[first];
    if (facts === undefined) continue;
    const { outcome, at } = outcomeOf(ground, steps);
    drafts.push({
      kind: 'self-check',
      steps,
      confidence: outcome === 'checkOpen' ? confidence * 0.8 : confidence,
      message: sentence(outcome, gistOf(ground.facts[telling(ground, steps)]?.text ?? facts.text)),
      quotes: at === first ? [whole(ground, first)] : [whole(ground, first), whole(ground, at)],
    });
  }
  return drafts;
};

/** Steps of these kinds say what is checked; others, within a check, say what else comes to mind. */
const CHECKS: ReadonlySet<Kind> = new Set<Kind>(['check', 'example', 'work', 'conclude']);

/** Of the first steps the one that says most: "let me verify" alone, a line that leads in, or bare numbers name nothing. */
function telling(ground: Ground, steps: readonly number[]): number {
  const size = (i: number): number => {
    const named = [...(ground.notes[i]?.terms ?? [])].filter((term) => !/^\d/.test(term)).length;
    return Math.min(10, named) / (/[:：]\s*$/.test(ground.facts[i]?.text ?? '') ? 2 : 1);
  };
  const first = steps.slice(0, 4);
  const told = first.filter(
    (i) =>
      CHECKS.has(ground.steps[i]?.kind ?? 'setup') && !/^(?:one |another )?(?:caveat|risk|downside)\b/.test(ground.facts[i]?.lower ?? ''),
  );
  return (told.some((i) => size(i) > 0) ? told : first).reduce(
    (best, i) => (size(i) > size(best) + (size(best) < 2 ? 1 : 2) ? i : best),
    told[0] ?? steps[0] ?? 0,
  );
}

function outcomeOf(ground: Ground, steps: readonly number[]): { outcome: 'checkPassed' | 'checkFailed' | 'checkOpen'; at: number } {
  const last = steps.at(-1) ?? 0;
  // the verdict may stand in the step after the check
  for (let i = last + 1; i >= (steps[0] ?? 0); i--) {
    if (i > last && ground.steps[i]?.kind !== 'check' && ground.steps[i]?.kind !== 'conclude') continue;
    const lower = ground.facts[i]?.lower ?? '';
    if (says(FAILED, lower)) return { outcome: 'checkFailed', at: i };
    if (says(PASSED, lower)) return { outcome: 'checkPassed', at: i };
  }
  return { outcome: 'checkOpen', at: steps[0] ?? 0 };
}
