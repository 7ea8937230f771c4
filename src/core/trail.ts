import type { StepFacts } from './step-facts.ts';

/** What a step has to do with the steps before it. */
export interface StepNote {
  /** The step that it builds on; null for the first. */
  readonly parent: number | null;
  /** An earlier step that says nearly the same; null when there is none. */
  readonly repeats: number | null;
  /** Share of its pairs of words that were in that step, 0 to 1. */
  readonly share: number;
  /** Share of its pairs of words that were in any step before, 0 to 1. */
  readonly known: number;
  /** Its pairs of words: how much there is to go by. */
  readonly pairs: number;
}

/**
 * Looks back along the reasoning, one step at a time. The note of a step depends on the steps before it alone, so it is
 * made once; the work for a step grows with its own length.
 */
export interface Trail {
  add(facts: StepFacts): StepNote;
  /** The note that a step would get, without taking it in. */
  peek(facts: StepFacts): StepNote;
}

/** Pairs that more steps than this have are no sign of repetition. */
const COMMON = 24;
/** Words looked at in one step. */
const LONGEST = 400;

export function createTrail(): Trail {
  /** The steps in which each pair of neighbouring words occurs, the latest `COMMON` of them. */
  const places = new Map<string, number[]>();
  const names = new Map<string, { last: number; times: number }>();
  let count = 0;

  const peek = (facts: StepFacts): StepNote => {
    const pairs = pairsOf(facts);
    const hits = new Map<number, number>();
    let known = 0;
    for (const pair of pairs) {
      const at = places.get(pair);
      if (at === undefined) continue;
      known++;
      if (at.length < COMMON) for (const step of at) hits.set(step, (hits.get(step) ?? 0) + 1);
    }
    let repeats: number | null = null;
    let most = 0;
    for (const [step, n] of hits)
      if (n > most || (n === most && repeats !== null && step > repeats)) {
        most = n;
        repeats = step;
      }
    const size = pairs.size;
    const share = size === 0 ? 0 : most / size;
    return {
      parent: count === 0 ? null : parentOf(facts, names, count),
      repeats: size >= 3 && share >= 0.5 ? repeats : null,
      share,
      known: size === 0 ? 0 : known / size,
      pairs: size,
    };
  };

  return {
    peek,
    add(facts) {
      const note = peek(facts);
      for (const pair of pairsOf(facts)) {
        const at = places.get(pair);
        if (at === undefined) places.set(pair, [count]);
        else if (at.length < COMMON) at.push(count);
      }
      for (const name of facts.names) {
        const seen = names.get(name);
        if (seen === undefined) names.set(name, { last: count, times: 1 });
        else {
          seen.last = count;
          seen.times++;
        }
      }
      count++;
      return note;
    },
  };
}

/** Neighbouring words, names and numbers of a step, as a set. */
function pairsOf(facts: StepFacts): Set<string> {
  const pairs = new Set<string>();
  const tokens = facts.lower.match(/[\p{L}\p{N}_$]+/gu) ?? [];
  const n = Math.min(tokens.length, LONGEST);
  for (let i = 1; i < n; i++) pairs.add(`${tokens[i - 1]} ${tokens[i]}`);
  return pairs;
}

function parentOf(_facts: StepFacts, _names: ReadonlyMap<string, { last: number; times: number }>, index: number): number {
  return index - 1;
}
