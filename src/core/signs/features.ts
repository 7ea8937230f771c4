import type { Lexicon } from '../lexicon.ts';
import type { StepFacts } from '../step-facts.ts';
import type { Past } from '../past.ts';

/** Words of a step that features are made of. */
const MOST_WORDS = 60;

const TOKEN = /`[^`\n]{1,120}`|[\p{L}_$][\p{L}\p{M}\p{N}_$']*(?:[.(][\p{L}\p{N}_$.()]*)?|\d+(?:[.,]\d+)*|[?!:…]|[^\s\p{L}\p{N}]+/gu;
const CODELIKE = /[_$(]|[a-z][A-Z]|\w\.\w/;

/** What stands for a word in features: code and numbers each look alike. */
function shape(token: string): string {
  if (token.startsWith('`') || CODELIKE.test(token)) return '#c';
  if (/^\d/.test(token)) return '#n';
  return token;
}

function bucket(value: number, limits: readonly number[]): number {
  let i = 0;
  while (i < limits.length && value >= (limits[i] ?? 0)) i++;
  return i;
}

/** What stands before a word, and before two in a row. */
export const WORDS_IN_A_ROW = ['w ', 'b '] as const;

/**
 * The signs of a step, as strings, each once: its words, how it opens and ends, its form, and what of it was said before.
 * With a lexicon, signs of words that it does not know are left out.
 */
export function featuresOf(facts: StepFacts, note: Past, index: number, lexicon: Lexicon | null = null): readonly string[] {
  const set = new Set<string>(['bias']);
  set.add(`i${bucket(index, [1, 2, 3, 5, 8, 13, 21, 40])}`);
  if (facts.opensParagraph) set.add('para');
  if (facts.item) set.add('item');
  set.add(`k${bucket(note.known, [0.15, 0.35, 0.55, 0.75, 0.95])}`);
  set.add(`s${note.pairs < 3 ? 'x' : bucket(note.share, [0.25, 0.4, 0.6, 0.8, 0.99])}`);
  set.add(`g${bucket(note.given, [0.05, 0.2, 0.4, 0.6, 0.8])}`);
  if (facts.fenced) {
    set.add('fence');
    set.add(`fl${bucket(facts.text.length, [60, 200, 500, 1200])}`);
    return [...set];
  }
  if (/^\s*(?:#{1,6}\s|\*\*|[*\d.)\s-]+\*\*)/.test(facts.text)) set.add('bold');
  set.add(`n${bucket(facts.words.length, [3, 5, 8, 12, 18, 28, 45])}`);
  if (facts.names.length > 0) set.add(`names${bucket(facts.names.length, [2, 4])}`);
  if (facts.numbers.length > 0) set.add(`nums${bucket(facts.numbers.length, [2, 4])}`);
  set.add(
    `e${/[?？]["')*`]*$/.test(facts.lower) ? '?' : /[:：]["')*`]*$/.test(facts.lower) ? ':' : /[.。!！]["')*`]*$/.test(facts.lower) ? '.' : '-'}`,
  );
  if (/[;{}=]\s*$|^\s*(?:def|return|import|from|if|for|class|else|const|let|var|public|private)\b.*[:;{)]\s*$/.test(facts.text))
    set.add('code');
  const tokens: string[] = [];
  for (const match of facts.lower.slice(0, 700).matchAll(TOKEN)) {
    if (tokens.length >= MOST_WORDS) break;
    tokens.push(shape(match[0]));
  }
  const words = tokens.filter((t) => /[\p{L}#?]/u.test(t));
  set.add(`1 ${words[0] ?? ''}`);
  set.add(`2 ${words[0] ?? ''} ${words[1] ?? ''}`);
  set.add(`3 ${words[0] ?? ''} ${words[1] ?? ''} ${words[2] ?? ''}`);
  for (let i = 0; i < words.length; i++) {
    if (lexicon === null) {
      set.add(`w ${words[i]}`);
      if (i > 0) set.add(`b ${words[i - 1]} ${words[i]}`);
      continue;
    }
    const one = lexicon.words.next.get(words[i] as string);
    if (one === undefined) continue;
    if (one.feature !== null) set.add(one.feature);
    const two = one.next.get(words[i + 1] ?? '');
    if (two !== undefined && two.feature !== null) set.add(two.feature);
  }
  return [...set];
}
