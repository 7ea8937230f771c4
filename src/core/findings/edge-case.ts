import { gistOf } from '../phrase.ts';
import type { Draft, Finder } from './ground.ts';
import { whole } from './ground.ts';
import { sentence } from './sentences.ts';

/** A special case or a failure is considered. */
export const findEdgeCases: Finder = (ground) => {
  const drafts: Draft[] = [];
  for (const { steps, peak, confidence } of ground.judge('edge-case')) {
    const named = steps.find((i) =>
      /\b(?:edge case|what (?:if|about)|if (?:the|there|it|a|an|no)|empty|null|none|negative|zero|missing|case where)\b/.test(
        ground.facts[i]?.lower ?? '',
      ),
    );
    const at = named ?? peak;
    const facts = ground.facts[at];
    if (facts === undefined) continue;
    drafts.push({
      kind: 'edge-case',
      steps,
      confidence,
      message: sentence('special', gistOf(facts.text, 110)),
      quotes: [whole(ground, at)],
    });
  }
  return drafts;
};
