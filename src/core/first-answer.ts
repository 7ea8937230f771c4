import type { Step } from './analysis.ts';
import type { Judged } from './findings/scored.ts';
import type { StepFacts } from './step-facts.ts';
import { termsOf } from './terms.ts';
import type { Value } from './values.ts';
import { answerValue, keyOf, mentions, valuesIn } from './values.ts';

/** Steps at the end of the reasoning in which its own last word on the result is looked for. */
const TAIL = 12;
/** Code units, spaces left out, that may follow a value where it is drawn. */
const AFTER = 30;
const UNSURE =
  /[?？]["')*]*\s*$|^(?:so |but |and |or |wait,? |hmm,? )*(?:if|suppose|maybe|perhaps|what if|could|assum)|\b(?:might|maybe|perhaps|could)\b/;
const DRAWS =
  /^(?:(?:and|but|wait|yes|okay|ok|hmm),? )*(?:so|thus|therefore|hence|that's|that is|that matches|that gives|that would|this matches|this is|this gives|answer|the (?:final |correct )?answer|which)\b/;

/** The result that the reasoning itself ends on; null when it names none. */
export function lastValueOf(facts: readonly StepFacts[]): Value | null {
  for (let i = facts.length - 1; i >= Math.max(0, facts.length - TAIL); i--) {
    const f = facts[i];
    const value = f === undefined ? undefined : valuesIn(f.text).at(-1);
    if (f !== undefined && value !== undefined) return { ...value, start: value.start + f.start, end: value.end + f.start };
  }
  return null;
}

/** From this confidence on, a draft that was learned to be the answer is where it is reached: what is shown as settled early says the same. */
export const SURE = 0.5;

/**
 * Index of the step where the final answer is first reached. For an answer that is a value: the first step that draws it
 * as a conclusion. `settled` is where the answer was probably first drafted, if anywhere.
 */
export function firstAnswerOf(
  steps: readonly Step[],
  facts: readonly StepFacts[],
  prompt: string,
  answer: string,
  settled: Judged | undefined,
): number | null {
  const drafted = settled === undefined ? null : draftedAt(settled, steps, facts);
  const given = answerValue(answer);
  if (settled !== undefined && settled.confidence >= SURE && !isNumberOrOption(given)) return drafted;
  const value = given ?? lastValueOf(facts);
  if (value !== null && value.key !== '') {
    const reached = firstDrawn(facts, value, new Set(termsOf(question(prompt))));
    if (reached !== null) return reached;
  }
  if (drafted !== null) return drafted;
  const first = steps.findIndex((step) => step.kind === 'answer');
  return first < 0 ? null : first;
}

/** Of the steps that settle an answer the first that draws or drafts it; a line that leads in ("the code would be:") is none. */
export function draftedAt({ steps: of }: Judged, steps: readonly Step[], facts: readonly StepFacts[]): number {
  const leadsIn = (i: number): boolean => /[:：]\s*$/.test(facts[i]?.text ?? '');
  const draws = (i: number): boolean => steps[i]?.kind === 'conclude' || steps[i]?.kind === 'answer' || facts[i]?.fenced === true;
  return of.find((i) => !leadsIn(i) && draws(i)) ?? of.find((i) => !leadsIn(i)) ?? of[0] ?? 0;
}

/** Numbers, formulas and options are drawn in a sentence of their own; what else an answer is, code or a literal, is drafted. */
export function isNumberOrOption(value: Value | null): boolean {
  return value !== null && (value.option || /^-?[\d.,/]+$|\\/.test(value.key));
}

function firstDrawn(facts: readonly StepFacts[], value: Value, asked: ReadonlySet<string>): number | null {
  const option = optionOf(value);
  for (const [i, f] of facts.entries()) {
    if (f.fenced || UNSURE.test(f.lower)) continue;
    if (option === null ? drawsValue(f, value, asked) : drawsOption(f, option)) return i;
  }
  return null;
}

function optionOf({ raw, option }: Value): string | null {
  return option ? (/[A-H]/.exec(raw)?.[0] ?? null) : null;
}

function drawsOption({ text, lower }: StepFacts, letter: string): boolean {
  return (
    (DRAWS.test(lower) &&
      new RegExp(
        `\\b(?:[Oo]ption|[Aa]nswer|[Cc]hoice|choose)(?: (?:is|must be|should be|would be|to be|likely|option))*:? *\\(?${letter}\\b`,
      ).test(text)) ||
    new RegExp(
      `(?:[Aa]nswer|[Cc]hoice|option) (?:is|should be|would be|must be):? (?:option )?\\(?${letter}\\b|\\b${letter} is the (?:correct |right |best )?(?:answer|choice|option)|which is option ${letter}\\b|boxed\\{(?:\\\\text\\{)?${letter}\\b`,
    ).test(text)
  );
}

function drawsValue(f: StepFacts, value: Value, asked: ReadonlySet<string>): boolean {
  if (valuesIn(f.text).some((v) => v.key === value.key && /answer|boxed|result|output|correct|assert/i.test(f.text.slice(v.start, v.end))))
    return true;
  if (!DRAWS.test(f.lower) || !holds(f.text, value)) return false;
  if (/\banswer\b|\bresult\b|\boutput\b|\breturns?\b/.test(f.lower)) return true;
  let shared = 0;
  for (const term of new Set(termsOf(f.text))) if (asked.has(term) && !/^\d/.test(term)) shared++;
  return shared >= 1;
}

/** Whether the value stands in the text as a thing of its own, towards its end. */
function holds(text: string, value: Value): boolean {
  if (/^-?[\d.]+$/.test(value.key)) {
    const plain = text.replace(/(\d),(?=\d{3})/g, '$1');
    return new RegExp(`(?:^|[^\\w.])${value.key.replace(/[.-]/g, '\\$&')}(?![\\w]|\\.\\d)[^\\d=]{0,60}$`).test(plain);
  }
  const plain = keyOf(text);
  const at = plain.lastIndexOf(value.key);
  // a quoted word within a list is the list's
  if (at < 0 || plain.length - at - value.key.length > AFTER || /[[(,]/.test(plain.charAt(at - 1))) return false;
  return mentions(text, value.key);
}

/** The last sentences of the prompt that ask, options and examples left out. */
function question(prompt: string): string {
  const asking = prompt
    .slice(-4000)
    .match(/[^.?!\n]*\b(?:find|what|how|which|determine|compute|calculate|number of|remainder)\b[^?!\n]*/gi);
  return asking?.slice(-2).join(' ') ?? prompt.slice(-300);
}
