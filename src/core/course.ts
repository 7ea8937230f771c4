import type { Analysis, Finding } from './analysis.ts';
import { SURE } from './first-answer.ts';

/** The way of a reasoning to its answer, in plain figures. Shares are of the steps' text, 0 to 1. */
export interface Course {
  /** Index of the step where the final answer is first reached; null where that is not known. */
  readonly first: number | null;
  /** Share of the text that stands before that step; 0 without one. */
  readonly before: number;
  /** Share of the text that comes after the answer was reached; 0 without such a step. */
  readonly after: number;
  /** Whether it is a finding that is shown that what came after changed nothing. */
  readonly idle: boolean;
  /** Share of the text that goes over what was said before. */
  readonly repetition: number;
}

/** The same figures wherever they are shown: in the view, on the command line, in the picture of a trace. */
export function courseOf({ steps, findings, firstAnswer }: Pick<Analysis, 'steps' | 'findings' | 'firstAnswer'>): Course {
  const length = Math.max(1, steps.at(-1)?.end ?? 0);
  const reached = firstAnswer === null ? undefined : steps[firstAnswer];
  const settled = findings.find(({ kind }) => kind === 'settled-early');
  // a draft may take several steps: the finding counts from the last of them, and two figures for one thing would confuse
  const last = steps[settled?.steps.at(-1) ?? -1] ?? reached;
  // a draft that may not be the answer is no place to name as a fact
  const known = reached !== undefined && last !== undefined && (settled?.confidence ?? 1) >= SURE;
  return {
    first: known ? firstAnswer : null,
    before: known ? reached.start / length : 0,
    after: known ? 1 - last.end / length : 0,
    idle: known && settled?.shown === true,
    repetition: repetitionOf({ steps, findings }),
  };
}

/** The steps that are found to repeat others, in order. */
export function repeatedSteps(findings: readonly Finding[]): readonly number[] {
  const steps = findings.filter(({ kind }) => kind === 'repetition').flatMap((finding) => finding.steps);
  return [...new Set(steps)].sort((a, b) => a - b);
}

function repetitionOf({ steps, findings }: Pick<Analysis, 'steps' | 'findings'>): number {
  const sizeOf = (i: number): number => (steps[i]?.end ?? 0) - (steps[i]?.start ?? 0);
  const all = steps.reduce((sum, { start, end }) => sum + end - start, 0);
  return repeatedSteps(findings).reduce((sum, i) => sum + sizeOf(i), 0) / Math.max(1, all);
}

/** A share, 0 to 1, in whole percent. */
export function percentOf(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 100);
}
