import { changedLines } from '../drafts.ts';
import { clip } from '../phrase.ts';
import type { Quantity } from '../quantities.ts';
import { isUnit, isUnitWord, plainNumber, quantitiesIn, sameQuantity } from '../quantities.ts';
import { termsOf } from '../terms.ts';
import type { Value } from '../values.ts';
import { answerValue, keyOf, mentions, sameValue, valuesIn } from '../values.ts';
import type { Finder, Ground } from './ground.ts';
import { whole } from './ground.ts';
import { sentence } from './sentences.ts';

/** Steps at the end in which the reasoning's own result is looked for. */
const TAIL = 10;
/** A value that occurs in the last so many UTF-16 code units of the reasoning is no contradiction of it. */
const NEAR = 300;

/** UTF-16 code units of an answer that is one result. */
const LONGEST = 80;

/** Of the answers with a line that differs from its last draft an annotator had a contradiction in 10 of 11; the rules were made on these. */
const REWRITTEN = 0.75;
/** Lines that are quoted, at most. */
const QUOTED = 3;

/** The answer gives another result than the one that the reasoning ends on, or a line of its code otherwise than it was drafted. */
export const findContradictions: Finder = (ground) => {
  if (!ground.ended || ground.cutOff || ground.facts.length === 0) return [];
  const result = otherResult(ground);
  return [...(result.length > 0 ? result : otherDecision(ground)), ...otherCode(ground)];
};

