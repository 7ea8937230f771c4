import { gistOf } from '../phrase.ts';
import type { Finder } from './ground.ts';
import { whole } from './ground.ts';
import { sentence } from './sentences.ts';

/** A step of fewer pairs of words says too little to be said again. */
const LEAST_PAIRS = 4;
/** So many steps make a repetition. */
const LEAST_STEPS = 3;

/** The same points are gone over again with nothing new: one finding for the whole reasoning. */
export const findRepetition: Finder = (ground) => {
  const best = ground.judge('repetition')[0];
  if (best === undefined) return [];
  const steps = best.steps.filter((i) => (ground.notes[i]?.pairs ?? 0) >= LEAST_PAIRS);
  if (steps.length < LEAST_STEPS) return [];
  let chars = 0;
  let clearest = -1;
  let most = 0;
  for (const i of steps) {
    const facts = ground.facts[i];
    const note = ground.notes[i];
    if (facts === undefined || note === undefined) continue;
    chars += facts.end - facts.start;
    if (note.repeats !== null && note.share * note.pairs > most) {
      most = note.share * note.pairs;
      clearest = i;
    }
  }
  const at = clearest < 0 ? (steps.includes(best.peak) ? best.peak : (steps[0] ?? best.peak)) : clearest;
  const facts = ground.facts[at];
  const all = ground.facts.reduce((sum, f) => sum + f.end - f.start, 0);
  if (facts === undefined) return [];
  const before = ground.notes[at]?.repeats ?? null;
  return [
    {
      kind: 'repetition',
      steps,
      confidence: best.confidence,
      message: sentence('repeats', steps.length, Math.round((100 * chars) / Math.max(1, all)), gistOf(facts.text, 70)),
      quotes: [...(before === null ? [] : [before]), at].map((i) => whole(ground, i)),
    },
  ];
};
