import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createAnalyser } from '../../../src/core/analyser.ts';
import type { Analysis, Kind } from '../../../src/core/analysis.ts';
import { branchesOf } from '../../../src/core/outline/branches.ts';
import { createOutline } from '../../../src/core/outline/outline.ts';
import { phasesOf } from '../../../src/core/outline/phases.ts';
import { AHEAD } from '../../../src/core/outline/starts.ts';
import { titleOf } from '../../../src/core/outline/titles.ts';
import { termsOf } from '../../../src/core/terms.ts';
import { factsOf } from '../../../src/core/step-facts.ts';
import { TASKS } from '../../../src/core/signs/tasks.ts';
import { createTrail } from '../../../src/core/trail.ts';
import { eachRow, headsOf, treeOf } from '../../../src/core/tree.ts';
import { analysisOf } from './findings/say.ts';
import { createRandom, cutInto } from './random.ts';

const TWO_WAYS = {
  prompt: 'Why does the importer lose the last row of each file?',
  reasoning: `Okay, the user has an importer that loses the last row of each file. Let me look at the code first. The function \`readRows\` splits the file at line feeds, and then \`importRows\` takes them in batches of a hundred.

First, I'll check the splitting. If the file ends without a line feed, the last row is still in the array, because split keeps what follows the last separator. So the splitting is fine.

Alternatively, the batches could lose it. The loop runs while the index is below the length minus the batch size. So the last batch is never written when it is not full. That is the bug.

Let me verify this with an example. Suppose there are 250 rows and a batch size of 100. The loop writes rows 0 to 99 and 100 to 199, and then stops, since 200 is not below 150. Yes, the last 50 rows are lost.

Now let me write the answer. I'll change the condition to the length alone, and slice takes care of the rest.`,
  answer: 'The loop stops before the last batch.',
};

test('phases: the first at step 0, ascending, with a title of two to six words from the text', () => {
  const { phases, steps } = analysisOf(TWO_WAYS);
  assert.equal(phases[0]?.at, 0);
  assert.ok(phases.length >= 3 && phases.length <= 7, `${phases.length} phases`);
  const text = TWO_WAYS.reasoning.toLowerCase();
  phases.forEach(({ at, title }, p) => {
    assert.ok(at < steps.length && (p === 0 || at > phases[p - 1]!.at));
    const words = title.split(' ');
    assert.ok(words.length >= 2 && words.length <= 6, title);
    assert.ok(text.includes(title.toLowerCase()), `not from the text: ${title}`);
  });
});

test('titles: headings and calls are kept whole; what is asked, supposed or to be seen to has a question mark; nothing is turned round', () => {
  const title = (text: string): string => {
    const facts = [factsOf({ start: 0, end: text.length }, text, null)];
    return titleOf([{ start: 0, end: text.length, kind: 'work', confidence: 1, parent: null, tags: [] }], facts, 0, 1);
  };
  for (const [text, expected] of [
    ['## Reading the handler', 'Reading the handler'],
    ['**Reading the handler**', 'Reading the handler'],
    ['The lookup takes O(1) with a hash map of them all', 'The lookup takes O(1)'],
    ["Let me look at text.rfind('2') first", "Look at text.rfind('2') first"],
    ['No code changes are needed here', 'No code changes are needed here'],
    ['I need to make sure that the loop stops in time', 'The loop stops in time?'],
    ['Maybe the cli function is a class', 'The cli function is a class?'],
    ['Does the walk include the root?', 'Does the walk include the root?'],
    ['If the list is empty, the loop fails at once', 'If the list is empty'],
    ['In the standard trolley problem, the five people are alive', 'In the standard trolley problem'],
    ['"money" referring to banks', '"money" referring to banks'],
    ['Let me seed the database with users', 'Seed the database with users'],
    ["We can't use a plain list here", "We can't use a plain list"],
    ['I write the function now. Then I test it.', 'I write the function now'],
    ['Print the \ue0b0 prompt of the shell', 'Print the prompt of the shell'],
  ] as const)
    assert.equal(title(text), expected);
});

