import { quoted } from '../phrase.ts';
import type { Draft, Finder } from './ground.ts';
import { eachStep, runs, whole } from './ground.ts';

const FAILED =
  /\b(?:no, (?:that|wait)|wrong|incorrect|doesn't (?:match|work|add up)|does not (?:match|work)|mistake|mismatch|contradict|fails?)\b/;
const PASSED =
  /\b(?:correct|matches|works|right|good|fine|consistent|makes sense|checks out|as expected|yes|confirmed|valid|satisf(?:y|ies|ied)|holds)\b/;

/** A result is verified: runs of checking steps, with the outcome that their last words state. */
export const findSelfChecks: Finder = (ground) => {
  const checks: number[] = [];
  eachStep(ground, (_facts, step, i) => {
    if (step.kind === 'check' || (step.kind === 'example' && checks.at(-1) === i - 1)) checks.push(i);
  });
  const drafts: Draft[] = [];
  for (const run of runs(checks, 2)) {
    const first = ground.facts[run[0] ?? 0];
    if (first === undefined) continue;
    let outcome = '';
    for (const i of run) {
      const lower = ground.facts[i]?.lower ?? '';
      if (FAILED.test(lower)) outcome = 'failed';
      else if (PASSED.test(lower)) outcome = 'passed';
    }
    if (outcome === '') continue;
    drafts.push({
      kind: 'self-check',
      steps: run,
      confidence: Math.min(0.8, 0.35 + 0.1 * run.length),
      message: `Checks itself, ${outcome}: ${quoted(first.text)}.`,
      quotes: [whole(ground, run[0] ?? 0), whole(ground, run.at(-1) ?? 0)],
    });
  }
  return drafts;
};
