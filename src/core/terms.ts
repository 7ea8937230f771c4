const STOP = new Set(
  (
    'the a an of to in on and or for with by is are was were be been that this these those it its as at from if when which but so then than there here will would can could should ' +
    'may might must have has had do does did not no yes we i you they he she my your our their what how why where who also just like let me need use using used get make sure okay ' +
    'wait now first next about into over more some any each all because since while only same other one two both such very well see think know say maybe way case code function ' +
    'user return returns returned example means mean however therefore thus'
  ).split(' '),
);

const TERM = /[\p{L}_$][\p{L}\p{M}\p{N}_$]*|\d+(?:\.\d+)?/gu;
/** Scripts written without spaces: taken two characters at a time. */
export const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{2,}/u;

/** Terms looked at in one text. */
const MOST = 2000;

/**
 * The words, names and numbers of a text that say what it is about, in order, lower case; plural and verb endings folded. A compound
 * name that `known` does not know, while it knows all parts of it, stands for its parts alone.
 */
export function termsOf(text: string, known?: (term: string) => boolean): string[] {
  const terms: string[] = [];
  const add = (term: string): void => {
    if (term !== '' && !STOP.has(term)) terms.push(term);
  };
  for (const match of text.matchAll(TERM)) {
    if (terms.length > MOST) break;
    const word = match[0];
    if (DENSE.test(word)) {
      for (let i = 0; i + 2 <= word.length; i++) add(word.slice(i, i + 2));
      continue;
    }
    const lower = word.toLowerCase();
    if (lower.length === 1 && !/\d/.test(lower)) continue;
    // the parts of a compound name count as well: `parseUserId` is about a user id
    const parts = /[a-z][A-Z]|._./.test(word)
      ? word
          .split(/_|(?<=[a-z])(?=[A-Z])/)
          .filter((piece) => piece.length > 2)
          .map((piece) => stem(piece.toLowerCase()))
      : [];
    const whole = /^[a-z]{5,}$/.test(lower) ? stem(lower) : lower;
    if (known === undefined || known(whole) || parts.length < 2 || !parts.every((part) => STOP.has(part) || known(part))) add(whole);
    for (const part of parts) add(part);
  }
  return terms;
}

function stem(word: string): string {
  return word.replace(/(?:ies|ied)$/, 'y').replace(/(?:ing|ed|es|s)$/, '');
}
