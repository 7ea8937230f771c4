import { quoted } from '../phrase.ts';
import type { Draft, Finder } from './ground.ts';
import { whole } from './ground.ts';

/** A doubt is raised and never settled, and the answer does not mention it. */
export const findOpenDoubts: Finder = (ground) => {
  if (!ground.ended) return [];
  const drafts: Draft[] = [];
  for (const { steps, peak, confidence } of ground.judge('open-doubt')) {
    const facts = ground.facts[peak];
    if (facts === undefined || ground.steps[peak]?.kind === 'answer') continue;
    drafts.push({
      kind: 'open-doubt',
      steps,
      confidence,
      message: /\?/.test(facts.text)
        ? `Asks ${quoted(facts.text)} and leaves it open.`
        : `Is unsure about ${quoted(facts.text)} and does not come back to it.`,
      quotes: [whole(ground, peak)],
    });
  }
  return drafts;
};
