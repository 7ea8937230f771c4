import type { Lexicon } from '../lexicon.ts';
import type { StepFacts } from '../step-facts.ts';

/**
 * What a step looks like to the model of kinds: short strings, such as `uwait` (a word), `bwait no` (two words in a row)
 * or `^1so` (the first word). The training script and the analysis call the same function, so that they cannot part ways.
 * Those that begin with `@` tell where the step stands, which differs between short and long chains.
 */
export type Features = readonly string[];

/** What stands before a word, before two in a row and before three; and before a feature that comes from the line above a list. */
export const WORDS_IN_A_ROW = ['u', 'b', 't'] as const;
export const FROM_ABOVE = 'L';

/** Tokens of a step that are looked at; a step that is longer says by its beginning what it does. */
const TOKENS = 60;
const TOKEN = /[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?|[^\w\s]|[\u0080-\uffff]/g;

/** Groups of words that mean the same for the kind of a step; no more than hints, which the model weighs. */
const CUES: readonly (readonly [string, RegExp])[] = [
  ['verify', /\b(?:check|verify|double-check|confirm|make sure|validate|test|re-?read|re-?examine|go through|walk through|trace)\b/],
  ['wait', /^(?:but |oh |so |and |hmm,? )?wait\b/],
  ['no', /\bno,|\bwrong\b|\bmistake\b|\bincorrect\b|\bnot right\b/],
  ['other', /\balternatively\b|\banother (?:way|approach|option|possib)|\binstead\b|\bor maybe\b/],
  ['maybe', /\b(?:maybe|perhaps|might|possibly|could be|not sure|unclear|unsure|ambiguous|wonder|confus)/],
  ['so', /^(?:so|thus|therefore|hence)\b/],
  ['final', /\b(?:final|answer|response|output|present|explain|summar)/],
  ['task', /\bthe (?:user|problem|question|task|prompt|docstring|function|code|instruction|example)\b/],
  ['says', /\b(?:says|said|states|asks|asking|wants|given|provided|mentions|requires|specif|expected|supposed)\b/],
  ['next', /^(?:first|next|then|now|step|let me|let's|i'll|i need|i should|i will|we need|we should|i have to|okay|to )/],
  ['good', /\b(?:correct|matches|works|right|good|makes sense|fine|valid|okay|yes)\b/],
  ['case', /\b(?:if|when|suppose|consider|say|case|for example|e\.g|for instance|example)\b/],
  ['question', /\?/],
  ['code', /[=(){}[\];]|->|=>|==/],
  [
    'known',
    /\b(?:in (?:python|java|javascript|typescript|rust|c\+\+|c|go|php|laravel|sql)|python's|java's|usually|typically|generally|by default|remember|recall|standard|library|module|documentation|built-in)\b/,
  ],
  ['past', /\b(?:earlier|before|previous|initial|originally|above|already|again)\b/],
  ['write', /\b(?:write|code|implement|put|draft|structure|format|create|generate|produce)\b/],
  ['will', /\bi'll\b|\bi will\b|\bgoing to\b/],
];
/** Cues whose distance back matters: a check that began three steps ago is likely to go on. */
const REMEMBERED = new Set(['verify', 'other', 'task', 'known', 'next', 'final', 'case', 'write', 'will']);

export interface Featurizer {
  /** The features of the next step, which is complete. */
  add(facts: StepFacts): Features;
  /** The features that a step after the last one would have. */
  peek(facts: StepFacts): Features;
}

/** With a lexicon, features of words in a row that it does not know are left out. */
export function createFeaturizer(lexicon: Lexicon | null = null): Featurizer {
  let index = 0;
  /** The step before, together with those before it that are part of the same sentence. */
  let sentence: Sentence | null = null;
  /** What the items of a list take from the line that it hangs on, and a line from the one above that ends with a colon. */
  let intro: Features = [];
  let announced = false;
  /** A quotation that was opened in this paragraph goes on: the draft of a text, of several sentences. */
  let quoted = false;
  /** For each remembered cue the index of the last step with it. */
  const seen = new Map<string, number>();

  const read = (facts: StepFacts): { features: string[]; own: string[]; cues: string[]; whole: Sentence } => {
    const whole = continues(facts, sentence) ? joined(sentence, facts) : facts;
    const { own, cues } = ownFeatures(whole, lexicon);
    if (whole !== facts) own.push('cont');
    const features = own.concat(cues.map((name) => 'c' + name));
    features.push(`@i${bucket(index + 1, 12)}`);
    if (index > 0) features.push(`gap${facts.lineFeeds}`);
    for (const name of REMEMBERED) {
      const last = seen.get(name);
      features.push(`@s${name}${last === undefined ? 'X' : bucket(index - last + 1, 6)}`);
    }
    if (facts.item || (announced && facts.lineFeeds > 0)) for (const feature of intro) features.push(feature);
    if (quoted && facts.lineFeeds < 2) features.push('quoted');
    return { features, own, cues, whole };
  };

  return {
    add(facts) {
      const { features, own, cues, whole } = read(facts);
      sentence = whole;
      if (!facts.item && !facts.fenced && (index === 0 || facts.lineFeeds > 0))
        intro = own
          .filter((f) => f.startsWith('u') || f.startsWith('^') || f.startsWith('$'))
          .concat(cues.map((name) => 'c' + name))
          .map((feature) => FROM_ABOVE + feature)
          .filter((feature) => lexicon === null || lexicon.knows(feature));
      announced = /:(?:\*\*)?$/.test(facts.text);
      quoted = !facts.fenced && quotesAfter(facts.text, quoted && facts.lineFeeds < 2);
      for (const name of cues) if (REMEMBERED.has(name)) seen.set(name, index);
      index++;
      return features;
    },
    peek: (facts) => read(facts).features,
  };
}

/** Whether a quotation is open after the text, if it was or was not before. */
function quotesAfter(text: string, open: boolean): boolean {
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') open = !open;
    else if (char === '“') open = true;
    else if (char === '”') open = false;
  }
  return open;
}

type Sentence = Pick<StepFacts, 'lower' | 'text' | 'item' | 'fenced'>;

/** A sentence is followed no further than this many code units. */
const LONGEST_SENTENCE = 600;

/** Whether a step is the rest of a sentence that was broken over lines or cut in two: its kind is that of the sentence. */
function continues(facts: StepFacts, before: Sentence | null): before is Sentence {
  return (
    before !== null &&
    facts.lineFeeds < 2 &&
    !before.fenced &&
    before.text.length < LONGEST_SENTENCE &&
    /^[a-z]/.test(facts.text) &&
    /[a-z,]$/i.test(before.text) &&
    !/[={};]|\(\)/.test(facts.text) &&
    !/[={};]|\(\)/.test(before.text)
  );
}

function joined(before: Sentence, { lower, text }: StepFacts): Sentence {
  return { lower: `${before.lower} ${lower}`, text: `${before.text} ${text}`, item: before.item, fenced: false };
}

/** Twice the binary logarithm of `n`, rounded down, at most `most`: by comparison, so that it is the same everywhere. */
function bucket(n: number, most: number): number {
  let b = 0;
  for (let limit = 2; b < most && n * n >= limit; limit *= 2) b++;
  return b;
}

function ownFeatures({ lower, text, item, fenced }: Sentence, lexicon: Lexicon | null): { own: string[]; cues: string[] } {
  const tokens = tokensOf(lower);
  const own: string[] = [];
  const n = tokens.length;
  for (let i = 0; i < n; i++)
    if (lexicon === null) addAll(own, tokens, i);
    else addKnown(own, tokens, i, lexicon);
  const first = tokens[0];
  const last = tokens[n - 1];
  if (first !== undefined && last !== undefined) own.push('^1' + first, '$1' + last);
  if (n > 1) own.push('^2' + tokens.slice(0, 2).join(' '), '$2' + tokens.slice(-2).join(' '));
  if (n > 2) own.push('^3' + tokens.slice(0, 3).join(' '));
  own.push(`len${lengthBucket(text.length)}`, `sym${symbolShare(text)}`);
  if (item) own.push('item');
  if (fenced) own.push('fence');
  const cues = [];
  for (const [name, cue] of CUES) if (cue.test(lower)) cues.push(name);
  return { own, cues };
}

/** One, two and three tokens from `i` on. */
function addAll(own: string[], tokens: readonly string[], i: number): void {
  WORDS_IN_A_ROW.forEach((prefix, more) => {
    if (i + more < tokens.length) own.push(prefix + tokens.slice(i, i + more + 1).join(' '));
  });
}

function addKnown(own: string[], tokens: readonly string[], i: number, lexicon: Lexicon): void {
  let at: Lexicon['words'] | undefined = lexicon.words;
  for (let j = i; j < tokens.length; j++) {
    at = at.next?.get(tokens[j] as string);
    if (at === undefined) return;
    if (at.feature !== null) own.push(at.feature);
  }
}

function tokensOf(lower: string): string[] {
  const tokens = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(lower); found !== null && tokens.length < TOKENS; found = TOKEN.exec(lower)) {
    const char = found[0].charCodeAt(0);
    tokens.push(char >= 48 && char <= 57 ? '0' : found[0]);
  }
  return tokens;
}

/** One and a half times the binary logarithm of the length, by comparison. */
function lengthBucket(length: number): number {
  const n = length + 1;
  let b = 0;
  for (let limit = 4; b < 18 && n * n * n >= limit; limit *= 4) b++;
  return b;
}

/** How much of the text are signs of code, in steps of a twenty-fifth, at most 5. */
function symbolShare(text: string): number {
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x3d:
      case 0x28:
      case 0x29:
      case 0x7b:
      case 0x7d:
      case 0x5b:
      case 0x5d:
      case 0x3b:
      case 0x5f:
      case 0x3c:
      case 0x3e:
      case 0x60:
        n++;
    }
  }
  return Math.min(5, Math.floor((n * 25) / Math.max(1, text.length)));
}
