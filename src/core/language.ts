/** Scripts that tell languages apart without a dictionary. */
const SCRIPTS: readonly (readonly [name: string, letters: RegExp])[] = [
  ['Japanese', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['Chinese', /\p{Script=Han}/gu],
  ['Korean', /\p{Script=Hangul}/gu],
  ['Cyrillic', /\p{Script=Cyrillic}/gu],
  ['Arabic', /\p{Script=Arabic}/gu],
  ['Hebrew', /\p{Script=Hebrew}/gu],
  ['Greek', /\p{Script=Greek}/gu],
  ['Devanagari', /\p{Script=Devanagari}/gu],
  ['Thai', /\p{Script=Thai}/gu],
  ['Latin', /\p{Script=Latin}/gu],
];
/** Where the letters of the other scripts are, general punctuation left out: most chains of thought have none of them. */
export const NOT_LATIN = /[\u0370-\u1fff\u2071-\uffff]/;
/** Letters of a script that a text has at least before it counts as written in it. */
const LEAST = 12;
/** What somebody wrote, rather than named or quoted. */
const QUOTED = /`[^`]*`|"[^"]*"|“[^”]{0,400}”|「[^」]{0,400}」|『[^』]{0,400}』|'[^'\n]*'/g;

/** The script that most letters of a text are of, with their share of all its letters (0 to 1); null when it has too few. */
export function scriptOf(text: string): { readonly name: string; readonly share: number } | null {
  const plain = text.replace(QUOTED, ' ');
  let all = 0;
  const counts = SCRIPTS.map(([name, letters]) => {
    const n = plain.match(letters)?.length ?? 0;
    all += n;
    return { name, n };
  });
  // Japanese is written with Chinese characters as well
  const [japanese, chinese] = counts;
  if (japanese !== undefined && chinese !== undefined && japanese.n > 0) {
    japanese.n += chinese.n;
    chinese.n = 0;
  }
  const best = counts.reduce((a, b) => (b.n > a.n ? b : a));
  return best.n < LEAST ? null : { name: best.name, share: best.n / all };
}

/** The smallest words of languages written in Latin letters, those that two of them share left out. */
const SMALL_WORDS: readonly (readonly [language: string, words: RegExp])[] = [
  ['English', /\b(?:the|is|and|of|to|that|this|with|for|are|be|it|you|which|not|from)\b/gi],
  ['German', /\b(?:der|die|das|und|ist|nicht|ein|eine|mit|für|auf|wird|sie|werden|den|dem)\b/gi],
  ['French', /\b(?:le|la|les|est|et|des|une|dans|pour|qui|sur|avec|cette|vous)\b/gi],
  ['Spanish', /\b(?:el|los|las|una|es|en|por|para|con|del|que|como|su)\b/gi],
  ['Portuguese', /\b(?:os|uma|não|em|do|da|com|são|você|ao)\b/gi],
  ['Italian', /\b(?:il|di|che|è|per|gli|una|sono|nel|della|questo)\b/gi],
];
/** Share of the words that are of the smallest, in running text of a language. */
const RUNNING = 0.12;
const WORDS = 10;

/**
 * What language a text is in, as far as letters and the smallest words tell: the name of a script other than Latin, of one of six
 * languages, or null. Code, names and short texts are of none.
 */
export function languageOf(text: string): string | null {
  if (NOT_LATIN.test(text)) {
    const script = scriptOf(text);
    // in Chinese or Japanese prose names and commands are Latin
    if (script !== null && script.name !== 'Latin' && script.share >= 0.4) return script.name;
  }
  const plain = text.replace(QUOTED, ' ');
  const words = plain.match(/\p{L}+/gu)?.length ?? 0;
  if (words < WORDS) return null;
  let best: string | null = null;
  let most = RUNNING * words;
  for (const [language, small] of SMALL_WORDS) {
    const n = plain.match(small)?.length ?? 0;
    if (n > most) {
      most = n;
      best = language;
    }
  }
  return best;
}
