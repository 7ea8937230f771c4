/** Where a sentence ends. Own rules, so that the same text is cut alike on every machine. */
import {
  BACKSLASH,
  COLON,
  COMMA,
  DOT,
  isCapital,
  isCloser,
  isDigit,
  isEnd,
  isLower,
  isName,
  isSpace,
  isSpacelessEnd,
  NEWLINE,
  OPEN,
  PIPE,
  SHAD,
} from './segment-chars.ts';

/** Code units that a rule may look at from the place it decides on. */
export const AHEAD = 40;

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Abbreviations, in lower case and without the last stop: never the end of a sentence. */
const NEVER_END = words('e.g i.e eg ie cf vs viz resp dr mr mrs prof w.r.t a.k.a z.b z.t u.u o.ä i.d.r d.h bzw ggf p.ej');
/** These may end a sentence: only a number goes on with it. */
const MAY_END = words('etc al inc ltd co corp u.s u.k ph.d m.sc b.sc st jr sr usw');
/** These are words, units or names as well: an abbreviation only before a number or a small letter. */
const BEFORE_NUMBER = words('fig figs eq eqs eqn sec ch ref refs no nos vol p pp v ed eds dept est ca approx ms max min');
/** Those of them that a letter follows as well: `Fig. A`. */
const BEFORE_LETTER = words('Fig Figs Eq Eqs Eqn Sec Ch Ref Refs Vol');
/** Numbers of list items. */
const ROMAN = words('ii iii iv vi vii viii ix');
/** Units, if a number stands before them. */
const UNITS = words('ms sec min');

/** Whether the code unit at `i` ends a sentence that no space follows. */
export function endsSpaceless(text: string, i: number): boolean {
  const char = text.charCodeAt(i);
  const next = text.charCodeAt(i + 1);
  if (isSpacelessEnd(char)) return !isSpacelessEnd(next) && !isCloser(next);
  if (char === SHAD) return text.charCodeAt(i - 1) === 32 && text.charCodeAt(i - 2) === SHAD;
  return char > 0x2000 && isCloser(char) && isSpacelessEnd(text.charCodeAt(i - 1));
}

/**
 * Whether a sentence ends before the space at `i`; `reach` is how many code units before it its line or sentence began,
 * as far as `text` goes.
 */
export function cutsAtSpace(text: string, i: number, reach: number): boolean {
  let j = i - 1;
  while (j > i - 8 && isCloser(text.charCodeAt(j))) j--;
  const end = text.charCodeAt(j);
  if (end === COMMA) return j === i - 1 && reach > SHORT_CLAUSE && turnsToDoubt(text, i);
  if (!isEnd(end)) return false;
  // the next visible code unit, behind an opening quote or bracket
  let k = i;
  while (k < i + 8 && isSpace(text.charCodeAt(k)) && text.charCodeAt(k) !== NEWLINE) k++;
  const next = text.charCodeAt(k);
  if (next === NEWLINE || goesOn(text, k) || (end === SHAD && next === SHAD)) return false;
  const lower = isLower(next);
  if (lower && !startsCode(text, k)) return false;
  if (end === 0x3f) {
    if (isOperatorMark(text, i, j, k, reach)) return false;
    // `(UserData? userData)`: a type and a name
    if (lower) {
      const limit = k + LONGEST_NAME;
      while (k < limit && isName(text.charCodeAt(k))) k++;
      if (text.charCodeAt(k) === 0x29) return false;
    }
  }
  if (end === 0x2026) return !lower;
  if (end !== DOT) return true;
  // a full stop that stands alone ends nothing
  if (j === i - 1 && (reach <= 1 || isSpace(text.charCodeAt(j - 1)))) return false;
  const before = text.charCodeAt(j - 1);
  // `1\.` as some models write it
  if (before === BACKSLASH || (lower && before === DOT) || isTag(text, k, i)) return false;
  const word = wordBefore(text, j, j - i + reach);
  return word === '' || !(isAbbreviation(text, word, j - word.length, k) || isItem(text, word, j - word.length, i - reach));
}