test('titles: two phases have one title only where nothing else will do', () => {
  const texts = ['Let me check the upper bound.', 'Good.', 'Let me check the upper bound.', 'The buffer holds ten entries.'];
  let start = 0;
  const facts = texts.map((text) => {
    const of = factsOf({ start, end: start + text.length }, text, start === 0 ? null : ' ');
    start += text.length + 1;
    return of;
  });
  const steps = facts.map((of) => ({ start: of.start, end: of.end, kind: 'work' as const, confidence: 1, parent: null, tags: [] }));
  assert.deepEqual(
    phasesOf(steps, facts, [2]).map(({ title }) => title),
    ['Check the upper bound', 'The buffer holds ten entries'],
  );
});

test('titles: code, and what documents it, is named by what it defines', () => {
  const texts = ['def os_is_mac() -> bool:', '"""', 'Checks if the system is macOS', '"""', 'return platform.system() == "Darwin"'];
  let start = 0;
  const facts = texts.map((text) => {
    const facts = factsOf({ start, end: start + text.length }, text, start === 0 ? null : '\n');
    start += text.length + 1;
    return facts;
  });
  const steps = facts.map(({ start, end }) => ({ start, end, kind: 'answer' as const, confidence: 1, parent: null, tags: [] }));
  assert.equal(titleOf(steps, facts, 0, steps.length), 'Code of os_is_mac');
});

test('a line that was left: whether it is taken up again is judged when all is said, by words that say so at once', () => {
  const at = (old: string, turn: string, rest: readonly string[], answer: string, ended = true): number | null | undefined => {
    const texts = [old, turn, ...rest];
    const trail = createTrail('');
    let start = 0;
    const facts = texts.map((text) => {
      const facts = factsOf({ start, end: start + text.length }, text, start === 0 ? null : ' ');
      start += text.length + 1;
      return facts;
    });
    const steps = facts.map(({ start, end }, i) => ({
      start,
      end,
      kind: i === 0 ? ('plan' as const) : i === 1 ? ('revise' as const) : ('work' as const),
      confidence: 1,
      parent: null,
      tags: [],
    }));
    const notes = facts.map((of) => trail.add(of));
    return branchesOf(steps, facts, notes, [1], [0], ended ? new Set(termsOf(answer)) : null)[0]?.back;
  };
  const bucket = 'Use a token bucket with a refill timer for the limiter.';
  const window = 'Alternatively, maybe a sliding window with sorted timestamps.';
  const against = [
    'But that needs more memory, which is overkill.',
    'Old entries must be dropped as well.',
    'The token bucket needs a counter and the refill timer.',
    'So the limiter is a token bucket.',
  ];
  assert.equal(at(bucket, window, against, 'The limiter is a token bucket with a refill timer.'), 4);
  assert.equal(at(bucket, window, against, '', false), null, 'nothing says so yet');
  const instead = [
    'No, the refill timer drifts, so that is wrong.',
    'A sliding window keeps sorted timestamps.',
    'The window drops old timestamps.',
  ];
  assert.equal(at(bucket, 'Wait, no, a sliding window keeps sorted timestamps.', instead, 'A sliding window of sorted timestamps.'), null);
  assert.equal(at(bucket, window, ['OK, back to the original approach.'], '', false), 2);
});

test('a branch: what is left, where it turns, and why in words of the text', () => {
  const { branches, steps } = analysisOf(TWO_WAYS);
  const branch = branches.find(({ at }) => TWO_WAYS.reasoning.startsWith('Alternatively', steps[at]!.start));
  assert.ok(branch !== undefined);
  assert.ok(branch.from < branch.at && (branch.back === null || branch.back > branch.at));
  assert.match(branch.reason, /^the batches could lose it/);
});

