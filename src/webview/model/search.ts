import type { Step } from '../../core/analysis.ts';
import { drawn, flat, isMarked } from './words.ts';

/** Hits beyond this many are not listed: nobody steps through them. */
const MOST = 5000;

/** A text, or a growing one. */
interface Sliced {
  slice(start: number, end: number): string;
}

/** A step made ready for searching: as its source is, and as it is drawn. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly source: string;
  readonly words: string;
}

/** All steps, one behind the other, with where each begins. */
interface Book {
  readonly text: string;
  readonly starts: readonly number[];
}

/** Finds the steps that hold a text, in order; a step counts once. */
export type Finder = (text: Sliced, steps: readonly Step[], query: string) => readonly number[];

/**
 * Words are found as they stand on the screen, without Markdown's marks and however lines are broken; and as they stand in the
 * source, for those who write the marks. What was made ready for it once is kept as long as it stays as it is.
 */
export function createFinder(): Finder {
  let of: Sliced | null = null;
  let last: readonly Step[] | null = null;
  let pieces: readonly Piece[] = [];
  let books: readonly Book[] = [];

  const prepare = (text: Sliced, steps: readonly Step[]): void => {
    if (of === text && last === steps) return;
    const before = of === text ? pieces : [];
    of = text;
    last = steps;
    pieces = steps.map(({ start, end }, i) => {
      const kept = before[i];
      if (kept?.start === start && kept.end === end) return kept;
      const source = text.slice(start, end);
      const plain = flat(source);
      return { start, end, source: plain, words: isMarked(source) ? drawn(source) : plain };
    });
    const [sources, words] = [bind(pieces.map((piece) => piece.source)), bind(pieces.map((piece) => piece.words))];
    books = sources.text === words.text ? [words] : [words, sources];
  };

  return (text, steps, query) => {
    const wanted = flat(query);
    if (wanted === '') return [];
    prepare(text, steps);
    const hits = new Set(books.flatMap((book) => hitsIn(book, wanted)));
    return [...hits].sort((a, b) => a - b);
  };
}

function bind(pages: readonly string[]): Book {
  const starts: number[] = [];
  let at = 0;
  for (const page of pages) {
    starts.push(at);
    at += page.length + 1;
  }
  return { text: pages.join(' '), starts };
}

function hitsIn({ text, starts }: Book, wanted: string): number[] {
  const hits: number[] = [];
  let step = 0;
  for (let at = text.indexOf(wanted); at >= 0 && hits.length < MOST;) {
    while (step < starts.length - 1 && (starts[step + 1] ?? 0) <= at) step++;
    hits.push(step);
    at = step < starts.length - 1 ? text.indexOf(wanted, starts[step + 1]) : -1;
  }
  return hits;
}

/** The hit after (or before) a step, around the end; -1 when there are none. Returns its place in the list. */
export function nextHit(hits: readonly number[], from: number, direction: 1 | -1): number {
  if (hits.length === 0) return -1;
  if (direction === 1) {
    const place = hits.findIndex((step) => step > from);
    return place < 0 ? 0 : place;
  }
  const place = hits.findLastIndex((step) => step < from);
  return place < 0 ? hits.length - 1 : place;
}
