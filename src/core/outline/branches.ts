import type { Branch, Step } from '../analysis.ts';
import { bare, clip, pointOf } from '../phrase.ts';
import type { StepFacts } from '../step-facts.ts';
import type { Forest } from '../signs/trees.ts';
import { readForest, scoreOf } from '../signs/trees.ts';
import { FORESTS } from '../signs/weights.ts';
import type { StepNote } from '../trail.ts';
import type { Past, Turn } from './returns.ts';
import { lastPlaces, returnPlace, returnVector } from './returns.ts';

/** Steps after a turn in which the old line may be taken up again. */
const RETURN = 40;
/** Longest reason, in UTF-16 code units. */
const REASON = 60;

const BACK =
  /\b(?:(?:so|but|anyway|therefore|however),? (?:i(?:'ll| will| think)|we(?:'ll| will)?|let's|let me|the) .*\b(?:stick|go|keep|proceed|continue|stay)\b|(?:stick|go|stay) (?:with|to) (?:the )?(?:original|first|initial|previous|earlier|simple|simplest)|back to (?:the )?(?:original|first|previous|earlier|question|problem|main|code)|(?:the )?(?:original|initial|first|previous|earlier) (?:approach|idea|plan|code|version|thought|reading) (?:is|was|seems|works|should))\b/;

let learned: Forest | null = null;

/**
 * The turns at `places`: what was left, why, and where it was taken up again. `phases` are the first steps of the phases; `answer`
 * the terms of the answer, null while more may come: until then only words that say so tell that something is taken up again.
 */
export function branchesOf(
  steps: readonly Step[],
  facts: readonly StepFacts[],
  notes: readonly StepNote[],
  places: readonly number[],
  phases: readonly number[],
  answer: ReadonlySet<string> | null,
): readonly Branch[] {
  const branches: Branch[] = [];
  const past = answer === null || places.length === 0 ? null : { facts, notes, last: lastPlaces(notes), answer };
  let phase = 0;
  places.forEach((at, b) => {
    while ((phases[phase + 1] ?? Infinity) <= at) phase++;
    const open = phases[phase] ?? 0;
    const floor = Math.max(open === at ? (phases[phase - 1] ?? 0) : open, branches.at(-1)?.at ?? 0);
    const from = lineStart(steps, at, floor);
    const said = returnOf(facts, notes, from, at, places[b + 1] ?? steps.length);
    branches.push({
      from,
      at,
      back: said ?? (past === null ? null : judgedReturn(past, steps, { from, at })),
      reason: reasonOf(facts[Math.min(pointOf(facts, at), (places[b + 1] ?? facts.length) - 1)]),
    });
  });
  return branches;
}

/** Where the line is probably taken up again, though no words say so. */
function judgedReturn(past: Past, steps: readonly Step[], turn: Turn): number | null {
  learned ??= readForest(FORESTS['return'] ?? '');
  const revises = steps[turn.at]?.kind === 'revise';
  return scoreOf(learned, returnVector(past, turn, revises)) >= 0 ? returnPlace(past, steps, turn) : null;
}

/** The line that is left began at its last plan, conclusion or turn, at the latest with the phase. */
function lineStart(steps: readonly Step[], at: number, floor: number): number {
  let start = -1;
  for (let i = at - 1; i > floor; i--) {
    const kind = steps[i]?.kind;
    if (kind === 'plan' || kind === 'revise' || kind === 'answer') {
      start = i;
      if (steps[i - 1]?.kind !== kind) break;
    }
  }
  return start >= 0 ? start : Math.min(floor, at - 1);
}

/** Where words say that the old line goes on, or a step says again what one of the old line said. */
function returnOf(facts: readonly StepFacts[], notes: readonly StepNote[], from: number, at: number, next: number): number | null {
  const to = Math.min(next, at + RETURN, facts.length);
  for (let i = at + 1; i < to; i++) {
    const f = facts[i];
    const note = notes[i];
    if (f === undefined || note === undefined) break;
    if (BACK.test(f.lower)) return i;
    if (i > at + 1 && note.repeats !== null && note.repeats >= from && note.repeats < at && note.pairs >= 6 && note.share >= 0.7) return i;
  }
  return null;
}

function reasonOf(facts: StepFacts | undefined): string {
  return facts === undefined ? '' : clip(bare(facts.text), REASON);
}
