import { gistOf } from '../phrase.ts';
import type { Draft, Finder, Ground } from './ground.ts';
import { eachStep, whole } from './ground.ts';
import { sentence } from './sentences.ts';

/** Says that it does not know, and cannot find out. */
const CANNOT =
  /\b(?:i'm (?:still )?not (?:entirely |really |quite )?sure|i (?:can't|cannot|can not) (?:see|tell|know|verify|check)|i don't know|(?:it's|it is|that's|still) (?:unclear|not clear)|no way to (?:know|tell)|hard to (?:say|tell))\b/;
/** Steps after a doubt in which it may still be settled. */
const SETTLES = 3;

/** A doubt is raised and never settled, and the answer does not mention it. */
export const findOpenDoubts: Finder = (ground) => {
  if (!ground.ended) return [];
  const drafts: Draft[] = [];
  const told = new Set<number>();
  eachStep(ground, (facts, step, i) => {
    if (facts.fenced || step.kind === 'answer' || !CANNOT.test(facts.lower) || !isLeft(ground, i)) return;
    const subject = subjectOf(ground, i);
    if (subject === i) return;
    for (let j = subject; j <= i; j++) told.add(j);
    drafts.push({
      kind: 'open-doubt',
      steps: [subject, i],
      confidence: 0.5,
      message: sentence('asksBut', gistOf(ground.facts[subject]?.text ?? '', 80), gistOf(facts.text, 80)),
      quotes: [subject, i].map((j) => whole(ground, j)),
    });
  });
  for (const { steps, peak, confidence } of ground.judge('open-doubt')) {
    const facts = ground.facts[peak];
    if (facts === undefined || ground.steps[peak]?.kind === 'answer' || steps.some((i) => told.has(i))) continue;
    drafts.push({
      kind: 'open-doubt',
      steps,
      confidence,
      message: sentence(/\?/.test(facts.text) ? 'asks' : 'unsure', gistOf(facts.text)),
      quotes: [whole(ground, peak)],
    });
  }
  return drafts;
};

/** Whether the paragraph ends with the doubt, what follows is about something else, and the answer does not speak of it. */
function isLeft(ground: Ground, i: number): boolean {
  const next = ground.facts[i + 1];
  if (next !== undefined && !next.opensParagraph) return false;
  const terms = new Set([...(ground.notes[i]?.terms ?? []), ...(ground.notes[subjectOf(ground, i)]?.terms ?? [])]);
  for (let j = i + 1; j <= i + SETTLES; j++) {
    let shared = 0;
    for (const term of ground.notes[j]?.terms ?? []) if (terms.has(term)) shared++;
    if (shared >= 2) return false;
  }
  let carried = 0;
  for (const term of terms) if (ground.answerTerms.has(term)) carried++;
  return carried * 2 <= terms.size;
}

/** The question that the doubt is about, up to three steps before it in the same paragraph. */
function subjectOf(ground: Ground, i: number): number {
  for (let j = i; j > i - 4 && j >= 0; j--) {
    if (/[?？]\s*$/.test(ground.facts[j]?.lower ?? '')) return j;
    if (ground.facts[j]?.opensParagraph === true) break;
  }
  return i;
}
