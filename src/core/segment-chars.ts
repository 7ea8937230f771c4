/** Classes of UTF-16 code units that the rules for cutting look at. `NaN`, beyond the text, is of none. */

export function isSpace(char: number): boolean {
  if (char > 32)
    return (
      char === 0xa0 ||
      (char >= 0x2000 &&
        (char <= 0x200a || char === 0x2028 || char === 0x2029 || char === 0x202f || char === 0x205f || char === 0x3000 || char === 0xfeff))
    );
  return char === 32 || (char >= 9 && char <= 13);
}

/** Sentence ends that need no space after them: Chinese, Japanese, Myanmar. */
export function isSpacelessEnd(char: number): boolean {
  return char === 0x3002 || char === 0xff01 || char === 0xff1f || char === 0xff61 || char === 0x104b;
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
export function isEnd(char: number): boolean {
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
    case 0x17d4: // Khmer
    case 0x17d5:
    case SHAD: // Tibetan
    case 0xf0e:
      return true;
    default:
      return isSpacelessEnd(char);
  }
}

/** The Tibetan mark that ends a sentence. */
export const SHAD = 0xf0d;
export const NEWLINE = 10;
export const DOT = 0x2e;
export const BACKSLASH = 0x5c;
export const PIPE = 0x7c;
export const COLON = 0x3a;
export const COMMA = 0x2c;
export const OPEN = 0x28;

export const isDigit = (char: number): boolean => char >= 48 && char <= 57;
export const isCapital = (char: number): boolean => char >= 65 && char <= 90;
export const isLower = (char: number): boolean =>
  (char >= 97 && char <= 122) ||
  (char >= 0xdf && char <= 0xff && char !== 0xf7) ||
  (char >= 0x430 && char <= 0x45f) ||
  (char >= 0x3b1 && char <= 0x3c9);
/** What a name in code is made of. */
export const isName = (char: number): boolean => isDigit(char) || isCapital(char) || (char >= 97 && char <= 122) || char === 0x5f;
