import { join } from 'node:path';
import { createAnalyser } from '../../src/core/analyser.ts';
import { KINDS } from '../../src/core/analysis.ts';
import { agreement } from './measure.ts';
import { readWritten } from './written.ts';

const FOLDER = join(import.meta.dirname, 'measured');

/** F1 in per cent of places that may be a step off, each counted once. */
function placesF1(pairs: readonly (readonly [said: readonly number[], true_: readonly number[]])[]): number {
  let [said, there, right] = [0, 0, 0];
  for (const [mine, theirs] of pairs) {
    const left = new Set(theirs);
    said += mine.length;
    there += theirs.length;
    for (const at of mine) {
      const found = [at, at - 1, at + 1].find((i) => left.has(i));
      if (found !== undefined && left.delete(found)) right++;
    }
  }
  return (200 * right) / Math.max(1, said + there);
}

/** How the analysis does on the chains of `measured/`, which were written for this project and which nothing was learned from. */
export function ownQuality(): {
  readonly chains: number;
  readonly kappa: number;
  readonly macro: number;
  readonly phases: number;
  readonly branches: number;
} {
  const chains = readWritten(FOLDER).map((chain) => {
    const { prompt, segments, reasoning } = chain;
    const analyser = createAnalyser({ prompt, segments: segments.map(({ start, end }) => [start, end] as const) });
    analyser.push(reasoning);
    analyser.end({ cutOff: false });
    return { chain, said: analyser.snapshot() };
  });
  const { kappa, macro } = agreement(
    chains.flatMap(({ chain }) => chain.segments.map(({ kind }) => KINDS.indexOf(kind))),
    chains.flatMap(({ said }) => said.steps.map(({ kind }) => KINDS.indexOf(kind))),
  );
  return {
    chains: chains.length,
    kappa,
    macro: 100 * macro,
    phases: placesF1(
      chains.map(({ chain, said }) => [said.phases.map(({ at }) => at).filter((at) => at > 0), chain.phases.filter((at) => at > 0)]),
    ),
    branches: placesF1(chains.map(({ chain, said }) => [said.branches.map(({ at }) => at), chain.branches])),
  };
}
