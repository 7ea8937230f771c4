import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createAnalyser } from '../../../src/core/analyser.ts';
import type { Analyser } from '../../../src/core/analyse.ts';
import type { Step } from '../../../src/core/analysis.ts';
import { createRandom, cutInto } from './random.ts';

/** The incremental law: the state after any cutting into chunks is the state of the whole, and what is settled stays. */

const PIECES = [
  'Okay, so the user wants a function. ',
  'Wait, ',
  'let me check that again.\n',
  'Is `a. B` right? ',
  '\n\n',
  '- item one\n',
  '1. First. Then\n',
  '```ts\nconst a = 1; // x. Y\n\n',
  '```\n',
  '~~~\n',
  '`',
  '``',
  '$$',
  '\\[ x = 1 \\]',
  '\\(',
  '\\)',
  '# Heading\n',
  '| a | b |\n',
  '这是。好的！',
  '\ud83d',
  '\ude00',
  '\u202e',
  'e.g. ',
  '3.14 ',
  'So the answer is 42.',
  ' ',
  '\r\n',
  '...',
  'x'.repeat(80),
  '\t',
  '> quote\n',
  '**Final Answer**\n',
  '\\boxed{1}',
  'Alternatively, maybe use a Map instead. ',
  'The range is about ten thousand here, but I am not sure. ',
  'words of a line that goes on until the column ends,\nand goes on ',
];

const randomText = (random: () => number, pieces: number): string =>
  Array.from({ length: pieces }, () => PIECES[Math.floor(random() * PIECES.length)]).join('');

function whole(prompt: string, text: string, ended: boolean): Analyser {
  const analyser = createAnalyser({ prompt });
  analyser.push(text);
  if (ended) analyser.end({ cutOff: false });
  return analyser;
}

/** Feeds the pieces, holding settled steps against what they were; compares with the whole at some places and at the end. */
function obey(prompt: string, pieces: readonly string[], compareAt: (i: number) => boolean): void {
  const analyser = createAnalyser({ prompt });
  const settled: Step[] = [];
  let text = '';
  pieces.forEach((piece, i) => {
    analyser.push(piece);
    text += piece;
    const steps = analyser.steps();
    assert.ok(analyser.settled() >= settled.length, 'what is settled does not become unsettled');
    for (let j = Math.max(0, settled.length - 3); j < settled.length; j++) assert.deepEqual(steps[j], settled[j]);
    for (let j = settled.length; j < analyser.settled(); j++) settled.push(steps[j]!);
    if (compareAt(i)) assert.deepEqual(analyser.snapshot(), whole(prompt, text, false).snapshot());
  });
  analyser.end({ cutOff: false });
  assert.deepEqual(analyser.steps().slice(0, settled.length), settled);
  assert.deepEqual(analyser.snapshot(), whole(prompt, text, true).snapshot());
}

test('any cutting of generated texts', () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = createRandom(seed);
    const text = randomText(random, 60);
    obey('Write a function that checks a list.', cutInto(text, 1 + Math.floor(random() * 60), random), () => random() < 0.1);
  }
});

test('one code unit at a time, compared at each', () => {
  for (let seed = 1; seed <= 12; seed++) obey('', randomText(createRandom(seed), 12).split(''), () => true);
});

for (const [name, text] of Object.entries({
  nothing: '',
  'no space': 'a'.repeat(200_000),
  'lone surrogates': '\ud800'.repeat(20_000),
  'only fences': '```\n'.repeat(5000),
  'only backticks': '`'.repeat(50_000),
  'nested lists': Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i % 400)}- x\n`).join(''),
  'marks of direction': '\u202e\u2066a. B\u2069\u202c '.repeat(5000),
  'only line feeds': '\n'.repeat(100_000),
  'only full stops': '. '.repeat(5000),
  'only spaces': ' '.repeat(100_000),
}))
  test(`a text of ${name}`, () => {
    const random = createRandom(7);
    obey('', cutInto(text, 4000, random), () => false);
  });

test('a step that is settled is the same object: nothing of it was computed again', () => {
  const analyser = createAnalyser({});
  const text = 'Let me check the loop. It runs ten times. Wait, is that so? No, it stops at nine. '.repeat(50);
  const kept = new Map<number, Step>();
  for (const piece of cutInto(text, 16, createRandom(3))) {
    analyser.push(piece);
    const steps = analyser.steps();
    for (let i = 0; i < analyser.settled(); i++) {
      const known = kept.get(i);
      if (known === undefined) kept.set(i, steps[i]!);
      else assert.equal(steps[i], known);
    }
  }
  assert.ok(kept.size >= 195);
});

const TRACES = new URL('../../../../shared/data/traces/traces.jsonl', import.meta.url);
test('real traces, cut at random', (t) => {
  if (!existsSync(TRACES)) {
    t.diagnostic('no ../shared/data/traces: the law was tested on generated texts only');
    return;
  }
  const lines = readFileSync(TRACES, 'utf8').split('\n').filter(Boolean);
  const random = createRandom(11);
  let n = 0;
  for (let i = 0; n < 500 && i < lines.length; i += 2, n++) {
    const { prompt, reasoning } = JSON.parse(lines[i]!) as { prompt: string; reasoning: string };
    obey(prompt, cutInto(reasoning.slice(0, 6000), 600, random), () => false);
  }
  t.diagnostic(`the law was tested on ${n} traces of ../shared/data/traces`);
});
