/** A stretch of text that says the same again and again. */
export interface Loop {
  /** Where the first round began: UTF-16 offset into the text. */
  readonly start: number;
  /** Words in one round. */
  readonly period: number;
  /** Whole rounds so far, the first one counted. */
  readonly rounds: number;
  /** Whether each round is the same to the word; otherwise some words or the numbers differ. */
  readonly exact: boolean;
}

/**
 * Notices a loop while the text streams in, however it is cut: the work for a word does not grow with the text, and a loop
 * is told as soon as `ROUNDS` rounds and `WORDS` words of it are there.
 */
export interface LoopWatch {
  push(text: string): void;
  /** The loop that the text is in now; null when it is in none. */
  loop(): Loop | null;
}

/** So many words in a row must be the same for a place to be like an earlier one. */
const SPAN = 6;
/** Rounds, and words, that repetition has at least before it is called a loop. */
const ROUNDS = 3;
const WORDS = 60;
/** Words of one round, at most: a long paragraph. */
const LONGEST = 600;
/** Places that may be like none before, beside an eighth of the round, until the text is taken to have left the loop. */
const SLACK = 8;
/** Places kept; older ones are forgotten. */
const KEPT = 4096;
/** A longer word is taken for several, so that a text without spaces has words too. */
const LONGEST_WORD = 24;

export function createLoopWatch(): LoopWatch {
  let at = 0;
  let count = 0;
  let current = '';
  let currentStart = 0;
  let numeric = false;
  const last: string[] = [];
  const seen = new Map<string, number>();
  /** Where words began: the offset of word `n` at `n % size`. */
  const starts = new Float64Array(8 * LONGEST);
  let lag = 0;
  let first = 0;
  let misses = 0;
  let exact = true;

  const place = (print: string): void => {
    const before = seen.get(print);
    const found = before === undefined ? 0 : count - before;
    if (lag === 0) {
      if (found > 0 && found <= LONGEST) {
        lag = found;
        first = Math.max(0, count - found - SPAN);
        misses = 0;
        exact = true;
      }
    } else if (found > 0 && (found % lag === 0 || lag % found === 0)) {
      lag = Math.min(lag, found);
      if (misses > 0) misses--;
    } else {
      exact = false;
      if (++misses > SLACK + lag / 8) lag = 0;
    }
    seen.delete(print);
    seen.set(print, count);
    if (seen.size > KEPT) seen.delete(seen.keys().next().value ?? '');
  };

  const close = (): void => {
    if (current === '') return;
    // the numbers of "Step 41" and "Step 42" do not tell rounds apart
    last.push(numeric ? '0' : current.toLowerCase());
    if (last.length > SPAN) last.shift();
    starts[count % starts.length] = currentStart;
    count++;
    current = '';
    if (last.length === SPAN) place(last.join(' '));
  };

  return {
    push(text) {
      for (let i = 0; i < text.length; i++, at++) {
        const code = text.charCodeAt(i);
        const kind = kindOf(code);
        if (kind === SPACE) {
          close();
          continue;
        }
        if (kind === SINGLE || (kind === DIGIT) !== numeric || current.length >= LONGEST_WORD) close();
        if (current === '') {
          currentStart = at;
          numeric = kind === DIGIT;
        }
        current += text.charAt(i);
        if (kind === SINGLE) close();
      }
    },
    loop() {
      if (lag === 0) return null;
      const words = count - first;
      const rounds = Math.floor(words / lag);
      if (rounds < ROUNDS || words < WORDS) return null;
      const kept = Math.max(first, count - starts.length + 1);
      return { start: starts[kept % starts.length] ?? 0, period: lag, rounds, exact };
    },
  };
}

const SPACE = 0;
const LETTER = 1;
const DIGIT = 2;
/** A sign, or a character of a script that is written without spaces: a word of its own. */
const SINGLE = 3;

function kindOf(code: number): number {
  if (code <= 32 || code === 0xa0 || code === 0x3000) return SPACE;
  if (code >= 48 && code <= 57) return DIGIT;
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 39) return LETTER;
  if (code < 128) return SINGLE;
  return (code >= 0x2010 && code <= 0x206f) ||
    (code >= 0x3001 && code <= 0x30ff) ||
    (code >= 0x3400 && code <= 0x9fff) ||
    (code >= 0xac00 && code <= 0xd7a3)
    ? SINGLE
    : LETTER;
}
