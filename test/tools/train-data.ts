import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KINDS } from '../../src/core/analysis.ts';
import type { Kind } from '../../src/core/analysis.ts';
import { createFeaturizer } from '../../src/core/kinds/features.ts';
import type { Features } from '../../src/core/kinds/features.ts';
import { factsOf } from '../../src/core/step-facts.ts';
import type { Example } from './train-net.ts';

interface Labelled {
  readonly id: string;
  readonly source: string;
  readonly prompt: string;
  readonly reasoning: string;
  readonly segments: readonly { readonly start: number; readonly end: number; readonly kind: Kind | null }[];
}

/** A chain of thought with a kind for each step. */
export interface Chain {
  readonly prompt: string;
  readonly features: readonly Features[];
  readonly kinds: readonly number[];
}

/** The chains of one source. */
export function readChains(folder: string, source: string): Chain[] {
  const lines = readFileSync(join(folder, 'labelled.jsonl'), 'utf8').split('\n').filter(Boolean);
  return lines
    .map((line) => JSON.parse(line) as Labelled)
    .filter((record) => record.source === source)
    .map(({ prompt, reasoning, segments }) => {
      const featurizer = createFeaturizer();
      let last = 0;
      const features = segments.map(({ start, end }) => {
        const gap = last === 0 ? null : reasoning.slice(last, start);
        last = end;
        return featurizer.add(factsOf({ start, end }, reasoning.slice(start, end), gap));
      });
      return { prompt, features, kinds: segments.map(({ kind }) => KINDS.indexOf(kind ?? 'work')) };
    });
}

/** A part from 0 to `parts - 1` for each problem: all chains with the same prompt are in the same part (FNV-1a hash). */
export function partOf(prompt: string, parts: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < prompt.length; i++) hash = Math.imul(hash ^ prompt.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % parts;
}

/** The `most` features that say most about the kind, by the likelihood-ratio statistic (Dunning 1993), seen `least` times or more. */
export function chooseVocabulary(chains: readonly Chain[], most: number, least: number): Map<string, number> {
  const totals = new Float64Array(KINDS.length);
  const counts = new Map<string, Float64Array>();
  let steps = 0;
  for (const { features, kinds } of chains)
    features.forEach((of, i) => {
      const kind = kinds[i]!;
      totals[kind]!++;
      steps++;
      for (const feature of new Set(of)) {
        let count = counts.get(feature);
        if (count === undefined) counts.set(feature, (count = new Float64Array(KINDS.length)));
        count[kind]!++;
      }
    });
  const scored: [string, number][] = [];
  for (const [feature, count] of counts) {
    const n = count.reduce((a, b) => a + b, 0);
    if (n < least) continue;
    let score = 0;
    for (let k = 0; k < count.length; k++) if (count[k]! > 0) score += count[k]! * Math.log((count[k]! * steps) / (totals[k]! * n));
    scored.push([feature, score]);
  }
  scored.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return new Map(scored.slice(0, most).map(([feature], id) => [feature, id]));
}

/** `targets`: how likely each kind is for each step; the labels themselves where not given. */
export function toExample({ features, kinds }: Chain, vocabulary: ReadonlyMap<string, number>, targets?: readonly Float64Array[]): Example {
  return {
    steps: features.map((of) => Uint32Array.from(new Set(of.map((feature) => vocabulary.get(feature)).filter((id) => id !== undefined)))),
    targets:
      targets ??
      kinds.map((kind) => {
        const target = new Float64Array(KINDS.length);
        target[kind] = 1;
        return target;
      }),
  };
}
