import type { Grounding, Place } from '../../core/grounding.ts';

/** Finds the place that words speak of. */
export interface Places {
  /** For words that stand alone, as in `code`. */
  of(words: string): Place | null;
  /** A text cut where it names a file that exists. */
  cut(text: string): readonly (string | { readonly words: string; readonly place: Place })[];
}

/** What a text holds of a file's name, with folders or with an ending; and a line. */
const FILE = /[\w@.-]*(?:\/[\w@.-]+)+(?::\d+)?|\b[\w-]+\.[A-Za-z]{1,5}(?::\d+)?\b/g;

/** A name means the same wherever it stands: the places are looked up by their words. */
export function placesOf(grounding: Grounding | null, reasoning: string, answer: string): Places | null {
  if (grounding === null || grounding.places.length === 0) return null;
  const byWords = new Map<string, Place>();
  for (const place of grounding.places) {
    const words = (place.in === 'reasoning' ? reasoning : answer).slice(place.start, place.end).replace(/^`+|`+$/g, '');
    if (words !== '' && !byWords.has(words)) byWords.set(words, place);
  }
  const of = (words: string): Place | null => byWords.get(words) ?? null;
  return {
    of,
    cut(text) {
      const parts: (string | { words: string; place: Place })[] = [];
      let at = 0;
      for (const { 0: words, index } of text.matchAll(FILE)) {
        const place = of(words);
        if (place === null) continue;
        if (index > at) parts.push(text.slice(at, index));
        parts.push({ words, place });
        at = index + words.length;
      }
      if (at < text.length) parts.push(text.slice(at));
      return parts;
    },
  };
}
