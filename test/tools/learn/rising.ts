/** Fewest judgements behind one step of the curve. */
const BEHIND = 15;

/**
 * How often what has a score is right, as a curve that never falls (isotonic regression by pooling adjacent violators).
 * Written as `score percent`, ascending, by commas: that percentage holds from that score on.
 */
export function rising(judged: readonly (readonly [score: number, right: boolean])[]): string {
  const pools: { from: number; right: number; all: number }[] = [];
  for (const [score, right] of [...judged].sort((a, b) => a[0] - b[0])) {
    pools.push({ from: score, right: right ? 1 : 0, all: 1 });
    for (
      let last = pools.at(-1), before = pools.at(-2);
      last !== undefined && before !== undefined;
      last = pools.at(-1), before = pools.at(-2)
    ) {
      if (before.all >= BEHIND && before.right / before.all < last.right / last.all) break;
      if (last.all < BEHIND && before.all >= BEHIND) break;
      before.right += last.right;
      before.all += last.all;
      pools.pop();
    }
  }
  // too few at the end say nothing of their own
  const last = pools.at(-1);
  const before = pools.at(-2);
  if (last !== undefined && before !== undefined && last.all < BEHIND) {
    before.right += last.right;
    before.all += last.all;
    pools.pop();
  }
  return pools.map(({ from, right, all }) => `${from} ${Math.round((100 * right) / all)}`).join(',');
}
