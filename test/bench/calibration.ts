/**
 * How often a step's kind is right at each confidence: `node test/bench/calibration.ts [DATA_DIR]`
 *
 * On the chains that were written to measure by, and where labelled traces lie beside the project (`../shared/data/traces`, or
 * DATA_DIR), on the coding traces among them that nothing was learned from.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { createAnalyser } from '../../src/core/analyser.ts';
import { reliability } from '../tools/measure.ts';
import { readWritten } from '../tools/written.ts';

interface Labelled {
  readonly prompt?: string;
  readonly reasoning: string;
  readonly segments: readonly { readonly start: number; readonly end: number; readonly kind: string | null }[];
}

function tell(name: string, chains: readonly Labelled[]): void {
  const confidences: number[] = [];
  const right: boolean[] = [];
  for (const { prompt = '', reasoning, segments } of chains) {
    const analyser = createAnalyser({ prompt, segments: segments.map(({ start, end }) => [start, end] as const) });
    analyser.push(reasoning);
    analyser.end({ cutOff: false });
    for (const [i, { kind, confidence }] of analyser.steps().entries()) {
      confidences.push(confidence);
      right.push(kind === segments[i]?.kind);
    }
  }
  const rows = reliability(confidences, right);
  console.log(`${name}: ${confidences.length} steps\n  confidence     steps   said    right`);
  for (const [from, to, n, mean, share] of rows)
    console.log(`  ${from.toFixed(1)} to ${to.toFixed(1)}   ${String(n).padStart(6)}   ${mean.toFixed(3)}   ${share.toFixed(3)}`);
  // the mean distance of what is said from what is so, weighed by steps (expected calibration error)
  const off = rows.reduce((sum, [, , n, mean, share]) => sum + n * Math.abs(mean - share), 0) / Math.max(1, confidences.length);
  console.log(`  off by ${off.toFixed(3)} on the mean\n`);
}

tell('written to measure by', readWritten(join(import.meta.dirname, '../tools/measured')));
const file = join(resolve(process.argv[2] ?? join(import.meta.dirname, '../../../shared/data/traces')), 'labelled.jsonl');
if (existsSync(file)) {
  const gold = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"coding-gold"'))
    .map((line) => JSON.parse(line) as Labelled);
  tell('labelled coding traces', gold);
} else console.log(`There are no labelled traces at ${file}: not measured on them.`);