/** Of 632 chains in which no such thing was meant none is told; what is told of those made up for it is right. */
const DECIDED = 0.7;
/** Says outright what it is to be. */
const DECIDES =
  /^(?:so|therefore|thus|hence)\b.{0,30}$|\b(?:answer|should be|must be|(?:let's|i'll|we'll|i will|we will) (?:use|go|take|set|make|say|answer)|settle|decid\w+|go with)\b/;
/** Versions and orders are named for many reasons. */
const SETTLES =
  /\b(?:answer|should be|must be|(?:let's|i'll|we'll|i will|we will) (?:use|go|take|set|say|answer)|settle|decid\w+|go with)\b/;
const VAGUE =
  /\b(?:maybe|perhaps|could|might|about|around|roughly|approx\w*|nearly|almost|up to|less than|more than|fewer than|over|under|at least|at most|within|if|likely|probably|or|instead of|rather than|not|than|from)\b|[?？~≈<>≤≥]/;
const YES_NO = /\b(?:answer|reply) (?:is|should be|would be|must be)(?: simply| therefore|:)? ["'*]*(yes|no)(?=["'*]*\s*(?:[.,;:!]|$))/;

/** What the reasoning decided last of a quantity, or whether, where the answer says another and nothing of this one. */
function otherDecision(ground: Ground): ReturnType<Finder> {
  const told = quantitiesIn(ground.answer);
  const lasts = lastOf(ground, new Set(told.map(({ of }) => of)));
  for (const [i, quantity] of told.entries()) {
    const { of, value } = quantity;
    if (told.some((other, j) => other.of === of && (!sameQuantity(other, quantity) || j < i))) continue;
    const last = lasts.get(of);
    if (last === undefined || sameQuantity(last.quantity, quantity) || has(ground.answer, last.quantity.value)) continue;
    const { step, quantity: was } = last;
    const { text = '', lower = '' } = ground.facts[step] ?? {};
    const kind = ground.steps[step]?.kind;
    if (kind === 'example' || kind === 'doubt' || kind === 'check') continue;
    // what the prompt gives may be said again without being decided
    if (kind !== 'conclude' && kind !== 'answer' && kind !== 'revise' && has(ground.prompt, was.value)) continue;
    if (!(isUnit(of) ? DECIDES : SETTLES).test(lower) || VAGUE.test(lower)) continue;
    if (ground.facts.slice(step).some((f) => has(f.text, value)) || !sameTopic(ground, last, quantity)) continue;
    return [decided(ground, step, text.slice(was.start, was.end), quantity)];
  }
  const says = /^[\s*_#>"']*(yes|no)(?=["'*]*\s*(?:[.,;:!]|$))/i.exec(ground.answer);
  for (let i = ground.facts.length - 1; says !== null && i >= Math.max(0, ground.facts.length - TAIL); i--) {
    const said = YES_NO.exec(ground.facts[i]?.lower ?? '')?.[1];
    if (said === undefined) continue;
    const end = says[0].length;
    const word = says[1] ?? '';
    if (said === word.toLowerCase() || VAGUE.test((ground.facts[i]?.lower ?? '').replace(YES_NO, ''))) break;
    return [decided(ground, i, said, { start: end - word.length, end })];
  }
  return [];
}

function decided(ground: Ground, step: number, was: string, { start, end }: Pick<Quantity, 'start' | 'end'>): ReturnType<Finder>[number] {
  return {
    kind: 'contradiction',
    steps: [step],
    confidence: DECIDED,
    message: sentence('inconsistent', was, ground.answer.slice(start, end)),
    quotes: [whole(ground, step), { in: 'answer', start, end }],
  };
}

/** Steps before a short decision ("So 15 seconds.") that tell what it is about. */
const BEFORE_IT = 3;

/** Whether what was decided and the sentence of the answer speak of the same thing: the unit alone is that of many. */
function sameTopic(ground: Ground, { step }: Spoken, { of, start, end }: Quantity): boolean {
  if (!isUnit(of) && of !== 'O') return true;
  const sentence =
    (/[^.;!?\n]*$/.exec(ground.answer.slice(Math.max(0, start - 300), start))?.[0] ?? '') +
    (/^[^.;!?\n]*/.exec(ground.answer.slice(end, end + 300))?.[0] ?? '');
  const words = (terms: Iterable<string>): string[] => [...terms].filter((term) => !/^\d/.test(term) && !isUnitWord(term));
  const own = words(ground.notes[step]?.terms ?? []);
  const context = new Set(own);
  if (own.length <= 1) {
    for (let i = Math.max(0, step - BEFORE_IT); i < step; i++) for (const term of words(ground.notes[i]?.terms ?? [])) context.add(term);
    for (const term of words(termsOf(ground.prompt.slice(-2000)))) context.add(term);
  }
  return words(termsOf(sentence)).some((term) => context.has(term));
}

interface Spoken {
  readonly step: number;
  readonly quantity: Quantity;
}

/** For each of what is counted the last step that speaks of it; those that this step gives several values are left out. */
function lastOf(ground: Ground, wanted: ReadonlySet<string>): ReadonlyMap<string, Spoken> {
  const last = new Map<string, Spoken>();
  const seen = new Set<string>();
  for (let step = ground.facts.length - 1; step >= 0 && seen.size < wanted.size; step--) {
    const here = quantitiesIn(ground.facts[step]?.text ?? '').filter(({ of }) => wanted.has(of) && !seen.has(of));
    for (const quantity of here) {
      seen.add(quantity.of);
      if (here.every(({ of, value }) => of !== quantity.of || value === quantity.value)) last.set(quantity.of, { step, quantity });
    }
  }
  return last;
}

/** Whether a number, or an order, stands in a text. */
function has(text: string, value: string): boolean {
  if (!/^[\d.]+$/.test(value)) return quantitiesIn(text).some((quantity) => quantity.value === value);
  return text
    .replace(/(\d),(?=\d{3})/g, '$1')
    .split(/[^\d.,]+/)
    .some((number) => plainNumber(number.replace(/^[.,]+|[.,]+$/g, '')) === value);
}

function otherCode(ground: Ground): ReturnType<Finder> {
  const changed = changedLines(ground);
  const [first] = changed;
  if (first === undefined) return [];
  const args = apart(first.draft.text, first.answer.text);
  return [
    {
      kind: 'contradiction',
      steps: [...new Set(changed.map(({ step }) => step))].sort((a, b) => a - b),
      confidence: REWRITTEN,
      message:
        changed.length === 1
          ? sentence('rewritten', ...args)
          : changed.length === 2
            ? sentence('rewrittenOne', ...args, 1)
            : sentence('rewrittenMany', ...args, changed.length - 1),
      quotes: changed.slice(0, QUOTED).flatMap(({ draft, answer }) => [
        { in: 'reasoning' as const, start: draft.start, end: draft.end },
        { in: 'answer' as const, start: answer.start, end: answer.end },
      ]),
    },
  ];
}

/** Code units of a line that a sentence shows, and of those before the difference. */
const SHOWN = 80;
const BEFORE = 30;

/** Two lines as a sentence tells them: so much of each that the difference is seen. */
function apart(draft: string, answer: string): readonly [string, string] {
  let same = 0;
  while (same < draft.length && draft[same] === answer[same]) same++;
  const from = Math.max(draft.length, answer.length) > SHOWN ? Math.max(0, same - BEFORE) : 0;
  const tell = (line: string): string => (from > 0 ? '…' : '') + clip(line.slice(from), SHOWN).replaceAll('`', "'");
  return [tell(draft), tell(answer)];
}

function otherResult(ground: Ground): ReturnType<Finder> {
  const n = ground.facts.length;
  const answer = answerValue(ground.answer);
  // a longer one is structured output, whose parts are drawn one by one
  if (answer === null || answer.key === '' || answer.raw.length > LONGEST) return [];
  const own = conclusions(ground);
  const same = own.some(({ value }) => sameValue(value, answer));
  if (same) return [];
  const last = own.at(-1);
  const near = normal(
    ground.facts
      .slice(-TAIL)
      .map((f) => f.text)
      .join(' '),
  )
    .slice(-NEAR)
    .includes(answer.key);
  if (last === undefined) {
    // the reasoning words its result: only an answer that it never mentions speaks against it
    if (!isLiteral(answer) || answer.key.includes('\\') || mentions(ground.prompt, answer.key)) return [];
    if (ground.facts.some((f) => mentions(f.text, answer.key))) return [];
    return [draft(ground, answer, null, n - 1, 0.75)];
  }
  if (answer.option !== last.value.option) return [];
  if (near && !last.sure) return [];
  // "returns ['a', 'b']" may speak of a step on the way: trust only what is called the answer, or an answer that is nowhere
  const nowhere = !ground.facts.slice(-40).some((f) => mentions(f.text, answer.key));
  if (!last.sure && !nowhere) return [];
  if (!isLiteral(answer) && !answer.option && !nowhere) return [];
  if (answer.key.includes('\\') || last.value.key.includes('\\')) return [];
  return [draft(ground, answer, last.value, last.step, last.sure ? 0.9 : 0.75)];
}

interface Conclusion {
  readonly value: Value;
  readonly step: number;
  /** It is called the answer. */
  readonly sure: boolean;
}

function conclusions(ground: Ground): Conclusion[] {
  const found: Conclusion[] = [];
  for (let i = Math.max(0, ground.facts.length - TAIL); i < ground.facts.length; i++) {
    const text = ground.facts[i]?.text ?? '';
    for (const value of valuesIn(text)) {
      if (value.key === '') continue;
      const lead = text.slice(value.start, value.end);
      found.push({
        value,
        step: i,
        sure:
          (/answer|boxed|assert|==|correct|output|expect/i.test(lead) || i >= ground.facts.length - 2) &&
          !/\?/.test(text.slice(value.end, value.end + 2)),
      });
    }
  }
  return found;
}

function isLiteral({ raw }: Value): boolean {
  return /^(?:['"[{(b-]|\d|True|False|None|true|false|null)/.test(raw.trim());
}

function normal(text: string): string {
  return keyOf(text);
}

function draft(ground: Ground, answer: Value, concluded: Value | null, step: number, confidence: number): ReturnType<Finder>[number] {
  return {
    kind: 'contradiction',
    steps: [step],
    confidence,
    message:
      concluded === null
        ? sentence('neverMentioned', clip(answer.raw, 60))
        : sentence('inconsistent', clip(concluded.raw, 60), clip(answer.raw, 60)),
    quotes: [whole(ground, step), { in: 'answer', start: answer.start, end: answer.end }],
  };
}
