import { codeOf } from '../blocks.ts';
import type { Scored } from '../signs/tasks.ts';
import type { Forest } from '../signs/trees.ts';
import { readForest, scoreOf } from '../signs/trees.ts';
import type { Sight } from '../signs/vectors.ts';
import { findingVector, standings, together } from '../signs/vectors.ts';
import { FORESTS, ODDS } from '../signs/weights.ts';
import { termsOf } from '../terms.ts';
import type { Candidate } from './candidates.ts';
import { SHAPES, candidatesOf } from './candidates.ts';

/** A possible finding with the share of such ones that an annotator had as well, 0 to 1. */
export interface Judged extends Candidate {
  readonly confidence: number;
}

interface Learned {
  readonly forest: Forest;
  /** For the likeliest possible finding of a chain: that a kind is there at all makes it likelier than others of the same score. */
  readonly first: Odds;
  readonly rest: Odds;
}

/** From each score on, ascending, the percentage of possible findings that are right. */
type Odds = readonly (readonly [score: number, percent: number])[];

const learned = new Map<Scored, Learned>();

function learnedOf(kind: Scored): Learned {
  let known = learned.get(kind);
  if (known === undefined) {
    const { first = '', rest = '' } = ODDS[kind] ?? {};
    known = { forest: readForest(FORESTS[kind] ?? ''), first: readOdds(first), rest: readOdds(rest) };
    learned.set(kind, known);
  }
  return known;
}

function readOdds(text: string): Odds {
  return text.split(',').map((pair) => {
    const [score = 0, percent = 0] = pair.split(' ').map(Number);
    return [score, percent] as const;
  });
}

/** Gives the possible findings of a kind, the likeliest first. */
export type Judge = (kind: Scored) => readonly Judged[];

/** Looks at each step once for each kind that is asked for. */
export function createJudge(sight: Sight, prompt: ReadonlySet<string>, answer: string): Judge {
  const outside = { prompt, answer: new Set(termsOf(answer)), code: new Set(termsOf(codeOf(answer))) };
  const standing = standings(sight.notes, outside);
  const vectors = sight.facts.map((_, i) => findingVector(sight, i, standing[i] ?? []));
  return (kind) => {
    const { forest, first, rest } = learnedOf(kind);
    const scores = vectors.map((vector, i) => together(scoreOf(forest, vector), sight, i, kind));
    let most = 100;
    return candidatesOf(scores, SHAPES[kind]).map((candidate, i) => {
      const odds = i === 0 ? first : rest;
      let percent = odds[0]?.[1] ?? 0;
      for (const [score, p] of odds) if (candidate.score >= score) percent = p;
      // the two curves were measured on their own: what is less likely is never told as likelier
      most = Math.min(most, percent);
      return { ...candidate, confidence: most / 100 };
    });
  };
}
