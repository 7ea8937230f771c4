import type { Past } from './past.ts';
import type { StepFacts } from './step-facts.ts';
import { termsOf } from './terms.ts';

/** What a step has to do with the steps before it. */
export interface StepNote extends Past {
  /** An earlier step that says nearly the same; null when there is none. */
  readonly repeats: number | null;
  /** The terms in it, each once. */
  readonly terms: ReadonlySet<string>;
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
/** UTF-16 code units of the prompt's end that are looked at. */
const LONGEST_PROMPT = 200_000;

export function createTrail(prompt: string): Trail {
  const pairsOf = createPairs();
  for (const pair of pairsOf(prompt.slice(-LONGEST_PROMPT).toLowerCase())) pair.asked = true;
  /** How many pairs each step shares with the one in question; zero but while one is looked at. */
  let hits = new Uint16Array(256);
  /** Those steps. */
  let touched = new Int32Array(256);
  let count = 0;

  const note = (facts: StepFacts, pairs: readonly Pair[]): StepNote => {
    if (hits.length <= count) {
      hits = new Uint16Array(2 * count);
      touched = new Int32Array(2 * count);
    }
    let reached = 0;
    let known = 0;
    let given = 0;
    for (const pair of pairs) {
      if (pair.asked) given++;
      const at = pair.steps;
      if (at === null) continue;
      known++;
      if (at.length < COMMON)
        for (let k = 0; k < at.length; k++) {
          const step = at[k] as number;
          const n = hits[step] as number;
          if (n === 0) touched[reached++] = step;
          hits[step] = n + 1;
        }
    }
    let like = -1;
    let most = 0;
    for (let k = 0; k < reached; k++) {
      const step = touched[k] as number;
      const n = hits[step] as number;
      hits[step] = 0;
      if (n > most || (n === most && step > like)) {
        most = n;
        like = step;
      }
    }
    const size = pairs.length;
    const of = Math.max(1, size);
    const past = { share: most / of, known: known / of, given: given / of, pairs: size };
    return { ...past, repeats: size >= 3 && past.share >= 0.5 ? like : null, terms: new Set(termsOf(facts.text)) };
  };

  return {
    peek: (facts) => note(facts, pairsOf(facts.lower, LONGEST)),
    add(facts) {
      const pairs = pairsOf(facts.lower, LONGEST);
      const made = note(facts, pairs);
      for (const pair of pairs) {
        if (pair.steps === null) pair.steps = [count];
        else if (pair.steps.length < COMMON) pair.steps.push(count);
      }
      count++;
      return made;
    },
  };
}

/** Two neighbouring words, and where they are found. */
interface Pair {
  /** In the prompt. */
  asked: boolean;
  /** The steps in which it occurs, the first `COMMON` of them; null: in none. */
  steps: number[] | null;
  /** The last text that it was found in, so that it counts once. */
  text: number;
}

/** Ids below this make keys of pairs that engines keep as small integers. */
const SMALL = 0x8000;

/** Tells neighbouring words, names and numbers of a text in lower case, each pair once; the same pair is the same object in all texts. */
function createPairs(): (lower: string, most?: number) => Pair[] {
  const ids = new Map<string, number>();
  const known = new Map<number, Pair>();
  let text = 0;
  return (lower, most = Infinity) => {
    text++;
    const pairs: Pair[] = [];
    let before = -1;
    let n = 0;
    WORD.lastIndex = 0;
    for (let found = WORD.exec(lower); found !== null && n < most; found = WORD.exec(lower), n++) {
      const token = found[0];
      let id = ids.get(token);
      if (id === undefined) ids.set(token, (id = ids.size));
      if (before >= 0) {
        const key = before < SMALL && id < SMALL ? before * SMALL + id : SMALL * SMALL + before * 0x1000000 + id;
        let pair = known.get(key);
        if (pair === undefined) known.set(key, (pair = { asked: false, steps: null, text: 0 }));
        if (pair.text !== text) {
          pair.text = text;
          pairs.push(pair);
        }
      }
      before = id;
    }
    return pairs;
  };
}

const WORD = /[\p{L}\p{N}_$]+/gu;
