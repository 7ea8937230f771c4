import type { Branch, Step } from '../analysis.ts';
import { bare, clip } from '../phrase.ts';
import type { StepFacts } from '../step-facts.ts';

/** A turn cannot follow another more closely than this. */
const APART = 3;

/** Where the argument leaves a line and takes another. `phases` are the first steps of the phases. */
export function branchesOf(steps: readonly Step[], facts: readonly StepFacts[], phases: readonly number[]): readonly Branch[] {
  const branches: Branch[] = [];
  let last = -APART;
  let phase = 0;
  steps.forEach((step, i) => {
    while ((phases[phase + 1] ?? Infinity) < i) phase++;
    const f = facts[i];
    if (f === undefined || i === 0 || i - last < APART) return;
    if (step.kind !== 'revise' || steps[i - 1]?.kind === 'revise') return;
    if (
      !/^(?:alternatively|another (?:way|approach|option)|instead|actually|wait,? no|no,|but wait|or (?:maybe|perhaps))|\b(?:that's (?:wrong|not right|incorrect)|different approach|i was wrong)\b/.test(
        f.lower,
      )
    )
      return;
    last = i;
    branches.push({ from: lineStart(steps, i, phases[phase] ?? 0, branches), at: i, back: null, reason: clip(bare(f.text), 60) });
  });
  return branches;
}

/** The line that is left began after the last turn, at the last plan or conclusion, at the latest with the phase. */
function lineStart(steps: readonly Step[], at: number, phase: number, branches: readonly Branch[]): number {
  const floor = Math.max(phase === at ? 0 : phase, branches.at(-1)?.at ?? 0);
  for (let i = at - 1; i > floor; i--) {
    const kind = steps[i]?.kind;
    if (kind === 'plan' || kind === 'revise') return i;
  }
  return Math.min(floor, at - 1);
}
