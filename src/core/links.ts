import type { Link } from './analysis.ts';
import type { Block } from './blocks.ts';
import { blocksOf } from './blocks.ts';
import { languageOf } from './language.ts';
import { termsOf } from './terms.ts';

/** In which steps each term occurs. Grows with the reasoning; the work for a step grows with its own length. */
export interface TermIndex {
  /** The terms of the next step, each once. */
  add(terms: Iterable<string>): void;
  readonly size: number;
  /** Steps with that term, ascending. */
  places(term: string): readonly number[];
}

export function createTermIndex(): TermIndex {
  const places = new Map<string, number[]>();
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(terms) {
      for (const term of terms) {
        const at = places.get(term);
        if (at === undefined) places.set(term, [size]);
        else at.push(size);
      }
      size++;
    },
    places: (term) => places.get(term) ?? NONE,
  };
}

const NONE: readonly number[] = [];

/** Steps that a block is linked to, at most. */
const MOST_STEPS = 8;
/** A step is linked when it covers this share of the weight of the block's terms, or of the best step's share. */
const LEAST = 0.16;
const OF_BEST = 0.6;
/** Less of a block than this found anywhere in the reasoning: it is not supported by it. */
const SUPPORTED = 0.34;
/** Terms in more steps than this weigh too little to be worth following. */
const COMMON = 400;

/** A block with fewer terms ("Here it is:") says too little to be missed in the reasoning. */
export const SAYS = 3;

/** Commands of TeX, which are no words; and the number of a list item, which links nothing. */
const TEX =
  /\\(?:text|[dt]?frac|boxed|q?quad|math\w+|left|right|cdot|times|approx|sqrt|begin|end|align\w*|displaystyle|to|[lg]eq?|neq|pm|[cl]?dots|implies|[Rr]ightarrow)\b/g;
const DIGIT = /^\d$/;
/** What a program printed, or a call of a tool: nobody argues for it. */
const PRINTED = /^[ \t]*(?:\d{4}-\d\d-\d\d[ T]\d|\[?\d\d:\d\d:\d\d|<\/?(?:function|parameter|tool_call|invoke)\b|Tokens: )/m;

/** A link with how much of the block's terms, by weight, occur anywhere in the reasoning (0 to 1) and how many terms it has. */
export interface Support extends Link {
  readonly covered: number;
  readonly terms: number;
  readonly kind: Block['kind'];
  /** Whether words can tell what is behind it: not what a program printed, and not prose in another language than the reasoning. */
  readonly comparable: boolean;
}

export interface Linker {
  /**
   * Each block of the answer with the steps behind it; `language` is that of the reasoning. Blocks that were linked before against
   * the same steps are not linked again.
   */
  link(answer: string, language: string | null): readonly Support[];
}

export function createLinker(index: TermIndex): Linker {
  let known = new Map<string, Support>();
  let size = -1;
  return {
    link(answer, language) {
      if (index.size !== size) known = new Map();
      size = index.size;
      return blocksOf(answer).map((block) => {
        const key = `${block.start} ${block.end} ${block.kind}`;
        const before = known.get(key);
        if (before !== undefined) return before;
        const made = linkBlock(block, answer.slice(block.start, block.end), index, language);
        known.set(key, made);
        return made;
      });
    },
  };
}

/** Inverse document frequency as in BM25 (Robertson and Spärck Jones), always positive. */
function weight(df: number, n: number): number {
  return Math.log(1 + (n - df + 0.5) / (df + 0.5));
}

function linkBlock(block: Block, text: string, index: TermIndex, language: string | null): Support {
  const known = (term: string): boolean => index.places(term).length > 0;
  const terms = [...new Set(termsOf(text.replace(TEX, ' '), known))].filter((term) => !DIGIT.test(term));
  const scores = new Map<number, number>();
  let total = 0;
  let covered = 0;
  for (const term of terms) {
    const places = index.places(term);
    const w = weight(Math.min(places.length, index.size), index.size);
    total += w;
    if (places.length === 0) continue;
    covered += w;
    if (places.length <= COMMON) for (const step of places) scores.set(step, (scores.get(step) ?? 0) + w);
  }
  const span = { start: block.start, end: block.end };
  const share = total === 0 ? 0 : covered / total;
  const rest = { covered: share, terms: terms.length, kind: block.kind, comparable: isComparable(block, text, language) };
  let best = 0;
  for (const score of scores.values()) best = Math.max(best, score);
  if (terms.length === 0 || share < SUPPORTED) return { block: span, steps: [], score: 0, words: [], ...rest };
  // a long paragraph is made of many steps, of which each has little of it
  const floor = best < LEAST * total ? OF_BEST * best : Math.max(LEAST * total, OF_BEST * best);
  const steps = [...scores]
    .filter(([, score]) => score >= floor)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, MOST_STEPS)
    .map(([step]) => step)
    .sort((a, b) => a - b);
  const chosen = new Set(steps);
  const words = terms
    .map((term) => ({ term, places: index.places(term) }))
    .filter(({ places }) => places.some((step) => chosen.has(step)))
    .sort((a, b) => a.places.length - b.places.length || (a.term < b.term ? -1 : 1))
    .slice(0, 6)
    .map(({ term }) => term);
  return { block: span, steps, score: Math.round((100 * best) / total) / 100, words, ...rest };
}

function isComparable({ kind }: Block, text: string, language: string | null): boolean {
  if (PRINTED.test(text)) return false;
  const own = kind === 'code' || language === null ? null : languageOf(text.slice(0, 4000));
  return own === null || own === language;
}
