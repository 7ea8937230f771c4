import { gistOf } from '../phrase.ts';
import type { Draft, Finder } from './ground.ts';
import { eachStep, whole } from './ground.ts';
import { sentence } from './sentences.ts';

/** Words by which one admits a mistake of one's own. That some code is wrong admits nothing. */
const ADMITS =
  /\b(?:i (?:made|must have made|think i made|may have made) an? (?:mistake|error)|i (?:was|am|were) (?:wrong|mistaken)|my (?:mistake|error|bad)|i (?:had )?(?:misread|misunderstood|miscalculated|miscounted|misinterpreted|overlooked|messed up|mixed up|confused)|my (?:earlier|previous|initial|first) (?:\w+ )?(?:was|is) (?:wrong|incorrect|mistaken|flawed)|(?:previous|earlier|initial) [\w/` ]{1,40} (?:was|were|is) (?:incorrect|wrong)|oh wait, no|wait,? no[,.]|that was wrong|scratch that|i left .{1,40} out|i forgot (?:to|that|the|about)|oops)/;
const UNSURE =
  /\b(?:maybe|perhaps|if|might|could|did|unless|whether|or)\b[^.]{0,30}(?:i (?:made|misread|misunderstood|overlooked|forgot)|mistake)/;

/** The reasoning says that it made a mistake. */
export const findErrorsAdmitted: Finder = (ground) => {
  const drafts: Draft[] = [];
  eachStep(ground, (facts, _step, i) => {
    if (facts.fenced || !ADMITS.test(facts.lower) || UNSURE.test(facts.lower) || /\?\s*$/.test(facts.lower)) return;
    const clear = /\b(?:mistake|wrong|incorrect|misread|misunderstood|miscounted|miscalculated|forgot|overlooked|error|left .* out)\b/.test(
      facts.lower,
    );
    const text = facts.words.length > 3 ? facts.text : `${facts.text} ${ground.facts[i + 1]?.text ?? ''}`;
    drafts.push({
      kind: 'error-admitted',
      steps: i + 1 < ground.steps.length && !clear ? [i, i + 1] : [i],
      confidence: clear ? 0.6 : 0.35,
      message: sentence('mistake', gistOf(text, 110)),
      quotes: [whole(ground, i)],
    });
  });
  return drafts;
};
