/** Where a sentence ends. Own rules, so that the same text is cut alike on every machine. */

/** Words that a full stop follows without ending the sentence, in lower case and without that stop. */
const ABBREVIATIONS = new Set(
  (
    'e.g i.e eg ie cf vs viz approx resp etc al fig figs eq eqs eqn sec ch ref refs no nos vol pp ed eds dept est ' +
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
  const word = wordBefore(text, j, j - i + reach);
  if (word === '') return true;
  const lower = word.toLowerCase();
  if (ABBREVIATIONS.has(lower)) return MAY_END.has(lower) && !isDigit(next);
  // the number or letter of a list item: nothing but it before the stop
  return !(reach > 0 && word.length === j - i + reach && (word.length <= 2 || isNumber(word)));
}

function isOperator(text: string, k: number): boolean {
  const char = text.charCodeAt(k);
  return (char === 0x3d || char === 0x2b || char === 0x2f) && text.charCodeAt(k + 1) === 32;
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

/** Whether the line that begins at `i` is a list item, heading, quote, rule, table row or empty. */
export function opensBlock(text: string, from: number): boolean {
  let i = from;
  while (i < from + 30 && isSpace(text.charCodeAt(i)) && text.charCodeAt(i) !== 10) i++;
  const char = text.charCodeAt(i);
  if (char === 10 || Number.isNaN(char)) return true;
  switch (char) {
    case 0x23: // #
    case 0x3e: // >
    case 0x7c: // |
    case 0x2a: // *
    case 0x2b: // +
    case 0x2d: // -
    case 0x2022: // •
    case 0x60: // `
      return true;
    default:
      return isDigit(char);
  }
}

/** Whether the line feed at `i` stands inside a sentence; `length` is how long that is so far. */
export function joinsLines(_text: string, _i: number, _length: number): boolean {
  return false;
}
