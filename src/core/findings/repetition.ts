import { quoted } from '../phrase.ts';
import type { Finder } from './ground.ts';
import { eachStep, whole } from './ground.ts';

/** Repeating steps that a trace has at least before it is worth a word. */
const FEWEST = 3;

/** The same points are gone over again with nothing new: one finding for the whole reasoning. */
export const findRepetition: Finder = (ground) => {
  const again: number[] = [];
  let chars = 0;
  let all = 0;
  let worst = -1;
  eachStep(ground, (facts, _step, i) => {
    const note = ground.notes[i];
    all += facts.end - facts.start;
    if (note?.repeats === null || note === undefined || note.pairs < 4 || i - note.repeats < 2) return;
    again.push(i);
    chars += facts.end - facts.start;
    if (worst < 0 || note.share * note.pairs > (ground.notes[worst]?.share ?? 0) * (ground.notes[worst]?.pairs ?? 0)) worst = i;
  });
  const facts = ground.facts[worst];
  if (again.length < FEWEST || facts === undefined) return [];
  const share = chars / Math.max(1, all);
  const times = again.length;
  return [
    {
      kind: 'repetition',
      steps: again,
      confidence: Math.min(0.95, 0.45 + 0.05 * times),
      message: `Goes over the same points again in ${times} steps, ${Math.round(share * 100)} % of the reasoning, for example ${quoted(facts.text, 60)}.`,
      quotes: [ground.notes[worst]?.repeats ?? -1, worst].filter((i) => i >= 0).map((i) => whole(ground, i)),
    },
  ];
};
