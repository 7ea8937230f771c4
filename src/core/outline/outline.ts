import type { Signs } from '../kinds/label.ts';
import type { StepFacts } from '../step-facts.ts';
import type { Forest } from '../signs/trees.ts';
import { readForest, scoreOf } from '../signs/trees.ts';
import type { Sight } from '../signs/vectors.ts';
import { outlineVector, together } from '../signs/vectors.ts';
import { FORESTS } from '../signs/weights.ts';
import type { StepNote } from '../trail.ts';
import type { Choice, Starts } from './starts.ts';
import { AHEAD, advance, advanceTogether, copyOf, noStarts } from './starts.ts';

/** The floors that are best on the training traces, held out by problem (`train-findings.ts` tells what others give). */
export const CHOICES: Readonly<Record<'phase' | 'branch', Choice>> = {
  phase: { floor: -1100, apart: 3, cues: [] },
  branch: {
    floor: -1200,
    apart: 2,
    cues: [
      [/^(?:(?:wait|hmm|but|or|so|now|okay),? )*(?:alternatively|another (?:way|approach|option|idea|possibility))\b/, -4500],
      [/^(?:(?:wait|hmm|but|oh),? )*(?:no|nope|actually,? no)\b[,.]? .*\b(?:wrong|not right|incorrect|can't|cannot|isn't|not)\b/, -7000],
      [/^(?:(?:wait|hmm|but|oh),? )*(?:no|nope|actually,? no|scratch that|on second thought|instead)\b[,. ]/, -2600],
    ],
  },
};

/** A phase may be as short or long as it is: how far it is from the one before does not count. */
export const NO_MATTER = 8;

let forests: { readonly phase: Forest; readonly branch: Forest } | null = null;

/** First steps of phases and of branches, and all that is known of the steps. */
export interface Places {
  readonly phases: readonly number[];
  readonly branches: readonly number[];
  readonly sight: Sight;
}

/** Follows where phases and branches begin. What is settled is not looked at again. */
export interface Outline {
  /** `complete`: how many of the steps can no longer change. */
  places(facts: readonly StepFacts[], notes: readonly StepNote[], signs: readonly Signs[], complete: number): Places;
}

export function createOutline(): Outline {
  forests ??= { phase: readForest(FORESTS['phase'] ?? ''), branch: readForest(FORESTS['branch'] ?? '') };
  const { phase, branch } = forests;
  const phases = noStarts();
  const branches = noStarts();
  return {
    places(facts, notes, signs, complete) {
      const sight = { facts, notes, signs };
      const score = (forest: Forest, task: 'phase' | 'branch', i: number, since: number): number =>
        together(scoreOf(forest, outlineVector(sight, i, since)), sight, i, task);
      const toPhases = (starts: Starts, to: number): void => {
        advanceTogether(starts, to, facts.length, (i) => score(phase, 'phase', i, NO_MATTER), CHOICES.phase);
      };
      const toBranches = (starts: Starts, to: number): void => {
        advance(starts, to, facts, (i, since) => score(branch, 'branch', i, since), CHOICES.branch);
      };
      return {
        phases: placesOf(phases, toPhases, complete - AHEAD.phase, facts.length),
        branches: placesOf(branches, toBranches, complete - AHEAD.branch, facts.length),
        sight,
      };
    },
  };
}

/** Settles what can be settled, and tells all places: those that may still change are looked at anew each time. */
function placesOf(starts: Starts, advanceTo: (starts: Starts, to: number) => void, settled: number, steps: number): readonly number[] {
  advanceTo(starts, settled);
  const rest = copyOf(starts);
  advanceTo(rest, steps);
  return rest.at;
}
