import type { Phase, Step } from '../analysis.ts';
import type { StepFacts } from '../step-facts.ts';
import { titleOf } from './titles.ts';

/** The phases that begin at step 0 and at the steps of `starts`, each with a title. */
export function phasesOf(steps: readonly Step[], facts: readonly StepFacts[], starts: readonly number[]): readonly Phase[] {
  if (steps.length === 0) return [];
  const all = [0, ...starts];
  const used = new Set<string>();
  return all.map((at, p) => {
    const title = titleOf(steps, facts, at, all[p + 1] ?? steps.length, used);
    used.add(title);
    return { at, title };
  });
}
