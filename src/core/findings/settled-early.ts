import { SURE } from '../first-answer.ts';
import { gistOf } from '../phrase.ts';
import { answerValue, mentions } from '../values.ts';
import type { Finder, Ground } from './ground.ts';
import { whole } from './ground.ts';
import { sentence } from './sentences.ts';

/** Less than this share of the reasoning after it: the answer was not settled early. */
const REST = 0.1;
/** Share of the places where a value was first drawn that were in an annotator's finding. */
const DRAWN = 0.6;

/** The answer is reached here, and what follows adds nothing that changes it. */
export const findSettledEarly: Finder = (ground) => {
  if (!ground.ended || ground.answer.trim() === '') return [];
  const drafted = ground.judge('settled-early')[0];
  // an answer that is a value is reached where it is first drawn; `firstAnswerOf` has weighed that against where it was drafted
  const drawn = ground.firstAnswer !== null && valueReached(ground) ? { steps: [ground.firstAnswer], confidence: DRAWN } : undefined;
  const sure = drafted !== undefined && drafted.steps[0] === ground.firstAnswer;
  const best = sure && drafted.confidence >= SURE ? drafted : (drawn ?? (sure ? drafted : undefined));
  const first = best?.steps[0];
  const facts = first === undefined ? undefined : ground.facts[first];
  const end = ground.facts.at(-1)?.end ?? 0;
  if (best === undefined || first === undefined || facts === undefined) return [];
  const rest = 1 - (ground.facts[best.steps.at(-1) ?? first]?.end ?? 0) / Math.max(1, end);
  if (rest < REST) return [];
  return [
    {
      kind: 'settled-early',
      steps: best.steps,
      confidence: best.confidence,
      message: sentence('settled', first + 1, gistOf(facts.text, 70), Math.round(100 * rest)),
      quotes: [whole(ground, first)],
    },
  ];
};

/** Whether the answer is a value, and that value stands where the answer is first reached. */
function valueReached(ground: Ground): boolean {
  const value = answerValue(ground.answer);
  return value !== null && mentions(ground.facts[ground.firstAnswer ?? -1]?.text ?? '', value.key);
}
