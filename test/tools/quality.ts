import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ownQuality } from './quality-own.ts';

/**
 * Says how good the analysis is: on the project's own set, and on chains of thought that people labelled. Those are not part of the
 * project; they lie in a folder beside it (or in the one that is named), with the script that scores. `npm run quality [FOLDER]`
 */
const ROOT = resolve(import.meta.dirname, '../..');
const folder = resolve(process.argv[2] ?? join(ROOT, '../shared'));
const score = join(folder, 'quality/score.mjs');
const cli = join(ROOT, 'dist/cli.cjs');

if (!existsSync(cli)) {
  console.error('Nothing is built: run `npm run build` first.');
  process.exit(2);
}
const own = ownQuality();
console.log(
  `own set     ${own.chains} chains written for this project${' '.repeat(3)}kinds: kappa ${own.kappa.toFixed(3)}, macro F1 ${own.macro.toFixed(1)}  phases F1 ${own.phases.toFixed(1)}  branches F1 ${own.branches.toFixed(1)}`,
);
if (!existsSync(score)) {
  console.error(
    `There is no labelled data in ${folder}: name a folder that holds quality/score.mjs and data/traces for the rest of the table.`,
  );
  process.exit(process.argv[2] === undefined ? 0 : 2);
}
const { status } = spawnSync(process.execPath, [score, '--', process.execPath, cli, 'analyze'], { stdio: 'inherit' });
process.exitCode = status ?? 1;
