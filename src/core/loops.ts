/** A stretch of text that says the same again and again. */
export interface Loop {
  /** Where it began: UTF-16 offset into the text. The same offset as long as the text is in the same loop. */
  readonly start: number;
  /** Words in one round; 0 where rounds cannot be told apart because the wording changes. */
  readonly period: number;
  /** Whole rounds so far, the first one counted; 0 where they cannot be told apart. */
  readonly rounds: number;
  /** Whether each round is the same to the word; otherwise numbers or single words differ, or the wording. */
  readonly exact: boolean;
  /** Where rounds cannot be told apart: how much of the last `LATELY` words had been said before, from 0 to 1. Otherwise 1. */
  readonly share: number;
}

/**
 * Notices a loop while the text streams in, however it is cut: neither the work for a word nor what is kept grows with the text.
 * Figures are of 2,097 real reasonings, 15.7 million characters. A loop is one of these:
 * - Rounds that are the same to the word: three, or two and `WORDS` words of the next. Outside a loop the longest such run had
 *   38 words, 12 of them in letters; without letters, 134.
 * - Rows: rounds of which each has a number or a word of its own. Tables, fixtures and loops that are traced step by step look
 *   like this and are meant; the most were 18 rows, or 533 words. So `MANY` rows and `MUCH` text are needed: more than the alphabet
 *   has letters, or a month days.
 * - Circling: `OFTEN` of the last `LATELY` words belong to phrases that were said twice before or more. Numbers and code are new, and
 *   the words beside them; a number that only counts rows is not. 29 reasonings do that; one of these rather lays out its steps again.
 */
export interface LoopWatch {
  push(text: string): void;
  /** The loop that the text is in now; null when it is in none. */
  loop(): Loop | null;
}

/** So many words in a row must be the same for a place to be like an earlier one. */
const SPAN = 6;
/** Words of one round, at most: a long paragraph. */
const LONGEST = 600;
/** Words in letters that rounds which are the same to the word have at least, all together. */
const WORDS = 60;
/** A round with fewer words in letters is data or code, and is no loop below `MUCH` text. */
const THIN = 8;
const MANY = 32;
/** Words; numbers and signs, of which a line of a table has many, count as a quarter of a word each. */
const MUCH = 400;
/** By so much of its length a row may be longer or shorter than the one before. */
const DRIFT = 0.25;

/** Words in a phrase, and characters of one in a script that is written without spaces. */
const PHRASE = 4;
const GLYPHS = 8;
/** Words back that a phrase is remembered. */
const MEMORY = 3000;
/** Words that circling shows in, and the shares of them at which it begins and is over. */
export const LATELY = 300;
const OFTEN = 0.5;
const SELDOM = 0.2;

/** Rounds are over when so many of so many words belong to phrases that are new, or after so many words of any kind. */
const NEW = 30;
const NEW_OF = 40;
const REST = 400;

/** Stands for any number in rows. */
const NUMBER = '0';
/** A longer word is taken for several, so that a text without spaces has words too. */
const LONGEST_WORD = 24;

