import { gistOf } from '../phrase.ts';
import type { Draft, Finder } from './ground.ts';
import { whole } from './ground.ts';
import { sentence } from './sentences.ts';

/** Words by which a claim or a decision is taken back, not only set against another. */
const TAKES_BACK =
  /\b(?:wait,? no|no, (?:that|wait|the|it|this|i|we)|actually,? (?:no|the|it|i|we|that|since|in)|that's (?:wrong|not right|incorrect)|i was wrong|scratch that|on second thought|instead of (?:that|the)|isn't|can't be|rather than|but (?:wait|looking|the (?:user|docstring|problem|code)))\b/;

/** A decision or claim is replaced by another: where the argument turns and does not come back. */
export const findChangesOfMind: Finder = (ground) => {
  const drafts: Draft[] = [];
  for (const branch of ground.branches) {
    const before = ground.facts[branch.from];
    const after = ground.facts[branch.at];
    if (before === undefined || after === undefined || branch.back !== null) continue;
    const takesBack = TAKES_BACK.test(after.lower);
    const [was, is] = [ground.notes[branch.from]?.terms, ground.notes[branch.at]?.terms];
    const sameThing = was !== undefined && is !== undefined && [...is].some((term) => was.has(term));
    drafts.push({
      kind: 'change-of-mind',
      steps: [branch.from, branch.at],
      // as often as an annotator had it as well, of 402 on coding traces: no form of words made it surer
      confidence: takesBack ? (sameThing ? 0.38 : 0.25) : 0.17,
      message: sentence('turns', gistOf(before.text, 60), gistOf(after.text, 60)),
      quotes: [whole(ground, branch.from), whole(ground, branch.at)],
    });
  }
  return drafts;
};
