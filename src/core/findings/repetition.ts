import { gistOf } from '../phrase.ts';
import type { Finder, Ground } from './ground.ts';
import { whole } from './ground.ts';
import { sentence } from './sentences.ts';

/** A step of fewer pairs of words says too little to be said again. */
const LEAST_PAIRS = 4;
/** So many steps make a repetition. */
const LEAST_STEPS = 3;
/** Terms that a step shares with the earlier one beside which it is shown, where hardly any words are the same. */
const SHARED = 3;
/** Steps before it among which that one is looked for. */
const BACK = 60;

/** The same points are gone over again with nothing new: one finding for the whole reasoning. */
export const findRepetition: Finder = (ground) => {
  const best = ground.judge('repetition')[0];
  if (best === undefined) return [];
  const steps = best.steps.filter((i) => (ground.notes[i]?.pairs ?? 0) >= LEAST_PAIRS);
  if (steps.length < LEAST_STEPS) return [];
  let chars = 0;
  let at = -1;
  let before = -1;
  let most = 0;
  for (const i of steps) {
    const facts = ground.facts[i];
    const note = ground.notes[i];
    if (facts === undefined || note === undefined) continue;
    chars += facts.end - facts.start;
    if (note.repeats !== null && note.share * note.pairs > most) {
      most = note.share * note.pairs;
      at = i;
      before = note.repeats;
    }
  }
  if (before < 0) ({ at, before } = likest(ground, steps));
  const facts = ground.facts[at];
  // what cannot be shown beside what it repeats is not told
  if (facts === undefined || before < 0) return [];
  const all = ground.facts.reduce((sum, f) => sum + f.end - f.start, 0);
  return [
    {
      kind: 'repetition',
      steps,
      confidence: best.confidence,
      message: sentence('repeats', steps.length, Math.round((100 * chars) / Math.max(1, all)), gistOf(facts.text, 70)),
      quotes: [before, at].map((i) => whole(ground, i)),
    },
  ];
};

/** The step that shares most terms with an earlier one, and that one; -1 where none shares enough. */
function likest(ground: Ground, steps: readonly number[]): { at: number; before: number } {
  let best = { at: -1, before: -1 };
  let most = SHARED - 1;
  for (const at of steps) {
    const terms = ground.notes[at]?.terms ?? new Set();
    for (let before = at - 1; before >= Math.max(0, at - BACK); before--) {
      let shared = 0;
      for (const term of ground.notes[before]?.terms ?? []) if (terms.has(term)) shared++;
      if (shared > most && shared * 2 >= terms.size) {
        most = shared;
        best = { at, before };
      }
    }
  }
  return best;
}
