// `npm test`: every suite, one after another; `npm test -- unit view` runs those named. Ends with a count, and with 1 if anything failed.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';

const ROOT = resolve(import.meta.dirname, '..');

interface Suite {
  readonly name: string;
  readonly about: string;
  /** Arguments for Node. */
  readonly args: readonly string[];
  /** Whether its output ends with the counts of node's test runner. */
  readonly counts: boolean;
}

const tests = (pattern: string, ...options: string[]): string[] => ['--test', '--test-reporter=spec', ...options, pattern];

/** Suites that drive a browser take both cores of a small machine, so they run one file at a time. */
const SUITES: readonly Suite[] = [
  { name: 'unit', about: 'unit tests and laws', args: tests('test/unit/**/*.test.ts'), counts: true },
  { name: 'build', about: 'build, sizes within their budgets', args: ['esbuild.mjs'], counts: false },
  { name: 'view', about: 'the view in Chromium', args: tests('test/view/**/*.test.ts', '--test-concurrency=1'), counts: true },
  { name: 'vscode', about: 'in a real VS Code', args: tests('test/vscode/**/*.test.ts', '--test-concurrency=1'), counts: true },
  { name: 'package', about: 'the package', args: tests('test/package/**/*.test.ts'), counts: true },
];

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly sentence: string;
}

/** Runs one suite with its output shown as it comes. A suite in which no test ran has failed: it can't vouch for anything. */
async function run({ args, counts }: Suite): Promise<Outcome> {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  // the counts stand before the list of failures, which may be long
  const lines = createInterface({ input: child.stdout });
  const counted = new Map<string, number>();
  lines.on('line', (line) => {
    console.log(line);
    const [, word = '', count] = /^ℹ ([a-z]+) (\d+)$/.exec(stripVTControlCharacters(line)) ?? [];
    if (count !== undefined) counted.set(word, Number(count));
  });
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  if (!counts) return code === 0 ? { passed: 1, failed: 0, sentence: 'done' } : { passed: 0, failed: 1, sentence: `failed (exit ${code})` };
  const count = (word: string): number => counted.get(word) ?? 0;
  const [passed, failed, idle] = [count('pass'), count('fail') + count('cancelled'), count('skipped') + count('todo')];
  if (passed + failed === 0) return { passed, failed: 1, sentence: 'failed: no test ran' };
  if (idle > 0) return { passed, failed: failed + idle, sentence: `failed: ${idle} tests did not run` };
  if (code !== 0 && failed === 0) return { passed, failed: 1, sentence: `failed (exit ${code})` };
  return { passed, failed, sentence: failed === 0 ? `${passed} passed` : `${failed} of ${passed + failed} failed` };
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(', ')}; there are ${SUITES.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
const report: string[] = [];
let passed = 0;
let failed = 0;
for (const suite of SUITES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n=== ${suite.name}: ${suite.about}`);
  const started = Date.now();
  const outcome = await run(suite);
  passed += outcome.passed;
  failed += outcome.failed;
  report.push(`${suite.name.padEnd(8)} ${outcome.sentence.padEnd(24)} ${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s`);
}
console.log(`\n${report.join('\n')}\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
