import { bare, clauseEnd, inner } from '../phrase.ts';
import type { StepFacts } from '../step-facts.ts';
import type { Draft, Finder } from './ground.ts';
import { eachStep, part, whole } from './ground.ts';
import { termsOf } from '../terms.ts';
import { sentence } from './sentences.ts';

/** Says that something is assumed, and introduces it. What is said not to be assumed is not meant. */
const CUE =
  /(?<!(?:n't|n’t|not|cannot|never|without|an|the|my|this|that|of) )\b(?:(?:i|we|let's|let me|to)(?:'ll| will|'m going to| can| could| have to| must| should| am)? (?:just |also )?)?(?:assum(?:e|es|ing)|presume)\b(?: that\b(?!['’]))?[,:]?\s*|\b(?:the|under the|on the) assumption (?:is|here is|that)(?: that\b(?!['’]))?[,:]?\s*|\b(?:i'll|i will) take it that\s+|\bpresumably\b[,:]?\s*/i;
/** "It is probably a list" takes a list for granted as well. */
const GUESS = /\b(?:probably|likely|must be|should be|i think|perhaps|maybe|seems?(?: like| to)?|i guess)\b/i;

/** Said outright; of such steps 84 % (with "assuming" 66 %) were in an annotator's finding. */
const DECIDES =
  /\b(?:i(?:'ll| will| have to| must| can|'m going to)?|let's|let me|we(?:'ll| can| will)?) (?:just )?assum(?:e|ing)|\bassuming\b/i;
/** An assumption within the mathematics of the task is a step of it. */
const ABOUT_TEXT = /\bassum(?:e|ing) (?:that )?(?:[a-z] ?[=<>]|the (?:problem|contrary)|for contradiction)/;

/** Something that the prompt does not say is taken as given. */
export const findAssumptions: Finder = (ground) => {
  const drafts: Draft[] = [];
  const used = new Set<number>();
  const isGiven = createGiven(ground.promptLower);
  eachStep(ground, (facts, step, i) => {
    const cue = facts.fenced || step.kind === 'example' ? null : DECIDES.exec(facts.text);
    if (cue === null || ABOUT_TEXT.test(facts.lower)) return;
    const said = statement(facts);
    if (said?.sure !== true) return;
    const given = isGiven(said.what);
    if (given === 'said') return;
    for (let j = i - 1; j <= i + 1; j++) used.add(j);
    drafts.push({
      kind: 'assumption',
      steps: [i],
      confidence: /^assuming/i.test(cue[0]) ? 0.66 : 0.84,
      message: told(said, given === 'unsaid'),
      quotes: [part(facts, said.from, said.to)],
    });
  });
  for (const { steps, peak, confidence } of ground.judge('assumption')) {
    // the words that say it may stand in a neighbour
    const at = [peak, ...steps].find((i) => CUE.test(ground.facts[i]?.text ?? '')) ?? peak;
    const facts = ground.facts[at];
    if (facts === undefined || steps.some((i) => used.has(i))) continue;
    const said = statement(facts);
    if (said === null) continue;
    const given = isGiven(said.what);
    if (given === 'said') continue;
    drafts.push({
      kind: 'assumption',
      steps,
      confidence: said.sure ? Math.min(0.9, confidence + 0.1) : confidence,
      message: told(said, given === 'unsaid'),
      quotes: [part(facts, said.from, said.to), ...(at === peak ? [] : [whole(ground, peak)])],
    });
  }
  return drafts;
};

interface Statement {
  readonly what: string;
  /** UTF-16 offsets into the step's text. */
  readonly from: number;
  readonly to: number;
  /** It is said outright that this is assumed. */
  readonly sure: boolean;
}

