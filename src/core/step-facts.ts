import type { Step } from './analysis.ts';
import type { Span } from './segment.ts';

/** What several parts of the analysis want to know about a step; computed once, when the step is complete. */
export interface StepFacts {
  /** UTF-16 offsets into the reasoning. */
  readonly start: number;
  readonly end: number;
  /** Its text, or the first `LONGEST` code units of it. */
  readonly text: string;
  /** The same in lower case, white space folded to one space, typographic apostrophes made plain. */
  readonly lower: string;
  /** The words of `lower` in order: letters and apostrophes, no code and no numbers. */
  readonly words: readonly string[];
  /** Names as a programmer writes them (`snake_case`, `camelCase`, `a.b`, `f()`) and what stands in backticks. */
  readonly names: readonly string[];
  /** Numbers as written, thousands separators removed. */
  readonly numbers: readonly string[];
  /** A fenced block. */
  readonly fenced: boolean;
  /** A list item. */
  readonly item: boolean;
  /** Line feeds between the step before and this one, 2 for more; 0 for the first step. */
  readonly lineFeeds: 0 | 1 | 2;
  /** Begins a paragraph: an empty line, or nothing, stands before it. */
  readonly opensParagraph: boolean;
}

/** All that is known of a chain of thought when phases, findings and links are drawn from it. */
export interface Material {
  readonly steps: readonly Step[];
  /** What is known of each step: as many as `steps`. */
  readonly facts: readonly StepFacts[];
  readonly prompt: string;
  readonly answer: string;
  /** Nothing more will come. */
  readonly ended: boolean;
  readonly cutOff: boolean;
}

/** No rule needs more of a step than this many code units. */
const LONGEST = 4000;

const WORD = /\p{L}[\p{L}\p{M}']*/gu;
/** Something in backticks, or a word with what may make it a name: found in one pass, sorted out by `isName`. */
const NAME = /`([^`\n]{1,80})`|[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*(?:\(\)?)?/g;
const NUMBER = /(?<![\w.])[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?![\w])/g;

/** `gap` is the white space between the step before and this one; null at the beginning. */
export function factsOf({ start, end }: Span, whole: string, gap: string | null): StepFacts {
  const text = whole.length > LONGEST ? whole.slice(0, LONGEST) : whole;
  const lower = text.toLowerCase().replace(/[‘’ʼ]/g, "'").replace(/\s+/g, ' ');
  const fenced = /^(?:```|~~~)/.test(text);
  return {
    start,
    end,
    text,
    lower,
    words: lower.match(WORD) ?? [],
    names: namesIn(text),
    numbers: (text.match(NUMBER) ?? []).map((n) => n.replaceAll(',', '').replace('−', '-')),
    fenced,
    item: /^(?:[-*+•]\s|\d{1,3}[.)]\s)/.test(text),
    lineFeeds: gap === null || !gap.includes('\n') ? 0 : gap.indexOf('\n') === gap.lastIndexOf('\n') ? 1 : 2,
    opensParagraph: gap === null || gap.indexOf('\n') !== gap.lastIndexOf('\n'),
  };
}

function namesIn(text: string): string[] {
  const names = [];
  for (const [found, quoted] of text.matchAll(NAME)) {
    if (quoted !== undefined) names.push(quoted);
    else if (isName(found)) names.push(found.replace(/\(\)?$/, ''));
  }
  return names;
}

/** `snake_case`, `camelCase`, `PascalCase`, `a.b` or `f(`, but no word, no acronym and no two words around a full stop. */
function isName(found: string): boolean {
  if (found.length > 80) return false;
  return /[_$(]|[a-z][A-Z]|\w\.[a-z_$]/.test(found);
}
