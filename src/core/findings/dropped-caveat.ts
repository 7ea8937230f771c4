import { gistOf } from '../phrase.ts';
import type { Draft, Finder, Ground } from './ground.ts';
import { eachStep, whole } from './ground.ts';
import { sentence } from './sentences.ts';

const CAVEAT =
  /\b(?:error-prone|be (?:careful|aware|warned)|should be warned|risk(?:y|s)?\b|limitation|won't work|will not work|would not work|wouldn't work|(?:would|will|could|may|might) (?:fail|break|crash|overflow|leak|block|spin|hang|raise|throw|be (?:wrong|incorrect|lost|truncated|overwritten|slow))|only (?:works|holds|valid) (?:if|when|for)|not (?:thread-safe|safe|secure|portable|guaranteed)|security|deprecated|data loss|race condition|overwrit|randomly initialized|undefined behaviou?r|requires? (?:that|node|python|version)|holds up|downside|drawback|caveat)\b/;
const ABOUT_DRAFTS =
  /\b(?:alternatively|instead|another (?:way|approach)|if i|search block|the (?:prompt|question|user's (?:code|message)))\b/;
const ONLY_CODE =
  /\b(?:only (?:the )?code|no explanations?|not include any explanation|without (?:any )?(?:explanation|other things)|output only|return only|just the code)\b/;

/** Said to be something that the user should hear. */
const TELL =
  /\b(?:user should (?:be (?:warned|told|aware)|know)|(?:should|must|i'll|let me) (?:also )?(?:warn|tell the user|mention|point out)|worth (?:mentioning|noting|warning)|(?:should|must) be mentioned)\b/;
/** Words by which an answer warns. */
const WARNS = /\b(?:beware|caution|warning|caveat|be careful|be aware|keep in mind|note that|watch out|make sure|pitfall|limitation)\b|⚠/;
/** Steps of the same paragraph that a caveat draws together. */
const BACK = 4;

/** A risk or limit that the reasoning found and that the answer, which could have said so, does not carry. */
export const findDroppedCaveats: Finder = (ground) => {
  if (!ground.ended || ground.answer.trim() === '' || ONLY_CODE.test(ground.promptLower)) return [];
  const drafts: Draft[] = [];
  eachStep(ground, (facts, step, i) => {
    const tell = TELL.test(facts.lower);
    if (facts.fenced || facts.words.length < 6 || step.kind === 'answer') return;
    if (!tell && (!CAVEAT.test(facts.lower) || ABOUT_DRAFTS.test(facts.lower))) return;
    const terms = caveatTerms(ground, i);
    if (terms.size < 3) return;
    let carried = 0;
    for (const term of terms) if (ground.answerTerms.has(term)) carried++;
    const told = carried / terms.size;
    if (told > 0.5) return;
    // what is settled right after is no caveat any more
    const next = ground.facts[i + 1]?.lower ?? '';
    if (
      /^(?:so|but|therefore)?,? ?(?:i(?:'ll| will| should| need)|we (?:should|need|can)|let me|to (?:fix|avoid|handle))\b/.test(next) &&
      told > 0.2
    )
      return;
    // the answer warns of something that has to do with it: perhaps of this, in other words
    const warned = WARNS.test(ground.answerLower) && carried > 0;
    // "That's a real risk, the user should be told": what is one stands before it
    const about = pointsBack(ground, i) ? i - 1 : i;
    drafts.push({
      kind: 'dropped-caveat',
      steps: about === i ? [i] : [about, i],
      confidence: tell ? (warned ? 0.45 : 0.65) : Math.round((0.45 - 0.3 * told) * 100) / 100,
      message: sentence('dropped', gistOf(ground.facts[about]?.text ?? facts.text, 110)),
      quotes: (about === i ? [i] : [about, i]).map((j) => whole(ground, j)),
    });
  });
  return drafts;
};

/** Whether a step says of the one before it that it is a caveat. */
function pointsBack(ground: Ground, i: number): boolean {
  const facts = ground.facts[i];
  const before = ground.facts[i - 1];
  if (facts === undefined || before === undefined || before.fenced || before.words.length < 4) return false;
  const own = [...(ground.notes[i]?.terms ?? [])].filter((term) => !NAMES_NOTHING.test(term)).length;
  return (POINTS.test(facts.lower) && own < 3) || own < 2;
}

const POINTS =
  /^(?:(?:but|so|and|hmm|well|okay|ok),? )*(?:that|this|which|these|those)(?:['’]s| (?:is|are|was|can|could|may|might|will|would|should|has|must)\b)|\bknow (?:this|that|about (?:this|that|it))\b|\b(?:warn|tell|mention|point out) (?:the user )?(?:about |of )?(?:this|that|it)\b/;
const NAMES_NOTHING = /^(?:risk|user|told|tell|warn|mention|caveat|limitation|limit|aware|real|seriou|worth|note|not|point|answer)/;

/** What the caveat is about: the terms of its step and of those before it in the same paragraph. */
function caveatTerms(ground: Ground, i: number): ReadonlySet<string> {
  const terms = new Set<string>();
  for (let j = i; j > i - BACK && j >= 0; j--) {
    for (const term of ground.notes[j]?.terms ?? []) terms.add(term);
    if (ground.facts[j]?.opensParagraph === true) break;
  }
  return terms;
}
