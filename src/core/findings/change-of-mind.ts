import { quoted } from '../phrase.ts';
import type { Draft, Finder } from './ground.ts';
import { whole } from './ground.ts';

/** A decision or claim is replaced by another: where the argument turns and does not come back. */
export const findChangesOfMind: Finder = (ground) => {
  const drafts: Draft[] = [];
  for (const branch of ground.branches) {
    const before = ground.facts[branch.from];
    const after = ground.facts[branch.at];
    if (before === undefined || after === undefined || branch.back !== null) continue;
    drafts.push({
      kind: 'change-of-mind',
      steps: [branch.from, branch.at],
      confidence: 0.5,
      message: `Turns from ${quoted(before.text, 60)} to ${quoted(after.text, 60)}.`,
      quotes: [whole(ground, branch.from), whole(ground, branch.at)],
    });
  }
  return drafts;
};
