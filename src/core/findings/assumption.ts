import { clauseEnd, inner } from '../phrase.ts';
import type { Draft, Finder } from './ground.ts';
import { eachStep, part } from './ground.ts';

const CUE =
  /\b(?:(?:i(?:'ll| will|'m going to| can| have to| must)?|we(?:'ll| will| can)?|let's|let me|so|safe to|reasonable to|have to) (?:just |also |have to )?assum(?:e|ing)|assuming|the assumption (?:is|here is)|i(?:'ll| will) (?:take it|presume)|presumably|(?:it's|it is|that's|is) (?:probably|likely|presumably))\b(?: that)?[,:]?\s*/i;

/** Something that the prompt does not say is taken as given. */
export const findAssumptions: Finder = (ground) => {
  const drafts: Draft[] = [];
  eachStep(ground, (facts, _step, i) => {
    if (facts.fenced) return;
    const match = CUE.exec(facts.text);
    if (match === null) return;
    const from = match.index + match[0].length;
    const end = clauseEnd(facts.text, from);
    const what = inner(facts.text.slice(from, end));
    if (what.split(' ').length < 3) return;
    const weak = /probably|likely/i.test(match[0]);
    drafts.push({
      kind: 'assumption',
      steps: [i],
      confidence: weak ? 0.45 : 0.7,
      message: `Assumes that ${what}; the prompt does not say so.`,
      quotes: [part(facts, match.index, end)],
    });
  });
  return drafts;
};