/** Before the words: then nothing is assumed, or only for the sake of argument. */
const DENIED =
  /(?:n['’]t|\bnot|\bnever|\bnobody|\bno need to|\bwrong to|\bunsafe to|cannot)(?: \w+){0,2} $|\b(?:if|should|do|does|can|could) (?:i|we)? ?$/i;
/** A statement of fewer words names nothing. */
const WORDS = 3;
/** What is assumed ends before what is drawn from it. */
const DRAWN = /, (?:so|then|thus|therefore|which means|and then|but)\b/;
/** Points back at what was said before. */
const EMPTY =
  /^(?:that|this|it|so)(?:['’]s| is)? ?(?:the case|correct|so|true|fine|okay|right|it|an? (?:reasonable |safe )?assumption)?\b[^a-z]*(?:,|$)/i;
const VERB =
  /^(?:they|we|you|he|she|it|there) |\b(?:is|are|was|were|be|been|has|have|had|can|will|would|should|must|may|might|does|do|did|\w+n't|\w{2,}(?:ed|es|s))\b|['’](?:s|re|ll|ve)\b/;

/** What is assumed: the clause after the words that say so, or the first one that guesses; null where neither names anything. */
function statement({ text, fenced }: StepFacts): Statement | null {
  if (fenced) return null;
  const cue = CUE.exec(text);
  if (cue !== null && !DENIED.test(text.slice(0, cue.index)) && !/[?？]\s*$/.test(text)) {
    const from = cue.index + cue[0].length;
    let to = clauseEnd(text, from);
    const open = unopened(text.slice(from, to));
    if (open >= 0) to = from + open;
    const drawn = text.slice(from, to).search(DRAWN);
    if (drawn >= 0 && text.slice(from, from + drawn).split(' ').length >= WORDS) to = from + drawn;
    const clause = inner(text.slice(from, to));
    // "the labels, which I assume is a list"
    const subject = /^(?:is|are|was|were|has|have|will|would|should|can|contains?|returns?)\b/.test(clause)
      ? subjectBefore(text.slice(0, cue.index))
      : '';
    const what = subject === null ? '' : subject + clause;
    if (what.split(' ').length >= WORDS && !EMPTY.test(what)) return { what, from: cue.index, to, sure: true };
  }
  const guess = GUESS.exec(text);
  let from = 0;
  for (let end = clauseEnd(text, 0, 400); guess !== null && end < guess.index; end = clauseEnd(text, from, 400)) from = end + 1;
  const to = clauseEnd(text, from, 200);
  const what = inner(bare(text.slice(from, to)), 120);
  return what.split(' ').length >= WORDS ? { what, from, to, sure: false } : null;
}

/** UTF-16 code units of the prompt's end that are searched. */
const SEARCHED = 100_000;
const NEGATED = /\b(?:no|not|never|without|cannot|none|neither|nor)\b|n['’]t\b/;

/** What the prompt says of something: all in so many words, nothing, or what cannot be told. */
type Given = 'said' | 'unsaid' | 'unclear';
/** Sentences with the rarest of the terms that are looked at: a prompt may be made of one word. */
const MOST_SENTENCES = 200;

interface Sentence {
  readonly text: string;
  readonly terms: ReadonlySet<string>;
  readonly negated: boolean;
}

/** Looks for the terms of something in one sentence of the prompt that denies what it denies. Two terms may be there for another reason. */
function createGiven(promptLower: string): (what: string) => Given {
  if (promptLower.trim() === '') return () => 'unclear';
  let places: Map<string, Sentence[]> | null = null;
  return (what) => {
    const lower = what.toLowerCase();
    const terms = [...new Set(termsOf(lower))];
    if (terms.length < 2) return 'unsaid';
    places ??= sentencesByTerm(promptLower.slice(-SEARCHED));
    let fewest: readonly Sentence[] = places.get(terms[0] as string) ?? [];
    for (const term of terms) {
      const of = places.get(term) ?? [];
      if (of.length < fewest.length) fewest = of;
    }
    const negated = NEGATED.test(lower);
    const alike = fewest.slice(-MOST_SENTENCES).filter((said) => said.negated === negated && terms.every((term) => said.terms.has(term)));
    if (alike.length === 0) return 'unsaid';
    return terms.length > 2 || alike.some(({ text }) => text.includes(lower)) ? 'said' : 'unclear';
  };
}

function sentencesByTerm(text: string): Map<string, Sentence[]> {
  const places = new Map<string, Sentence[]>();
  for (const sentence of text.split(/[.!?;]\s|\n/)) {
    const said = { text: sentence, terms: new Set(termsOf(sentence)), negated: NEGATED.test(sentence) };
    for (const term of said.terms) {
      const of = places.get(term);
      if (of === undefined) places.set(term, [said]);
      else of.push(said);
    }
  }
  return places;
}

/** Offset of a bracket that closes what was not opened in the text; -1: none. */
function unopened(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth < 0) return i;
  }
  return -1;
}

/** What a relative clause belongs to, with a space after it; null where that cannot be told. */
function subjectBefore(text: string): string | null {
  const noun = /((?:\b(?:the|a|an|its|their|this) )?[\w.`'"[\]()]+),? (?:which|that) ?(?:is |are )?$/.exec(text)?.[1];
  return noun === undefined || /^(?:which|that|and|so|then|i|we)$/i.test(noun) ? null : `${noun} `;
}

/** Says what is assumed; that the prompt does not say so only where that is known. */
function told({ what, sure }: Statement, known: boolean): string {
  if (!sure) return sentence(known ? 'takesAsGiven' : 'takes', what);
  if (VERB.test(what)) return sentence(known ? 'assumes' : 'assumesAlone', what);
  return sentence(known ? 'assumesThing' : 'assumesThingAlone', what);
}
