import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * Runs every benchmark of this folder, one after another, and prints their tables. They compare within one run, as ratios:
 * machines are noisy, and a figure alone says more about the machine than about the code. `npm run bench [NAME …]`
 */
const wanted = process.argv.slice(2);
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts') && name !== 'main.ts' && !name.startsWith('lib-'));
const chosen = files.filter((name) => wanted.length === 0 || wanted.includes(basename(name, '.ts')));
if (chosen.length === 0) {
  console.error(`There is no such benchmark; there are ${files.map((name) => basename(name, '.ts')).join(', ')}.`);
  process.exit(2);
}
let failed = 0;
for (const name of chosen) {
  console.log(`\n=== ${basename(name, '.ts')}\n`);
  const { status } = spawnSync(process.execPath, ['--expose-gc', join(import.meta.dirname, name)], { stdio: 'inherit' });
  if (status !== 0) failed++;
}
process.exitCode = failed === 0 ? 0 : 1;
