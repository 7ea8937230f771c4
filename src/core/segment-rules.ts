/** Where a sentence ends. Own rules, so that the same text is cut alike on every machine. */

/** Words that a full stop follows without ending the sentence, in lower case and without that stop. */
const ABBREVIATIONS = new Set(
  (
    'e.g i.e eg ie cf vs viz approx resp etc al fig figs eq eqs eqn sec ch ref refs no nos vol p pp v ed eds dept est ' +
    'dr mr mrs ms prof st jr sr inc ltd co corp w.r.t a.k.a u.s u.k ph.d m.sc b.sc z.b bzw d.h ca usw ggf p.ej'
  ).split(' '),
);
/** Those of them that may well end a sentence: a capital letter after them begins the next. */
const MAY_END = new Set([
  'etc',
  'al',
  'inc',
  'ltd',
  'co',
  'corp',
  'no',
  'u.s',
  'u.k',
  'ph.d',
  'est',
  'ed',
  'st',
  'usw',
  'sec',
  'ch',
  'ref',
  'vol',
]);

export function isSpace(char: number): boolean {
  if (char > 32)
    return (
      char === 0xa0 ||
      (char >= 0x2000 &&
        (char <= 0x200a || char === 0x2028 || char === 0x2029 || char === 0x202f || char === 0x205f || char === 0x3000 || char === 0xfeff))
    );
  return char === 32 || (char >= 9 && char <= 13);
}

/** Sentence ends that need no space after them. */
export function isCjkEnd(char: number): boolean {
  return char === 0x3002 || char === 0xff01 || char === 0xff1f || char === 0xff61;
}

/** Quotes, brackets and emphasis that may stand between the end of a sentence and the space. */
export function isCloser(char: number): boolean {
  switch (char) {
    case 0x22: // "
    case 0x27: // '
    case 0x29: // )
    case 0x2a: // *
    case 0x5d: // ]
    case 0x5f: // _
    case 0x60: // `
    case 0x7d: // }
    case 0xbb: // »
    case 0x2019:
    case 0x201d:
    case 0x300d:
    case 0x300f:
    case 0xff09:
    case 0x3011:
    case 0x300b:
      return true;
    default:
      return false;
  }
}

/** Full stops, question and exclamation marks of the scripts that put a space after them. */
function isEnd(char: number): boolean {
  switch (char) {
    case 0x2e: // .
    case 0x21: // !
    case 0x3f: // ?
    case 0x2026: // …
    case 0x203c:
    case 0x2047:
    case 0x2048:
    case 0x2049:
    case 0x61f: // Arabic ?
    case 0x6d4:
    case 0x964: // danda
    case 0x965:
    case 0x37e: // Greek ;
    case 0x589: // Armenian
    case 0x1362: // Ethiopic
      return true;
    default:
      return isCjkEnd(char);
  }
}

const BACKSLASH = 0x5c;
const PIPE = 0x7c;

const isDigit = (char: number): boolean => char >= 48 && char <= 57;
const isLower = (char: number): boolean =>
  (char >= 97 && char <= 122) ||
  (char >= 0xdf && char <= 0xff && char !== 0xf7) ||
  (char >= 0x430 && char <= 0x45f) ||
  (char >= 0x3b1 && char <= 0x3c9);

/**
 * Whether a sentence ends before the space at `i`; `reach` is how many code units before it its line or sentence began,
 * as far as `text` goes.
 */
export function cutsAtSpace(text: string, i: number, reach: number): boolean {
  let j = i - 1;
  while (j > i - 8 && isCloser(text.charCodeAt(j))) j--;
  const end = text.charCodeAt(j);
  if (end === 0x2c) return j === i - 1 && reach > SHORT_CLAUSE && turnsToDoubt(text, i);
  if (!isEnd(end)) return false;
  // the next visible code unit, behind an opening quote or bracket
  let k = i;
  while (k < i + 8 && isSpace(text.charCodeAt(k)) && text.charCodeAt(k) !== 10) k++;
  const next = text.charCodeAt(k);
  if (next === 10) return false;
  if (end !== 0x2e && end !== 0x2026) return !isLower(next);
  if (isLower(next)) return false;
  // a dash or an operator goes on with the same sentence
  if (end === 0x2e && isOperator(text, k)) return false;
  if (end !== 0x2e) return true;
  // a full stop that stands alone ends nothing
  if (j === i - 1 && (reach <= 1 || isSpace(text.charCodeAt(j - 1)))) return false;
  // `1\.` as some models write it
  if (text.charCodeAt(j - 1) === BACKSLASH) return false;
  const word = wordBefore(text, j, j - i + reach);
  if (word === '') return true;
  const lower = word.toLowerCase();
  if (ABBREVIATIONS.has(lower)) return MAY_END.has(lower) && !isDigit(next);
  // the number or letter of a list item: nothing but it before the stop
  return !(isItemStart(text, j - word.length, i - reach) && (isLetter(word) || isNumber(word)));
}

/** A clause shorter than this many code units does not stand alone. */
const SHORT_CLAUSE = 25;

/** ", but I …" turns from a statement to what the writer thinks of it: a step of its own. */
function turnsToDoubt(text: string, i: number): boolean {
  return text.startsWith('but I', i + 1) && !isWordChar(text.charCodeAt(i + 6));
}

function isOperator(text: string, k: number): boolean {
  const char = text.charCodeAt(k);
  return (char === 0x3d || char === 0x2b || char === 0x2f) && text.charCodeAt(k + 1) === 32;
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

/**
 * Whether the line feed at `i` does not end a step: `last` is the place after the last visible code unit before it,
 * `first` the first code unit of the step, and `width` the length of the line so far.
 */
export function joinsLines(text: string, i: number, last: number, first: number, width: number): boolean {
  const before = text.charCodeAt(last - 1);
  let k = i + 1;
  let feeds = 1;
  while (k < i + 24 && isSpace(text.charCodeAt(k))) if (text.charCodeAt(k++) === 10) feeds++;
  const next = text.charCodeAt(k);
  if (i - last > 16 || Number.isNaN(next)) return false;
  // rows of a table
  if (first === PIPE && next === PIPE) return feeds === 1;
  // a formula set apart belongs to the sentence that leads into it by a comma, and that may go on behind it
  if (before === 0x2c && text.charCodeAt(k) === BACKSLASH && text.charCodeAt(k + 1) === 0x5b) return true;
  if (before === 0x5d && text.charCodeAt(last - 2) === BACKSLASH && isLower(next)) return true;
  if ((before === 0x2a || before === 0x3a) && text.startsWith('\\boxed', k)) return true;
  // a line that was broken at a column limit
  return feeds === 1 && width >= WRAPPED && isLower(next) && (before === 0x2c || isLower(before));
}
