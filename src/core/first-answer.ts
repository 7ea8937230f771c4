import type { Step } from './analysis.ts';

/** Index of the step where the final answer is first reached: the first one of the last line of thought that states it. */
export function firstAnswerOf(steps: readonly Step[]): number | null {
  const first = steps.findIndex((step) => step.kind === 'answer');
  return first < 0 ? null : first;
}
