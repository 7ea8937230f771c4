/** A value that a text gives as its result, with where it stands: UTF-16 offsets into that text. */
export interface Value {
  /** As written, without the marks around it. */
  readonly raw: string;
  /** To be compared: no spaces, one kind of quotation mark, no unit marks. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** The letter of one of several options. */
  readonly option: boolean;
}

const SIMPLE =
  /^(?:b?'(?:[^'\\\n]|\\.){0,300}'|b?"(?:[^"\\\n]|\\.){0,300}"|-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?(?![\w%])|(?:True|False|None|true|false|null)\b)/;
const EMPTY: readonly (readonly [RegExp, string])[] = [
  [/^(?:an? |the )?empty string/i, "''"],
  [/^(?:an? |the )?empty (?:list|array)/i, '[]'],
  [/^(?:an? |the )?empty (?:dict(?:ionary)?|object|set)/i, '{}'],
];
const CLOSES: Readonly<Record<string, string>> = { '[': ']', '{': '}', '(': ')' };
/** Longest list or object that is read as one value, in UTF-16 code units. */
const LONGEST = 600;

/** The value that a text begins with, as written; empty when it begins with none. */
function literalAt(text: string): string {
  const opening = text.charAt(0);
  if (!(opening in CLOSES)) return SIMPLE.exec(text)?.[0] ?? '';
  const open: string[] = [];
  let quote = '';
  for (let i = 0; i < Math.min(text.length, LONGEST); i++) {
    const char = text.charAt(i);
    if (char === '\n') return '';
    if (quote !== '') {
      if (char === '\\') i++;
      else if (char === quote) quote = '';
    } else if (char === "'" || char === '"') quote = char;
    else if (char in CLOSES) open.push(CLOSES[char] ?? '');
    else if (char === open.at(-1)) {
      open.pop();
      if (open.length === 0) return text.slice(0, i + 1);
    }
  }
  return '';
}

const BOXED = /\\boxed\{((?:[^{}]|\{[^{}]*\})*)\}/g;
/** "The answer is", "should be", "returns", "==": what stands before a result. */
const LEADS =
  /(?:\banswers?(?: (?:here|therefore))?(?:\*\*)?(?: (?:is|should be|would be|must be|will be))?:?|\b(?:result|output|value|(?:returned|resulting|final|return) \w+|correct (?:output|answer|result|choice|option|value))(?: \w+){0,4}? (?:is|should be|would be|will be|must be|as)|\b(?:returns?|gives?|outputs?|evaluates to|prints|equals?|expects?)|\bassert[^\n]{1,300}==|==)\s*(?:(?:the|a|an|string|list|option|choice|number|value|to|indeed|exactly|still|just|simply|therefore|likely|definitely|clearly|actually|also|now)\s+|:|\*\*|`|\$|\\\(|\\boxed\{)*/gi;
const OPTION = /^\(?([A-H])\b(?![\w'’=])/;

/** For comparison: `"a"` and `'a'`, `[1,2]` and `[1, 2]`, `1,000` and `1000`, `\frac{1}{2}` and `1/2` are the same. */
export function keyOf(raw: string): string {
  const bare = raw
    .replace(/\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}/g, '$1/$2')
    .replace(/["“”‘’`]/g, "'")
    .replace(/\\'/g, "'")
    .replace(/\s+/g, '')
    .replace(/^[*$]+|[.*$]+$/g, '');
  return /^-?\d[\d,]*(?:\.\d+)?$/.test(bare) ? bare.replaceAll(',', '') : bare;
}