/** Whether the full stop behind `word`, which begins at `from`, is that of an abbreviation; `k` is the next visible code unit. */
function isAbbreviation(text: string, word: string, from: number, k: number): boolean {
  const next = text.charCodeAt(k);
  const name = word.toLowerCase();
  if (word.length === 1) {
    // `z. B.`: two letters that belong together
    const after = text.charCodeAt(k + 1) === DOT ? text.charAt(k).toLowerCase() : '';
    if (after !== '' && NEVER_END.has(`${name}.${after}`)) return true;
    if (from > 2 && text.charCodeAt(from - 2) === DOT && NEVER_END.has(`${text.charAt(from - 3)}.${name}`)) return true;
    // an option and its text: `B. 2500`
    if (word >= 'A' && word <= 'F' && isDigit(next)) return true;
    // other capital letters are names
    if (word !== name) return false;
  }
  if (NEVER_END.has(name) || word === 'Ms') return true;
  if (MAY_END.has(name)) return isNumbered(text, k);
  if (!BEFORE_NUMBER.has(name)) return false;
  if (isLower(next)) return true;
  if (UNITS.has(name) && isDigit(text.charCodeAt(from - 2))) return false;
  // of a single letter, a formula tells nothing
  if (isNumbered(text, k) || (next === BACKSLASH && word.length > 1)) return true;
  return BEFORE_LETTER.has(word) && isCapital(next) && !isWordChar(text.charCodeAt(k + 1));
}

/** A number, in brackets or not. */
function isNumbered(text: string, k: number): boolean {
  const char = text.charCodeAt(k);
  return isDigit(char) || ((char === OPEN || char === 0x5b) && isDigit(text.charCodeAt(k + 1)));
}

/** Whether `word`, which begins at `from`, is the number or letter of a list item: nothing but it stands before the stop. */
function isItem(text: string, word: string, from: number, begin: number): boolean {
  if (!isItemStart(text, from, begin) || !(isLetter(word) || isNumber(word) || ROMAN.has(word))) return false;
  // "It equals... 58. So"
  let i = begin - 1;
  while (i > begin - 4 && text.charCodeAt(i) === 32) i--;
  return !(text.charCodeAt(i) === DOT && text.charCodeAt(i - 1) === DOT);
}

/** What cannot begin a sentence: a closing sign, or an operator, which goes on with the same formula. */
function goesOn(text: string, k: number): boolean {
  switch (text.charCodeAt(k)) {
    case COMMA:
    case 0x3b: // ;
    case COLON:
    case 0x29: // )
    case 0x5d: // ]
    case 0x7d: // }
      return true;
    case 0x3d: // = and ==, not =>
      return text.charCodeAt(k + 1) === 32 || text.charCodeAt(k + 1) === 0x3d;
    case 0x2b: // +
    case 0x2f: // /
    case 0x2a: // *
    case 0xd7: // ×
    case 0xf7: // ÷
    case 0x2192: // →
    case 0x2248: // ≈
    case 0x2261: // ≡
      return text.charCodeAt(k + 1) === 32;
    case 0x2d: // ->
      return text.charCodeAt(k + 1) === 0x3e;
    default:
      return false;
  }
}

/** The longest name that is looked at. */
const LONGEST_NAME = 20;

/** Whether a name in code begins at `k`, in lower case: `useState`, `max_size`, `row.value`, `f(x)`, `a[0]`, `x = 1`. */
function startsCode(text: string, k: number): boolean {
  let i = k;
  let inner = false;
  for (; i < k + LONGEST_NAME && isName(text.charCodeAt(i)); i++)
    if (i > k) {
      const char = text.charCodeAt(i);
      inner ||= char === 0x5f || (isCapital(char) && !isCapital(text.charCodeAt(i - 1)));
    }
  if (i === k) return false;
  if (inner) return true;
  switch (text.charCodeAt(i)) {
    case OPEN:
      return !text.startsWith('(s)', i) && !text.startsWith('(es)', i) && !text.startsWith('(n)', i);
    case 0x5b: // [
      return isName(text.charCodeAt(i + 1));
    case DOT: {
      // not `e.g.`
      let n = 1;
      while (n < 4 && isName(text.charCodeAt(i + n))) n++;
      return n > 2 && !NEVER_END.has(text.slice(k, i + n));
    }
    case 32:
      return isRelation(text.charCodeAt(i + 1)) && text.charCodeAt(i + 2) === 32;
    default:
      return isRelation(text.charCodeAt(i)) && i - k === 1;
  }
}

