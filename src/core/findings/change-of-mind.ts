import { gistOf } from '../phrase.ts';
import type { Draft, Finder, Ground } from './ground.ts';
import { whole } from './ground.ts';
import type { Judged } from './scored.ts';
import { sentence } from './sentences.ts';

/** How often an annotator had a turn for which nothing else speaks, of those that coding traces have. */
const ANY_TURN = 0.17;
/** Steps before a change in which what is changed is looked for. */
const BACK = 40;

/** A decision or claim is replaced by another: where the argument turns and does not come back. */
export const findChangesOfMind: Finder = (ground) => {
  const drafts: Draft[] = [];
  const told = new Set<number>();
  const draft = (from: number, at: number, steps: readonly number[], confidence: number): void => {
    drafts.push({
      kind: 'change-of-mind',
      steps: [...new Set([from, at, ...steps])].sort((a, b) => a - b),
      confidence,
      message: sentence('turns', gistOf(ground.facts[from]?.text ?? '', 60), gistOf(ground.facts[at]?.text ?? '', 60)),
      quotes: [whole(ground, from), whole(ground, at)],
    });
  };
  const branches = new Map(ground.branches.map((branch) => [branch.at, branch]));
  for (const candidate of ground.judge('change-of-mind')) {
    const branch = candidate.steps
      .flatMap((i) => [branches.get(i), branches.get(i - 1), branches.get(i + 1)])
      .find((of) => of !== undefined);
    // what is taken up again was not given up
    if (branch !== undefined && branch.back !== null) continue;
    const at = branch?.at ?? candidate.peak;
    const from = branch?.from ?? earlier(ground, candidate);
    if (from === null || told.has(at)) continue;
    told.add(at);
    draft(from, at, candidate.steps, candidate.confidence);
  }
  for (const { from, at, back } of ground.branches) if (back === null && !told.has(at)) draft(from, at, [], ANY_TURN);
  return drafts;
};

/** What was claimed or decided before and shares most terms with the step that changes it. */
function earlier(ground: Ground, { steps, peak }: Judged): number | null {
  const terms = ground.notes[peak]?.terms ?? new Set();
  let best: number | null = (steps[0] ?? peak) < peak ? (steps[0] ?? null) : null;
  let most = 0;
  for (let i = (steps[0] ?? peak) - 1; i >= Math.max(0, peak - BACK); i--) {
    const kind = ground.steps[i]?.kind;
    if (kind !== 'plan' && kind !== 'conclude' && kind !== 'answer' && kind !== 'revise' && kind !== 'recall' && kind !== 'work') continue;
    let shared = 0;
    for (const term of ground.notes[i]?.terms ?? []) if (terms.has(term)) shared++;
    if (shared > most) [best, most] = [i, shared];
  }
  return best;
}