export function createLoopWatch(): LoopWatch {
  let at = 0;
  let current = '';
  let currentStart = 0;
  let kind = SPACE;
  let words = 0;
  let loop: Loop | null = null;
  let lastRound = 0;
  const same = createRounds(false);
  const rows = createRounds(true);
  const phrases = createPhrases();

  const judge = (): void => {
    const exact = (same.letters() >= WORDS && same.thick() && same.again()) || (same.rounds() >= 3 && same.much());
    const rounds = exact ? same : rows.rounds() >= MANY && rows.much() ? rows : null;
    if (rounds !== null) {
      lastRound = words;
      loop = { start: loop?.start ?? rounds.start(), period: rounds.period(), rounds: rounds.rounds(), exact, share: 1 };
    } else if (loop === null || loop.period === 0) {
      const share = phrases.share();
      if (share >= OFTEN) loop = { start: loop?.start ?? phrases.start(), period: 0, rounds: 0, exact: false, share };
      else if (share < SELDOM) loop = null;
    } else if (phrases.fresh() || words - lastRound >= REST) {
      loop = null;
      phrases.clear();
    }
  };

  const close = (): void => {
    if (current === '') return;
    const word = current.toLowerCase();
    const inLetters = kind === GLYPH || (kind === LETTER && word.length > 1 && /[^_']/.test(word));
    same.take(word, inLetters, currentStart);
    // the numbers of "Step 41" and "Step 42" do not tell rounds apart
    rows.take(kind === DIGIT ? NUMBER : word, inLetters, currentStart);
    const inRows = rows.rounds() >= 3;
    if (kind === GLYPH || (kind === LETTER && !word.includes('_')))
      phrases.take(word, kind === GLYPH, currentStart, inRows ? rows.period() : 0);
    // a number that only counts the rows says nothing new
    else if (kind === DIGIT ? !inRows || rows.numbers() > rows.rounds() + 1 : !SOFT.includes(word))
      phrases.cut(kind !== SIGN, currentStart);
    words++;
    current = '';
    judge();
  };

  return {
    push(text) {
      for (let i = 0; i < text.length; i++, at++) {
        const next = kindOf(text.charCodeAt(i));
        if (next !== kind || next === SIGN || next === GLYPH || current.length >= LONGEST_WORD) close();
        kind = next;
        if (kind === SPACE) continue;
        if (current === '') currentStart = at;
        current += text.charAt(i);
        if (kind === SIGN || kind === GLYPH) close();
      }
    },
    loop: () => loop,
  };
}

/** Rounds right after one another, wherever the first begins: the same to the word, or `alike` in some of their places. */
function createRounds(alike: boolean) {
  const size = LONGEST + SPAN;
  const tail: string[] = [];
  const seen = new Map<string, number>();
  /** Of word `n`, at `n % size`: the word, its offset, and how many words in letters came before it. */
  const words: string[] = [];
  const starts = new Float64Array(size);
  const before = new Float64Array(size);
  /** And how many numbers. */
  const numbersBefore = new Float64Array(size);
  let count = 0;
  let lettered = 0;
  let numbers = 0;
  let period = 0;
  let first = 0;
  let start = 0;
  let firstLettered = 0;
  let firstNumbers = 0;
  /** Places in a row that recur, but not one round before. */
  let astray = 0;
  let lastAlike = 0;
  const rounds = (): number => (period === 0 ? 0 : Math.floor((count - first) / period));
  const letters = (): number => (period === 0 ? 0 : lettered - firstLettered);
  /** Words in letters in a round. */
  const each = (): number => (letters() * period) / (count - first);

  /** Whether a place that is like the one `far` words before belongs to the rounds. */
  const fits = (far: number): boolean => {
    if (!alike || Math.abs(far - period) > DRIFT * period) return false;
    period = far;
    astray = 0;
    lastAlike = count;
    return true;
  };

  return {
    take(word: string, inLetters: boolean, offset: number): void {
      const n = count++;
      if (period > 0 && (alike ? count - lastAlike > period : words[(n - period) % size] !== word)) period = 0;
      words[n % size] = word;
      starts[n % size] = offset;
      before[n % size] = lettered;
      numbersBefore[n % size] = numbers;
      if (inLetters) lettered++;
      if (word === NUMBER) numbers++;
      tail.push(word);
      if (tail.length > SPAN) tail.shift();
      if (tail.length < SPAN) return;
      const place = tail.join(' ');
      const last = seen.get(place) ?? -Infinity;
      seen.delete(place);
      seen.set(place, n);
      if (seen.size > LONGEST) seen.delete(seen.keys().next().value ?? '');
      const far = n - last;
      if (far > LONGEST || (period > 0 && (!alike || fits(far) || ++astray <= 2 * SPAN))) return;
      period = far;
      first = last - SPAN + 1;
      start = starts[first % size] ?? 0;
      firstLettered = before[first % size] ?? 0;
      firstNumbers = numbersBefore[first % size] ?? 0;
      astray = 0;
      lastAlike = count;
    },
    start: () => start,
    period: () => period,
    rounds,
    letters,
    numbers: () => numbers - firstNumbers,
    thick: () => period > 0 && each() >= THIN,
    again: () => rounds() >= 3 || (rounds() === 2 && letters() - 2 * each() >= WORDS),
    much: () => letters() + (count - first - letters()) / 4 >= MUCH,
  };
}

/** What of the text was said before, phrase by phrase. */
function createPhrases() {
  const tail: string[] = [];
  /** Of each phrase the last two places where it was said, in words. */
  const seen = new Map<string, [number, number]>();
  /** Of the last words: whether they were said twice before (2, or 1 in a list of a few words), and their offsets. */
  const said = new Uint8Array(LATELY);
  const starts = new Float64Array(LATELY);
  let count = 0;
  let often = 0;
  /** Of the last words in phrases: whether the phrase was new. */
  const isNew = new Uint8Array(NEW_OF);
  let spoken = 0;
  let news = 0;
  let lastNew = 0;

  const put = (value: number, offset: number): void => {
    often += value - (said[count % LATELY] ?? 0);
    said[count % LATELY] = value;
    starts[count % LATELY] = offset;
    count++;
  };

  return {
    /** A word of prose; `row` is how many words a row has where the text is in rows, or 0. */
    take(word: string, glyph: boolean, offset: number, row: number): void {
      tail.push(word);
      if (tail.length > GLYPHS) tail.shift();
      const length = glyph ? GLYPHS : PHRASE;
      if (tail.length < length) {
        put(0, offset);
        return;
      }
      const words = tail.slice(-length);
      const phrase = words.join(' ');
      const [last, lastButOne] = seen.get(phrase) ?? [-Infinity, -Infinity];
      const value = count - last > MEMORY ? 1 : 0;
      if (value === 1) lastNew = count;
      news += value - (isNew[spoken % NEW_OF] ?? 0);
      isNew[spoken % NEW_OF] = value;
      spoken++;
      seen.delete(phrase);
      seen.set(phrase, [count, last]);
      if (seen.size > MEMORY) seen.delete(seen.keys().next().value ?? '');
      // a row that brings something new is not said again, although most of its words are
      const known = count - lastButOne <= MEMORY && count - lastNew >= row;
      // "false, true, true, false" is a list of values
      put(known ? (new Set(words).size > length / 2 ? 2 : 1) : 0, offset);
    },
    /** A number or code: no phrase goes over it, and the words up to it are as new as it is. */
    cut(counts: boolean, offset: number): void {
      for (let n = count - 1; n > count - PHRASE && n >= count - tail.length; n--) {
        often -= said[n % LATELY] ?? 0;
        said[n % LATELY] = 0;
      }
      tail.length = 0;
      lastNew = count;
      if (counts) put(0, offset);
    },
    share: () => often / (2 * LATELY),
    /** Where the first of the last words is that was said before. */
    start(): number {
      let n = Math.max(0, count - LATELY);
      while (n < count - 1 && said[n % LATELY] === 0) n++;
      return starts[n % LATELY] ?? 0;
    },
    fresh: () => news >= NEW,
    clear(): void {
      said.fill(0);
      often = 0;
    },
  };
}

const SPACE = 0;
const LETTER = 1;
const DIGIT = 2;
/** A word of its own. */
const SIGN = 3;
/** A character of a script that is written without spaces: a word of its own too. */
const GLYPH = 4;

/** Signs of prose; the others are signs of code, of formulas or of tables. */
const SOFT = ',;:.!?"*“”‘’—–-…()`、。，；：！？（）「」《》·';

function kindOf(code: number): number {
  if (code <= 32 || code === 0xa0 || code === 0x3000) return SPACE;
  if (code >= 48 && code <= 57) return DIGIT;
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 39) return LETTER;
  if (code < 0xc0 || code === 0xd7 || code === 0xf7) return SIGN;
  if ((code >= 0x3040 && code <= 0x30ff) || (code >= 0x3400 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7a3)) return GLYPH;
  // punctuation, arrows, formulas, lines and boxes; pairs of surrogates are mostly symbols
  return (code >= 0x2010 && code <= 0x2bff) || (code >= 0x3001 && code <= 0x303f) || (code >= 0xd800 && code <= 0xdfff) || code >= 0xfe30
    ? SIGN
    : LETTER;
}