/** = ≈ ≡ ≤ ≥ */
const isRelation = (char: number): boolean => char === 0x3d || char === 0x2248 || char === 0x2261 || char === 0x2264 || char === 0x2265;

/** Whether the question mark at `j` is the operator of `ok ? A : B` or of `x ?? Y`. */
function isOperatorMark(text: string, i: number, j: number, k: number, reach: number): boolean {
  if (j !== i - 1 || reach < 3) return false;
  if (text.charCodeAt(j - 1) === 0x3f) return text.charCodeAt(j - 2) === 32;
  if (text.charCodeAt(j - 1) !== 32) return false;
  let spaces = 0;
  for (let at = k; at < i + AHEAD - 1; at++) {
    const char = text.charCodeAt(at);
    if (char === NEWLINE || Number.isNaN(char)) return false;
    if (char === COLON && (text.charCodeAt(at + 1) === 32 || text.charCodeAt(at - 1) === 32))
      return (spaces === 1 && text.charCodeAt(at - 1) === 32) || hasCodeSign(text, Math.max(i - AHEAD, i - reach), j);
    if (char === 32) {
      if (isEnd(text.charCodeAt(at - 1))) return false;
      spaces++;
    }
  }
  return false;
}

function hasCodeSign(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if ('=(<>&|_['.includes(text.charAt(i))) return true;
  return false;
}

/** Whether the rest of the line is the name of an equation: `(1)`, `(Eq A)`. */
function isTag(text: string, k: number, i: number): boolean {
  if (text.charCodeAt(k) !== OPEN) return false;
  let at = text.startsWith('Eq', k + 1) ? k + 3 : k + 1;
  if (text.charCodeAt(at) === 32) at++;
  const from = at;
  while (at < from + 4 && isName(text.charCodeAt(at))) at++;
  if (at === from || text.charCodeAt(at) !== 0x29) return false;
  at++;
  while (at < i + AHEAD - 1 && text.charCodeAt(at) === 32) at++;
  return at >= text.length || text.charCodeAt(at) === NEWLINE;
}

/** A clause shorter than this many code units does not stand alone. */
const SHORT_CLAUSE = 25;

/** ", but I …" turns from a statement to what the writer thinks of it: a step of its own. */
function turnsToDoubt(text: string, i: number): boolean {
  return text.startsWith('but I', i + 1) && !isWordChar(text.charCodeAt(i + 6));
}

/** Whether nothing but spaces, bullets and emphasis stands between `from` and `to`. */
function isItemStart(text: string, to: number, from: number): boolean {
  if (to - from > 12) return false;
  for (let i = from; i < to; i++) {
    const char = text.charCodeAt(i);
    if (!isSpace(char) && char !== 0x2a && char !== 0x2d && char !== 0x3e && char !== 0x23 && char !== 0x28 && char !== 0x2b) return false;
  }
  return true;
}

function isLetter(word: string): boolean {
  return word.length === 1 && word.charCodeAt(0) < 128;
}

function isNumber(word: string): boolean {
  for (let i = 0; i < word.length; i++) if (!isDigit(word.charCodeAt(i)) && word.charCodeAt(i) !== 0x2e) return false;
  return word.length <= 4;
}

/** The letters, digits and inner stops right before `j`, at most `reach` and 12 of them. */
function wordBefore(text: string, j: number, reach: number): string {
  let i = j;
  while (i > j - Math.min(12, reach) && isWordChar(text.charCodeAt(i - 1))) i--;
  return text.slice(i, j);
}

function isWordChar(char: number): boolean {
  return isDigit(char) || (char >= 65 && char <= 90) || (char >= 97 && char <= 122) || char === 0x2e || char > 0xbf;
}

/** Lines shorter than this many code units were not broken by a column limit. */
const WRAPPED = 50;
/** Words that end no line but one that was broken. */
const ENDS_BROKEN = words(
  'a an the of to and or with for from by at as is are was were be if that which its their our your my this these into than not can will should would could may might must has have',
);
/** Words that begin no line but the next one, and no line of code. */
const BEGINS_BROKEN = words(
  'a an the of to and or is are was were be that which into than can will should would could may might must has have',
);

