/**
 * What the analysis costs: npm run bench (node test/bench/analysis.ts)
 *
 * Ratios measured in one run, the best of several: the machine's speed cancels out. `marked.lexer` on the same text is the yardstick.
 */
import process from 'node:process';
import { marked } from 'marked';
import { createAnalyser } from '../../src/core/analyser.ts';
import type { Analyser } from '../../src/core/analyse.ts';
import { createRandom } from '../unit/core/random.ts';

const PARAGRAPHS = [
  'Okay, so the user wants a function that returns the **longest** palindromic substring. First, I need to look at how the loop in `expand_around_center` handles even lengths.',
  'Wait, but if the list is empty, then `max()` will throw a ValueError. Let me check that again with the example: "babad" should give "bab" or "aba". Yes, that works.',
  'Alternatively, maybe use dynamic programming, which takes *O(n^2)* time and space. But the condition should be `left >= 0 and right < len(s)`, so I could keep both.',
  "Hmm, I'm not sure whether the input can contain null values, but I'll assume that it can't. The docstring says nothing about it.",
  '- The first item is 3.14, the second one is `src/core/a.ts`.\n- The next one is not given.\n- Then there is [a link](https://example.org/a.html).',
  '1. Read the file.\n2. **Parse** each line.\n3. Sum the numbers.',
  '```python\ndef f(s):\n    return max(s, key=len)\n```',
  'Therefore, the answer is 42.',
];

function textOf(length: number): string {
  const random = createRandom(5);
  const parts: string[] = [];
  for (let n = 0; n < length;) {
    const sentence = (PARAGRAPHS[Math.floor(random() * PARAGRAPHS.length)]! + '\n\n').replace(/\d+/, () =>
      String(Math.floor(random() * 1000)),
    );
    parts.push(sentence);
    n += sentence.length;
  }
  return parts.join('').slice(0, length);
}

/** Milliseconds of processor time that each of `runs` takes: the best of `rounds`, in turns, so that what else the machine does falls on all alike. */
function best(rounds: number, runs: readonly (() => void)[]): number[] {
  const times = runs.map(() => Infinity);
  for (let round = 0; round < rounds; round++)
    runs.forEach((run, i) => {
      const start = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(start);
      times[i] = Math.min(times[i]!, (user + system) / 1000);
    });
  return times;
}

function feed(analyser: Analyser, text: string, size: number): void {
  for (let i = 0; i < text.length; i += size) analyser.push(text.slice(i, i + size));
}

function analyse(text: string, size: number): Analyser {
  const analyser = createAnalyser({ prompt: 'Write a function.' });
  feed(analyser, text, size);
  analyser.end({ cutOff: false });
  analyser.snapshot();
  return analyser;
}

const show = (what: string, took: string, ratio: string): void =>
  void process.stdout.write(what.padEnd(38) + took.padEnd(22) + ratio + '\n');

const text = textOf(300_000);
const [whole, lexer, chunks] = best(8, [
  () => void analyse(text, text.length),
  () => void marked.lexer(text),
  () => void analyse(text, 16),
]) as [number, number, number];
show(
  'whole text, 300,000 code units',
  `${whole.toFixed(0)} ms, ${(text.length / whole / 1000).toFixed(2)} M/s`,
  `${(whole / lexer).toFixed(1)} × marked.lexer (at most 8)`,
);
show('in chunks of 16', `${chunks.toFixed(0)} ms`, `${(chunks / whole).toFixed(2)} × the whole at once (at most 1.5)`);

const long = textOf(1_000_000);
let first = Infinity;
let last = Infinity;
for (let round = 0; round < 4; round++) {
  const analyser = createAnalyser({});
  for (let tenth = 0; tenth < 10; tenth++) {
    const part = long.slice(tenth * 100_000, (tenth + 1) * 100_000);
    const [took] = best(1, [() => feed(analyser, part, 16)]) as [number];
    if (tenth === 0) first = Math.min(first, took);
    if (tenth === 9) last = Math.min(last, took);
  }
}
show('last tenth of 1,000,000 code units', `${last.toFixed(0)} ms`, `${(last / first).toFixed(2)} × the first tenth (at most 1.2)`);

const half = textOf(500_000);
const { gc } = globalThis as { gc?: () => void };
gc?.();
const heap = process.memoryUsage().heapUsed;
const held = createAnalyser({});
feed(held, half, 27);
held.end({ cutOff: false });
held.snapshot();
gc?.();
const heapAfter = process.memoryUsage().heapUsed;
show(
  'memory at 500,000 code units',
  `${((heapAfter - heap) / 1e6).toFixed(1)} MB`,
  `${held.steps().length} steps${gc === undefined ? ' (without --expose-gc: garbage included)' : ''}`,
);

const odd: Record<string, string> = {
  'no space': 'a'.repeat(1_000_000),
  'full stops': '. '.repeat(500_000),
  'nested lists': Array.from({ length: 20_000 }, (_, i) => `${' '.repeat(i % 90)}- x\n`).join(''),
};
for (const [name, strange] of Object.entries(odd)) {
  const [took] = best(1, [() => feed(createAnalyser({}), strange, 4096)]) as [number];
  show(`1 MB of ${name}`, `${took.toFixed(0)} ms`, `${(strange.length / took / 1000).toFixed(2)} M/s`);
}