test('a plain reasoning has one phase and no branch', () => {
  const { phases, branches } = analysisOf({ reasoning: 'The string has three characters. So len returns 3.' });
  assert.equal(phases.length, 1);
  assert.deepEqual(branches, []);
});

test('no reasoning: nothing', () => {
  const { phases, branches, findings, links, firstAnswer } = analysisOf({ reasoning: '' });
  assert.deepEqual([phases, branches, findings, links, firstAnswer], [[], [], [], [], null]);
});

test('parents: an earlier step or none', () => {
  const { steps } = analysisOf(TWO_WAYS);
  assert.equal(steps[0]?.parent, null);
  steps.forEach(({ parent }, i) => assert.ok(parent === null || (parent >= 0 && parent < i)));
  assert.ok(steps.filter(({ parent }) => parent !== null).length > steps.length / 3);
});

test('the tree: every step once, in order, at most three deep, checks with what belongs to them', () => {
  const analysis = analysisOf(TWO_WAYS);
  const rows = treeOf(analysis);
  const at: number[] = [];
  eachRow(rows, (row) => {
    assert.ok(row.depth <= 3 && row.end >= row.at);
    if (row.type === 'step') at.push(row.at);
    assert.equal(row.type === 'phase', row.title !== null);
  });
  assert.deepEqual(
    at,
    analysis.steps.map((_, i) => i),
  );
  assert.ok(rows.some((row) => row.children.some((child) => child.children.length > 0)));
  const heads: number[] = [];
  for (const { children } of rows)
    for (const row of children) {
      heads.push(row.at);
      heads.push(...row.children.map(() => row.at));
    }
  assert.deepEqual(headsOf(analysis), heads, 'the same nesting, step by step');
});

/** Identities of the rows that cannot change any more: those that end well before the last complete steps. */
function settledRows(analysis: Analysis, settled: number): string[] {
  const keys: string[] = [];
  eachRow(treeOf(analysis), (row) => {
    if (row.type === 'phase' ? row.at < settled - AHEAD.phase : row.end < settled - 2 * AHEAD.phase)
      keys.push(`${row.type} ${row.at} ${row.depth}`);
  });
  return keys;
}

test('the tree: a check, with what it does, hangs under what it checks; one of something further back stands for itself', () => {
  const tree = (...of: readonly (readonly [kind: Kind, parent: number | null, branch?: true])[]): (number | number[])[] => {
    const steps = of.map(([kind, parent, branch], i) => ({
      start: i,
      end: i + 1,
      kind,
      confidence: 1,
      parent,
      tags: branch === true ? (['branch'] as const) : [],
    }));
    const [phase] = treeOf({ steps, phases: [{ at: 0, title: 'All' }] });
    return phase!.children.map(({ at, children }) => (children.length === 0 ? at : [at, ...children.map((child) => child.at)]));
  };
  assert.deepEqual(tree(['conclude', null], ['check', 0], ['example', 1], ['work', 2], ['conclude', 0]), [[0, 1, 2, 3], 4]);
  assert.deepEqual(tree(['plan', null], ['work', 0], ['work', 1], ['check', 2], ['doubt', 3], ['plan', null]), [[0, 1, 2, 3, 4], 5]);
  assert.deepEqual(tree(['conclude', null], ['setup', null], ['check', 0], ['work', 2]), [0, 1, [2, 3]], 'of something further back');
  assert.deepEqual(tree(['conclude', null], ['check', null], ['work', 1]), [0, [1, 2]], 'of nothing that is known');
  assert.deepEqual(tree(['conclude', null], ['check', 0, true]), [0, 1], 'where the argument turns');
  assert.deepEqual(tree(['setup', null], ['check', 0]), [0, 1], 'what is given is not checked');
});