/** Whether another block begins at `k`: a list item, a heading, a quotation, a table. */
export function isBlock(text: string, k: number): boolean {
  const char = text.charCodeAt(k);
  if (char === 0x23 || char === 0x3e || char === PIPE) return true;
  if (char === BACKSLASH && text.charCodeAt(k + 1) === 0x2d) return true;
  if (char === 0x2d || char === 0x2a || char === 0x2b || char === 0x2022) return text.charCodeAt(k + 1) === 32;
  let i = k;
  while (i < k + 4 && isDigit(text.charCodeAt(i))) i++;
  return i > k && (text.charCodeAt(i) === DOT || text.charCodeAt(i) === 0x29) && text.charCodeAt(i + 1) === 32;
}

/** What the rules for the end of a line need to know of the step and the line. */
interface Line {
  /** The place after the last visible code unit. */
  readonly last: number;
  /** The first code unit of the step. */
  readonly first: number;
  /** The length of the line so far. */
  readonly width: number;
  /** The step began in this line, which is indented as code is. */
  readonly indented: boolean;
  /** The step explains the signs of a formula. */
  readonly legend: boolean;
}

/** Whether the line feed at `i` does not end a step. */
export function joinsLines(text: string, i: number, { last, first, width, indented, legend }: Line): boolean {
  const before = text.charCodeAt(last - 1);
  let k = i + 1;
  let feeds = 1;
  while (k < i + 24 && isSpace(text.charCodeAt(k))) if (text.charCodeAt(k++) === NEWLINE) feeds++;
  const next = text.charCodeAt(k);
  if (i - last > 16 || Number.isNaN(next)) return false;
  // rows of a table
  if (first === PIPE && next === PIPE) return feeds === 1;
  const block = isBlock(text, k);
  if (legend) return isLegend(text, k) || (block && !isEnd(before));
  // a formula set apart belongs to the sentence that leads into it by a comma, and that may go on behind it
  const display = next === BACKSLASH && text.charCodeAt(k + 1) === 0x5b;
  if (before === COMMA && display) return true;
  if (before === 0x5d && text.charCodeAt(last - 2) === BACKSLASH && isLower(next)) return true;
  if ((before === 0x2a || before === COLON) && text.startsWith('\\boxed', k)) return true;
  if (width < 24 && isAnswerHead(text, last)) return !block && !display;
  if (isLegend(text, k) && endsFormula(text, last)) return true;
  // a line that was broken at a column limit
  if (feeds > 1 || width < WRAPPED || block || (indented && (k > i + 4 || text.charCodeAt(i + 1) === 9))) return false;
  if (isLower(next) && (before === COMMA || isLower(before))) return !startsAssignment(text, k);
  if (isLower(before)) return ENDS_BROKEN.has(wordBefore(text, last, 12));
  return (isDigit(before) || isCloser(before)) && BEGINS_BROKEN.has(wordAt(text, k));
}

/** Whether a line of code like `row.size = 1` begins at `k`. */
function startsAssignment(text: string, k: number): boolean {
  let i = k;
  while (i < k + 12 && (isName(text.charCodeAt(i)) || text.charCodeAt(i) === DOT)) i++;
  return text.charCodeAt(i) === 32 && text.charCodeAt(i + 1) === 0x3d;
}

/** The small letters from `k` on. */
function wordAt(text: string, k: number): string {
  let i = k;
  while (i < k + 8 && isLower(text.charCodeAt(i))) i++;
  return text.slice(k, i);
}

/** `**Final Answer**` and the like before `last`: the answer follows. */
function isAnswerHead(text: string, last: number): boolean {
  return /\bFinal Answer:?\*\*:?$/.test(text.slice(Math.max(0, last - 18), last));
}

/** Whether an explanation of the signs of a formula begins at `k`. */
export function isLegend(text: string, k: number): boolean {
  return text.startsWith('here', k + 1) && (text.startsWith('w', k) || text.startsWith('Where:', k)) && !isName(text.charCodeAt(k + 5));
}

/** Whether the line that ends at `last` has an equals sign near its end. */
function endsFormula(text: string, last: number): boolean {
  if (isEnd(text.charCodeAt(last - 1))) return false;
  for (let i = last - 1; i >= last - AHEAD && text.charCodeAt(i) !== NEWLINE; i--) if (text.charCodeAt(i) === 0x3d) return true;
  return false;
}
