import type { Signs } from '../kinds/label.ts';
import type { StepFacts } from '../step-facts.ts';
import type { Forest } from '../signs/trees.ts';
import { readForest, scoreOf } from '../signs/trees.ts';
import type { Sight } from '../signs/vectors.ts';
import { outlineVector, together } from '../signs/vectors.ts';
import { FORESTS } from '../signs/weights.ts';
import type { StepNote } from '../trail.ts';
import type { Choice, Starts } from './starts.ts';
import { AHEAD, advance, copyOf, noStarts } from './starts.ts';

/** Floors at which precision and recall on the training traces, held out by problem, are about the same (`train-findings.ts` tells them). */
export const CHOICES: Readonly<Record<'phase' | 'branch', Choice>> = {
  phase: { floor: -900, apart: 3, cues: [] },
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
      const all = (starts: Starts, forest: Forest, task: 'phase' | 'branch', choice: Choice): readonly number[] => {
        const score = (i: number, since: number): number => together(scoreOf(forest, outlineVector(sight, i, since)), sight, i, task);
        advance(starts, complete - AHEAD, facts, score, choice);
        const rest = copyOf(starts);
        advance(rest, facts.length, facts, score, choice);
        return rest.at;
      };
      return {
        phases: all(phases, phase, 'phase', CHOICES.phase).map((at, p, at0) => toParagraph(facts, at, at0[p - 1] ?? 0)),
        branches: all(branches, branch, 'branch', CHOICES.branch),
        sight,
      };
    },
  };
}

/** A phase that would begin with the second step of a paragraph begins with the paragraph. */
function toParagraph(facts: readonly StepFacts[], at: number, before: number): number {
  return at - 1 > before && facts[at]?.opensParagraph === false && facts[at - 1]?.opensParagraph === true ? at - 1 : at;
}
