import type { Scored } from '../signs/tasks.ts';

/** How steps that belong to a finding of a kind are put together. Scores are thousandths of a logit. */
export interface Shape {
  /** A step from which a finding starts has at least this score. */
  readonly floor: number;
  /** Neighbours join whose score is less by at most this. */
  readonly drop: number;
  /** Steps that may be missing between two that join. */
  readonly gap: number;
  /** One finding of all steps above the floor, if there are so many; 0: findings of neighbours. */
  readonly together: number;
}

export const SHAPES: Readonly<Record<Scored, Shape>> = {
  assumption: { floor: -2200, drop: 800, gap: 1, together: 0 },
  'open-doubt': { floor: -2000, drop: 1500, gap: 1, together: 0 },
  'self-check': { floor: -1500, drop: 1500, gap: 1, together: 0 },
  'rejected-alternative': { floor: -2000, drop: 1500, gap: 1, together: 0 },
  'edge-case': { floor: -1500, drop: 1000, gap: 1, together: 0 },
  'settled-early': { floor: -1800, drop: 1500, gap: 1, together: 0 },
  repetition: { floor: -1700, drop: 0, gap: 0, together: 3 },
  'change-of-mind': { floor: -2500, drop: 1000, gap: 1, together: 0 },
};

/** Steps of a possible finding, ascending, and how much speaks for it. */
export interface Candidate {
  readonly steps: readonly number[];
  readonly peak: number;
  readonly score: number;
}

/** Possible findings from the steps' scores, the likeliest first. */
export function candidatesOf(scores: readonly number[], shape: Shape): readonly Candidate[] {
  const strong: number[] = [];
  scores.forEach((score, i) => {
    if (score >= shape.floor) strong.push(i);
  });
  strong.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  if (shape.together > 0) {
    if (strong.length < shape.together) return [];
    // the more steps there are, the surer it is
    const score =
      100 * strong.length + Math.round(strong.slice(0, 5).reduce((sum, i) => sum + (scores[i] ?? 0), 0) / Math.min(5, strong.length));
    return [{ steps: [...strong].sort((a, b) => a - b), peak: strong[0] ?? 0, score }];
  }
  const used = new Set<number>();
  const found: Candidate[] = [];
  for (const peak of strong) {
    if (used.has(peak)) continue;
    const score = scores[peak] ?? 0;
    const steps = [
      ...reach(scores, peak, -1, score - shape.drop, shape.gap, used).reverse(),
      peak,
      ...reach(scores, peak, 1, score - shape.drop, shape.gap, used),
    ];
    for (const i of steps)
      used
        .add(i - 1)
        .add(i)
        .add(i + 1);
    found.push({ steps, peak, score });
  }
  return found;
}

function reach(scores: readonly number[], from: number, by: 1 | -1, least: number, gap: number, used: ReadonlySet<number>): number[] {
  const steps: number[] = [];
  for (let i = from + by, missing = 0; i >= 0 && i < scores.length && !used.has(i) && missing <= gap; i += by)
    if ((scores[i] ?? 0) >= least) {
      steps.push(i);
      missing = 0;
    } else missing++;
  return steps;
}
