import { createParents } from './parents.ts';
import { featuresOf } from './signs/features.ts';
import { rowOf } from './signs/rows.ts';
import type { StepFacts } from './step-facts.ts';
import { termsOf } from './terms.ts';

/** How a step stands to what was said before it. Shares are of its pairs of neighbouring words, 0 to 1. */
export interface Past {
  /** Share that was in the step most like it. */
  readonly share: number;
  /** Share that was in any step before. */
  readonly known: number;
  /** Share that is in the prompt. */
  readonly given: number;
  /** How many pairs there are to go by. */
  readonly pairs: number;
}

/** What a step has to do with the steps before it, and what its signs speak for. */
export interface StepNote extends Past {
  /** The step that it builds on; null for the first. */
  readonly parent: number | null;
  /** An earlier step that says nearly the same; null when there is none. */
  readonly repeats: number | null;
  /** The terms in it, each once. */
  readonly terms: ReadonlySet<string>;
  /** What its signs say for itself, for the step after it and for the step before it (see `signs/rows.ts`). */
  readonly row: Int16Array;
}

/**
 * Looks back along the reasoning, one step at a time. The note of a step depends on the prompt and the steps before it,
 * so it is made once; the work for a step grows with its own length.
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
/** UTF-16 code units of the prompt that are looked at. */
const LONGEST_PROMPT = 200_000;

export function createTrail(prompt: string): Trail {
  const pairsOf = createPairs();
  const asked = pairsOf(prompt.slice(0, LONGEST_PROMPT).toLowerCase());
  /** The steps in which each pair of neighbouring words occurs, the first `COMMON` of them. */
  const places = new Map<number, number[]>();
  /** How many pairs each step shares with the one in question; zero but while one is looked at. */
  let hits = new Uint16Array(256);
  const parents = createParents();
  let count = 0;

  const note = (facts: StepFacts, pairs: ReadonlySet<number>): StepNote => {
    if (hits.length <= count) hits = new Uint16Array(2 * count);
    const touched: number[] = [];
    let known = 0;
    let given = 0;
    for (const pair of pairs) {
      if (asked.has(pair)) given++;
      const at = places.get(pair);
      if (at === undefined) continue;
      known++;
      if (at.length < COMMON)
        for (const step of at) {
          const n = hits[step] ?? 0;
          if (n === 0) touched.push(step);
          hits[step] = n + 1;
        }
    }
    let like = -1;
    let most = 0;
    for (const step of touched) {
      const n = hits[step] ?? 0;
      hits[step] = 0;
      if (n > most || (n === most && step > like)) {
        most = n;
        like = step;
      }
    }
    const size = pairs.size;
    const of = Math.max(1, size);
    const past = { share: most / of, known: known / of, given: given / of, pairs: size };
    const terms = new Set(termsOf(facts.text));
    const row = rowOf(featuresOf(facts, past, count));
    return {
      ...past,
      repeats: size >= 3 && past.share >= 0.5 ? like : null,
      parent: parents.of({ facts, terms, row, given: past.given }),
      terms,
      row,
    };
  };

  return {
    peek: (facts) => note(facts, pairsOf(facts.lower, LONGEST)),
    add(facts) {
      const pairs = pairsOf(facts.lower, LONGEST);
      const made = note(facts, pairs);
      for (const pair of pairs) {
        const at = places.get(pair);
        if (at === undefined) places.set(pair, [count]);
        else if (at.length < COMMON) at.push(count);
      }
      parents.add({ facts, terms: made.terms, row: made.row, given: made.given });
      count++;
      return made;
    },
  };
}

/** Tells neighbouring words, names and numbers of a text in lower case, as a set; the same pair is the same number in all texts. */
function createPairs(): (lower: string, most?: number) => Set<number> {
  const ids = new Map<string, number>();
  return (lower, most = Infinity) => {
    const pairs = new Set<number>();
    const tokens = lower.match(/[\p{L}\p{N}_$]+/gu) ?? [];
    const n = Math.min(tokens.length, most);
    let before = -1;
    for (let i = 0; i < n; i++) {
      const token = tokens[i] ?? '';
      let id = ids.get(token);
      if (id === undefined) ids.set(token, (id = ids.size));
      if (before >= 0) pairs.add(before * 0x1000000 + id);
      before = id;
    }
    return pairs;
  };
}
