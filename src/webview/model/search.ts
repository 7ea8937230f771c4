import type { Step } from '../../core/analysis.ts';

/** Hits beyond this many are not listed: nobody steps through them. */
const MOST = 5000;

/** The steps that hold a text, regardless of case, in order; a step counts once. */
export function searchSteps(text: string, steps: readonly Step[], query: string): readonly number[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  const lower = text.toLowerCase();
  // a few characters change their length in lower case, and with it all offsets behind them: then step by step
  const aligned = lower.length === text.length;
  const hits: number[] = [];
  if (!aligned) {
    steps.forEach(({ start, end }, i) => {
      if (hits.length < MOST && text.slice(start, end).toLowerCase().includes(wanted)) hits.push(i);
    });
    return hits;
  }
  let step = 0;
  for (let at = lower.indexOf(wanted); at >= 0 && hits.length < MOST;) {
    while (step < steps.length - 1 && (steps[step]?.end ?? 0) <= at) step++;
    hits.push(step);
    at = lower.indexOf(wanted, Math.max(at + 1, steps[step]?.end ?? at + 1));
  }
  return hits;
}

/** The hit after (or before) a step, around the end; -1 when there are none. Returns its place in the list. */
export function nextHit(hits: readonly number[], from: number, direction: 1 | -1): number {
  if (hits.length === 0) return -1;
  if (direction === 1) {
    const place = hits.findIndex((step) => step > from);
    return place < 0 ? 0 : place;
  }
  const place = hits.findLastIndex((step) => step < from);
  return place < 0 ? hits.length - 1 : place;
}