/** All results that a text states, in order. */
export function valuesIn(text: string): Value[] {
  const values: Value[] = [];
  for (const match of text.matchAll(BOXED)) {
    const raw = (match[1] ?? '').replace(/\\text\{([^{}]*)\}/g, '$1').replace(/^\s*Answer:?\s*/i, '');
    const letter = /^\s*\(?([A-H])\)?(?:[.:\s–-]|$)/.exec(raw)?.[1];
    const span = { start: match.index, end: match.index + match[0].length };
    values.push(
      letter === undefined ? { raw, key: keyOf(raw), ...span, option: false } : { raw: letter, key: letter, ...span, option: true },
    );
  }
  for (const match of text.matchAll(LEADS)) {
    const at = match.index + match[0].length;
    const rest = text.slice(at, at + 320);
    const option = /answer|choice|option/i.test(match[0]) ? OPTION.exec(rest) : null;
    if (option !== null) {
      values.push({ raw: option[1] ?? '', key: option[1] ?? '', start: match.index, end: at + option[0].length, option: true });
      continue;
    }
    const empty = EMPTY.find(([words]) => words.test(rest));
    const raw = empty?.[1] ?? literalAt(rest);
    if (raw !== '') values.push({ raw, key: keyOf(raw), start: match.index, end: Math.min(text.length, at + raw.length), option: false });
  }
  return values.sort((a, b) => a.start - b.start);
}

/** Longest answer that is taken for a bare value, in UTF-16 code units. */
const BARE = 400;

/** The one result that an answer gives; null when it gives none, or gives an explanation or code. */
export function answerValue(answer: string): Value | null {
  const text = answer.trim();
  const offset = answer.length - answer.trimStart().length;
  const at = (value: Value): Value => ({ ...value, start: value.start + offset, end: value.end + offset });
  if (text === '') return null;
  const prose = proseOf(text);
  const said = valuesIn(prose).filter((v) => /boxed|answer/i.test(prose.slice(v.start, v.end)));
  const boxed = said.findLast((v) => prose.startsWith('\\boxed', v.start));
  if (boxed !== undefined) return at(boxed);
  const short = text.length <= BARE && !text.includes('\n');
  const whole = { raw: text, key: keyOf(text), start: 0, end: text.length, option: /^[A-H][.)]?$/.test(text) };
  if (short && literalAt(text) === text) return at(whole);
  const last = said.at(-1);
  if (last !== undefined) return text.length > 10 * BARE ? null : at(last);
  return short && !SENTENCE.test(text) ? at(whole) : null;
}

/** Words in a row, an assignment or a call: not a bare value. */
const SENTENCE = /\s[a-z]+\s[a-z]+\s[a-z]+\s|^(?:return|import|def|const|let|from)\b|^[\w.]+\s*=[^=]|\w\(/i;

/** The text with what is in fences blanked: values in code are not what the text says. */
function proseOf(text: string): string {
  return text.replace(/^ {0,3}(```|~~~)[^\n]*\n[\s\S]*?(?:^ {0,3}\1|$(?![\s\S]))/gm, (code) => ' '.repeat(code.length));
}

/** Whether two results are the same, as far as their writing tells: numbers that one is the rounding of the other are. */
export function sameValue(a: Value, b: Value): boolean {
  if (a.key === b.key) return true;
  // quotation marks are often left out, and so is the capital of True
  const strip = (key: string): string => key.replace(/^'+|'+$/g, '');
  if (strip(a.key) === strip(b.key) || (/^(?:true|false|none|null)$/i.test(a.key) && a.key.toLowerCase() === b.key.toLowerCase()))
    return true;
  const [x, y] = [Number(a.key), Number(b.key)];
  if (a.key !== '' && b.key !== '' && Number.isFinite(x) && Number.isFinite(y)) {
    const places = Math.min(decimals(a.key), decimals(b.key));
    return x === y || (places > 0 && Math.abs(x - y) <= 0.5 * 10 ** -places);
  }
  return false;
}

function decimals(key: string): number {
  const point = key.indexOf('.');
  return point < 0 ? 0 : key.length - point - 1;
}

/** Whether a text has the value with that key in it. A short word must stand for itself: every text has a T. */
export function mentions(text: string, key: string): boolean {
  if (!/^[\w.-]{1,8}$/.test(key)) return keyOf(text).includes(key);
  return new RegExp(`(?<![\\w.])${key.replace(/[.-]/g, '\\$&')}(?!\\w)`).test(text);
}
