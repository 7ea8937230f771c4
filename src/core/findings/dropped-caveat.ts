import { quoted } from '../phrase.ts';
import type { Draft, Finder } from './ground.ts';
import { eachStep, whole } from './ground.ts';

const CAVEAT =
  /\b(?:error-prone|be (?:careful|aware|warned)|should be warned|risk(?:y|s)?\b|limitation|won't work|will not work|would not work|wouldn't work|(?:would|will|could|may|might) (?:fail|break|crash|overflow|leak|block|spin|hang|raise|throw|be (?:wrong|incorrect|lost|truncated|overwritten|slow))|only (?:works|holds|valid) (?:if|when|for)|not (?:thread-safe|safe|secure|portable|guaranteed)|security|deprecated|data loss|race condition|overwrit|randomly initialized|undefined behaviou?r|requires? (?:that|node|python|version)|holds up|downside|drawback|caveat)\b/;
const ABOUT_DRAFTS =
  /\b(?:alternatively|instead|another (?:way|approach)|if i|search block|the (?:prompt|question|user's (?:code|message)))\b/;
const ONLY_CODE =
  /\b(?:only (?:the )?code|no explanations?|not include any explanation|without (?:any )?(?:explanation|other things)|output only|return only|just the code)\b/;

/** A risk or limit that the reasoning found and that the answer, which could have said so, does not carry. */
export const findDroppedCaveats: Finder = (ground) => {
  if (!ground.ended || ground.answer.trim() === '' || ONLY_CODE.test(ground.promptLower)) return [];
  const drafts: Draft[] = [];
  eachStep(ground, (facts, step, i) => {
    if (facts.fenced || facts.words.length < 6 || step.kind === 'answer' || !CAVEAT.test(facts.lower) || ABOUT_DRAFTS.test(facts.lower))
      return;
    const terms = [...(ground.notes[i]?.terms ?? [])];
    if (terms.length < 3) return;
    const told = terms.filter((term) => ground.answerTerms.has(term)).length / terms.length;
    if (told > 0.5) return;
    // what is settled right after is no caveat any more
    const next = ground.facts[i + 1]?.lower ?? '';
    if (
      /^(?:so|but|therefore)?,? ?(?:i(?:'ll| will| should| need)|we (?:should|need|can)|let me|to (?:fix|avoid|handle))\b/.test(next) &&
      told > 0.2
    )
      return;
    drafts.push({
      kind: 'dropped-caveat',
      steps: [i],
      confidence: Math.round((0.45 - 0.3 * told) * 100) / 100,
      message: `The answer does not tell what the reasoning found: ${quoted(facts.text, 110)}.`,
      quotes: [whole(ground, i)],
    });
  });
  return drafts;
};