test('the tree grows: what is settled stays where it is', () => {
  const text = `${TWO_WAYS.reasoning}\n\n`.repeat(3);
  const analyser = createAnalyser({ prompt: TWO_WAYS.prompt });
  let before: string[] = [];
  for (const piece of cutInto(text, 60, createRandom(5))) {
    analyser.push(piece);
    const rows = settledRows(analyser.snapshot(), analyser.settled());
    const now = new Set(rows);
    assert.deepEqual(
      before.filter((row) => !now.has(row)),
      [],
    );
    before = rows;
  }
  assert.ok(before.length > 30);
});

test('the law holds with the answer as well: any cutting of reasoning and answer gives the same analysis', () => {
  const said = { ...TWO_WAYS, answer: 'The loop stops before the last batch.\n\n- Change the condition.\n\n```js\nfor (;;) {\n}\n```\n' };
  const expected = analysisOf(said);
  for (let seed = 1; seed <= 10; seed++) {
    const random = createRandom(seed);
    const analyser = createAnalyser({ prompt: said.prompt });
    for (const piece of cutInto(said.reasoning, 30, random)) {
      analyser.push(piece);
      if (random() < 0.2) analyser.snapshot();
    }
    for (const piece of cutInto(said.answer, 8, random)) {
      analyser.pushAnswer(piece);
      if (random() < 0.5) analyser.snapshot();
    }
    analyser.end({ cutOff: false });
    assert.deepEqual(analyser.snapshot(), expected);
  }
});

const DATA = new URL('../../../../shared/data/traces/labelled.jsonl', import.meta.url);

test('real chains with their answers, cut at random', (t) => {
  if (!existsSync(DATA)) {
    t.diagnostic('no labelled traces in ../shared: the law was not tested on real answers');
    return;
  }
  const records = readFileSync(DATA, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"coding-train"'))
    .slice(0, 40)
    .map((line) => JSON.parse(line) as { prompt?: string; reasoning: string; answer?: string });
  for (const [i, { prompt = '', reasoning, answer = '' }] of records.entries()) {
    const random = createRandom(i + 1);
    const analyser = createAnalyser({ prompt });
    for (const piece of cutInto(reasoning, 20, random)) {
      analyser.push(piece);
      if (random() < 0.1) analyser.snapshot();
    }
    for (const piece of cutInto(answer, 5, random)) {
      analyser.pushAnswer(piece);
      if (random() < 0.3) analyser.snapshot();
    }
    analyser.end({ cutOff: false });
    assert.deepEqual(analyser.snapshot(), analysisOf({ prompt, reasoning, answer }));
  }
  t.diagnostic(`the law was tested on ${records.length} real answers`);
});

test('where a phase or a branch begins is said by trees and network together: neither alone decides', () => {
  const gap = (i: number): string | null => (i === 0 ? null : ' ');
  const texts = Array.from({ length: 12 }, (_, i) => `The value of row ${i} is copied.`);
  let at = 0;
  const facts = texts.map((text, i) => {
    const start = at;
    at += text.length + 1;
    return factsOf({ start, end: start + text.length }, text, gap(i));
  });
  const trail = createTrail('');
  const notes = facts.map((f) => trail.add(f));
  /** Signs of work, and of nothing else but what is given. */
  const signsOf = (phase: number, branch: number): number[] =>
    TASKS.map((task) => (task === 'work' ? 0 : task === 'phase' ? phase : task === 'branch' ? branch : -6000));
  const places = (step: number, phase: number, branch: number) =>
    createOutline().places(
      facts,
      notes,
      facts.map((_, i) => (i === step ? signsOf(phase, branch) : signsOf(-4000, -6000))),
      facts.length,
    );
  assert.deepEqual(places(6, -4000, -6000).phases, []);
  assert.deepEqual(places(6, 9000, -6000).phases, [6]);
  assert.deepEqual(places(6, 9000, -6000).branches, []);
  assert.deepEqual(places(6, -4000, 9000).branches, [6]);
});
