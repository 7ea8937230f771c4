/** The words in which the analysis speaks. Offsets are UTF-16 code units, into the reasoning text or the answer text of a trace. */

export const KINDS = ['setup', 'plan', 'recall', 'work', 'example', 'doubt', 'check', 'revise', 'conclude', 'answer'] as const;
/** What a step does in the argument. */
export type Kind = (typeof KINDS)[number];

export const TAGS = [
  'branch',
  'check-start',
  'check-passed',
  'check-failed',
  'doubt',
  'error-admitted',
  'assumption',
  'alternative',
  'edge-case',
] as const;
export type Tag = (typeof TAGS)[number];

export const FINDING_KINDS = [
  'change-of-mind',
  'assumption',
  'open-doubt',
  'self-check',
  'rejected-alternative',
  'edge-case',
  'dropped-caveat',
  'contradiction',
  'not-in-reasoning',
  'error-admitted',
  'settled-early',
  'repetition',
  'mention-missing',
  'cut-off',
  'language-switch',
  'secret',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** A sentence or a fenced code block of the reasoning. Steps do not overlap; between two lies only white space. */
export interface Step {
  readonly start: number;
  readonly end: number;
  readonly kind: Kind;
  /** Probability that `kind` is right, 0 to 1. */
  readonly confidence: number;
  /** Index of the step that this one builds on. */
  readonly parent: number | null;
  readonly tags: readonly Tag[];
}

/** A stretch of steps that a reader would give a heading of its own. */
export interface Phase {
  /** Index of its first step. */
  readonly at: number;
  readonly title: string;
}

/** A place where the argument leaves one line and takes another. Indices of steps. */
export interface Branch {
  /** Where the line that is left began. */
  readonly from: number;
  /** Where it turns. */
  readonly at: number;
  /** Where the old line is taken up again. */
  readonly back: number | null;
  readonly reason: string;
}

export interface Quote {
  readonly in: 'reasoning' | 'answer';
  readonly start: number;
  readonly end: number;
}

/** Something that a developer would want pointed out. */
export interface Finding {
  readonly kind: FindingKind;
  readonly steps: readonly number[];
  /** Probability that a careful reader would agree, 0 to 1. */
  readonly confidence: number;
  /** Whether it is among the few shown by default. */
  readonly shown: boolean;
  /** One sentence that names the thing. */
  readonly message: string;
  /** Why it matters, in one sentence; the same for all findings of a kind unless there is more to say. */
  readonly why: string;
  readonly quotes: readonly Quote[];
}

/** A block of the answer and the steps behind it; no steps: nothing in the reasoning supports it. */
export interface Link {
  readonly block: { readonly start: number; readonly end: number };
  readonly steps: readonly number[];
  readonly score: number;
  /** The words that justify it. */
  readonly words: readonly string[];
}

export interface Behaviours {
  readonly alternative: boolean;
  readonly comparison: boolean;
  readonly ambiguity: boolean;
  readonly edgeCase: boolean;
  readonly flaw: boolean;
}

export interface Analysis {
  /** Name and version of what made this. */
  readonly analyser: string;
  readonly steps: readonly Step[];
  readonly phases: readonly Phase[];
  readonly branches: readonly Branch[];
  /** Ranked by use to somebody who must decide whether to trust the answer. */
  readonly findings: readonly Finding[];
  readonly links: readonly Link[];
  /** Index of the step where the final answer is first reached. */
  readonly firstAnswer: number | null;
  readonly behaviours: Behaviours;
}
