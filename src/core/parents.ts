import type { Signs } from './kinds/label.ts';
import { KIND_TASKS } from './signs/tasks.ts';
import type { Forest } from './signs/trees.ts';
import { readForest, scoreOf } from './signs/trees.ts';
import { FORESTS } from './signs/weights.ts';
import type { StepFacts } from './step-facts.ts';

/** What is known of a step that others may build on, and of one that builds on others. */
export interface Stand {
  readonly facts: StepFacts;
  readonly terms: ReadonlySet<string>;
  readonly signs: Signs;
  /** Share of its pairs of words that are in the prompt, 0 to 1. */
  readonly given: number;
  /** How it begins, once that was looked at: many later steps are held against it. */
  readonly opening?: number;
}

/** Steps back in which a step is looked for that shares words. */
const REACH = 30;
/** The steps right before it that are always weighed. */
const NEAR = 3;
/** Below this score (thousandths of a logit) a step builds on nothing but the prompt, as far as can be told. */
const FLOOR = 650;

/** How a step begins: each is weighed on its own. */
const OPENINGS: readonly RegExp[] = [
  /^(?:(?:wait|hmm|but|or|so),? )*(?:alternatively|another (?:way|approach|option|idea|possibility)|or (?:maybe|perhaps))\b/,
  /^(?:and |but )?(?:also|additionally|furthermore|moreover|similarly|next|likewise)\b/,
  /^(?:so|thus|therefore|hence|then|that's|that is|this|which|because)\b/,
  /^(?:wait|hmm|but|however|hold on|actually|no)\b/,
  /\b(?:let me|let's|i(?:'ll| need to| should| can| could| will)|we (?:need to|should|can))\b/,
  /\b(?:the (?:question|problem|prompt|user|docstring|task|statement|options?|answer choices)|given|option [a-h]|we are given)\b/,
  /[?？]\s*$/,
  /:\s*$/,
];

/** The steps that step `n` may build on. */
export function candidates(all: readonly Stand[], step: Stand): readonly number[] {
  const n = all.length;
  const chosen = new Set<number>();
  for (let i = n - 1; i >= Math.max(0, n - NEAR); i--) chosen.add(i);
  let best = -1;
  let most = 0;
  let plan = -1;
  for (let i = n - 1; i >= Math.max(0, n - REACH); i--) {
    const other = all[i];
    if (other === undefined) continue;
    // even if it had all the terms it could not be the best any more
    const shared =
      Math.min(step.terms.size, other.terms.size) - 0.02 * (n - i) > most ? common(step.terms, other.terms) - 0.02 * (n - i) : 0;
    if (shared > most) {
      most = shared;
      best = i;
    }
    if (plan < 0 && openingOf(other) === 4) plan = i;
  }
  if (best >= 0) chosen.add(best);
  if (plan >= 0) chosen.add(plan);
  return [...chosen];
}

/** What is known of step `n` building on step `i`. */
export function parentVector(all: readonly Stand[], step: Stand, i: number): number[] {
  const n = all.length;
  const other = all[i];
  if (other === undefined) return [];
  let paragraphs = 0;
  for (let j = i + 1; j < n; j++) if (all[j]?.facts.opensParagraph === true) paragraphs++;
  if (step.facts.opensParagraph) paragraphs++;
  const shared = common(step.terms, other.terms);
  const vector = [
    n - i,
    Math.min(200, n),
    shared,
    Math.round((100 * shared) / Math.max(1, step.terms.size)),
    Math.min(20, paragraphs),
    Math.round(100 * step.given),
    Math.round(100 * other.given),
    openingOf(step),
    openingOf(other),
    (step.facts.item ? 1 : 0) + (other.facts.item ? 2 : 0),
    Math.min(80, step.facts.words.length),
    Math.min(80, other.facts.words.length),
  ];
  for (let t = 0; t < KIND_TASKS; t++) vector.push(step.signs[t] ?? 0);
  for (let t = 0; t < KIND_TASKS; t++) vector.push(other.signs[t] ?? 0);
  return vector;
}

function openingOf({ opening, facts }: Stand): number {
  return opening ?? OPENINGS.findIndex((words) => words.test(facts.lower));
}

function common(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let n = 0;
  for (const term of few) if (many.has(term)) n++;
  return n;
}

let forest: Forest | null = null;

/** Says what each step builds on: the earlier step that most likely carries it, or (null) nothing but the prompt. */
export interface Parents {
  /** What a step builds on that comes after all that were added, and after `before`, which may still change. */
  of(step: Stand, before?: Stand): number | null;
  add(step: Stand): void;
}

export function createParents(): Parents {
  const weights = (forest ??= readForest(FORESTS['parent'] ?? ''));
  const all: Stand[] = [];
  return {
    add: (step) => void all.push({ ...step, opening: openingOf(step) }),
    of(plain, before) {
      const step = { ...plain, opening: openingOf(plain) };
      if (before !== undefined) all.push({ ...before, opening: openingOf(before) });
      let best: number | null = null;
      let most = FLOOR;
      for (const i of candidates(all, step)) {
        const score = scoreOf(weights, parentVector(all, step, i));
        if (score > most || (score === most && best !== null && i > best)) {
          most = score;
          best = i;
        }
      }
      if (before !== undefined) all.pop();
      return best;
    },
  };
}
