import { quoted } from '../phrase.ts';
import type { Draft, Finder } from './ground.ts';
import { eachStep, whole } from './ground.ts';

/** Steps within which a doubt may still be settled. */
const SETTLES = 8;

/** A doubt is raised and never settled, and the answer does not mention it. */
export const findOpenDoubts: Finder = (ground) => {
  const drafts: Draft[] = [];
  eachStep(ground, (facts, step, i) => {
    if (step.kind !== 'doubt' || ground.steps[i - 1]?.kind === 'doubt' || facts.words.length < 6) return;
    const names = new Set(facts.names.concat(facts.words.filter((w) => w.length > 5)));
    for (let j = i + 1; j < Math.min(ground.steps.length, i + SETTLES); j++) {
      const kind = ground.steps[j]?.kind;
      if (kind === 'conclude' || kind === 'check' || kind === 'answer') return;
    }
    let told = 0;
    for (const name of names) if (ground.answerLower.includes(name.toLowerCase())) told++;
    if (told * 2 > names.size) return;
    drafts.push({
      kind: 'open-doubt',
      steps: [i],
      confidence: 0.4,
      message: `Wonders ${quoted(facts.text)} and never settles it.`,
      quotes: [whole(ground, i)],
    });
  });
  return drafts;
};
