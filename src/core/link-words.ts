import { DENSE, termsOf } from './terms.ts';

/** A word, a name or a number as a reader sees it. */
const WRITTEN = /\d+(?:[.,]\d+)*|[\p{L}_$][\p{L}\p{M}\p{N}_$]*/gu;

/** Where one of the words of a link stands in a text: UTF-16 offsets, and which of these words it is, or the first of them. */
export interface WordPlace {
  readonly start: number;
  readonly end: number;
  readonly of: readonly number[];
}

/**
 * Where a text has words of a link, as they are written there: a link holds what was compared, in lower case and without
 * endings ("sery" of "series", "base" and "basem" of "baseMs").
 */
export function wordPlaces(text: string, words: readonly string[]): readonly WordPlace[] {
  const index = new Map(words.map((word, i) => [word, i]));
  const places: WordPlace[] = [];
  for (const { 0: written, index: start } of text.matchAll(WRITTEN)) {
    if (DENSE.test(written)) {
      for (const { from, to, of } of runsOf(written, index)) places.push({ start: start + from, end: start + to, of });
      continue;
    }
    const of = termsOf(written).flatMap((term) => index.get(term) ?? []);
    if (of.length > 0) places.push({ start, end: start + written.length, of });
  }
  return places;
}

/** The words of a link as they are written in its block of the answer, in the same order, each once. */
export function writtenWords(block: string, words: readonly string[]): readonly string[] {
  const told = new Set<number>();
  const found = new Map<string, { text: string; at: number }>();
  for (const { start, end, of } of wordPlaces(block, words)) {
    // another form of a word that is there already tells nothing new
    if (of.every((i) => told.has(i))) continue;
    for (const i of of) told.add(i);
    const text = block.slice(start, end);
    const before = found.get(text.toLowerCase());
    found.set(text.toLowerCase(), { text: before?.text ?? text, at: Math.min(before?.at ?? Infinity, ...of) });
  }
  return [...found.values()].sort((a, b) => a.at - b.at).map(({ text }) => text);
}

/** The stretches of a word without spaces that consist of words of the link, which are two characters each and may overlap. */
function runsOf(written: string, index: ReadonlyMap<string, number>): readonly { from: number; to: number; of: readonly number[] }[] {
  const runs: { from: number; to: number; of: number[] }[] = [];
  for (let i = 0; i + 2 <= written.length; i++) {
    const at = index.get(written.slice(i, i + 2));
    if (at === undefined) continue;
    const last = runs.at(-1);
    if (last !== undefined && i < last.to) {
      last.to = i + 2;
      last.of.push(at);
    } else runs.push({ from: i, to: i + 2, of: [at] });
  }
  return runs;
}
