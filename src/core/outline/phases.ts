import type { Phase, Step } from '../analysis.ts';
import type { StepFacts } from '../step-facts.ts';
import { titleOf } from './titles.ts';

/** Steps that a phase has at least. */
const SHORTEST = 4;

const TURN =
  /^(?:(?:okay|ok|so|now|alright|right|well|but|and|hmm)[,.]?\s+)*(?:now,? (?:let|i|we|the|for|on|look|think|check|about|that)|next[,:]|let me (?:now|think about|start|check|verify|double|test|write|structure|put|draft|look at|go (?:back|through|over))|let's (?:now|start|write|check|verify|test|look at|move|try)|first[,:]|alternatively|wait,? (?:but|no|maybe|let me|the)|another (?:approach|way|thing|option|possibility)|putting|to (?:summarize|be sure|implement|verify)|in (?:summary|conclusion)|finally|i (?:need|should|'ll|will) (?:now )?(?:write|check|verify|structure|draft|make sure|double))/;

/** Where the argument turns, each with a title. The first begins at step 0. A step's being a turn depends on it and those around it. */
export function phasesOf(steps: readonly Step[], facts: readonly StepFacts[]): readonly Phase[] {
  const starts: number[] = [];
  let last = 0;
  for (let i = 0; i < steps.length; i++) {
    if (i === 0) starts.push(0);
    else if (i - last >= SHORTEST && turns(steps, facts, i, i - last)) {
      starts.push(i);
      last = i;
    }
  }
  return starts.map((at, p) => ({ at, title: titleOf(steps, facts, at, starts[p + 1] ?? steps.length) }));
}

function turns(steps: readonly Step[], facts: readonly StepFacts[], i: number, length: number): boolean {
  const step = steps[i];
  const before = steps[i - 1];
  const f = facts[i];
  if (step === undefined || before === undefined || f === undefined) return false;
  let score = 0;
  if (f.opensParagraph) score += 1;
  if (TURN.test(f.lower)) score += 1.5;
  if (step.kind !== before.kind) score += 0.5;
  if (step.kind === 'plan' || step.kind === 'revise' || step.kind === 'check') score += step.kind === before.kind ? 0 : 0.7;
  if (step.kind === 'answer' && before.kind !== 'answer') score += 1;
  if (before.kind === 'setup' && step.kind !== 'setup') score += 0.8;
  score += Math.min(length, 30) * 0.04;
  return score >= 3.2;
}
