import { quoted } from '../phrase.ts';
import type { Finder } from './ground.ts';
import { whole } from './ground.ts';

/** Less than this share of the reasoning after it: the answer was not settled early. */
const REST = 0.1;

/** The answer is reached here, and what follows adds nothing that changes it. */
export const findSettledEarly: Finder = (ground) => {
  if (!ground.ended || ground.answer.trim() === '') return [];
  const best = ground.judge('settled-early')[0];
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
      message: `Has its answer at step ${first + 1}, ${quoted(facts.text, 70)}; the ${Math.round(100 * rest)} % of the reasoning after it do not change it.`,
      quotes: [whole(ground, first)],
    },
  ];
};
