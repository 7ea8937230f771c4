import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocksOf, codeOf } from '../../../src/core/blocks.ts';
import { createLinker, createTermIndex } from '../../../src/core/links.ts';
import { termsOf } from '../../../src/core/terms.ts';
import { analysisOf } from './findings/say.ts';

function blocks(answer: string): string[] {
  return blocksOf(answer).map(({ start, end, kind }) => `${kind}: ${answer.slice(start, end)}`);
}

test('blocks: paragraphs, headings, list items, tables, code without its fences', () => {
  assert.deepEqual(blocks('# Fix\nTwo lines\nof text.\n\n- one\n  more of one\n- two\n\n| a | b |\n| - | - |\n\n```js\nlet a;\n```\nEnd'), [
    'heading: # Fix',
    'paragraph: Two lines\nof text.',
    'item: - one\n  more of one',
    'item: - two',
    'table: | a | b |\n| - | - |',
    'code: let a;',
    'paragraph: End',
  ]);
});

test('blocks: code in hunks of at most ten lines, cut at blank lines where it is long enough', () => {
  const lines = Array.from({ length: 25 }, (_, i) => `line${i}();`);
  const code = ['```', ...lines, '```'].join('\n');
  assert.deepEqual(
    blocksOf(code).map(({ start, end }) => code.slice(start, end).split('\n').length),
    [10, 10, 5],
  );
  assert.deepEqual(blocks('```\na\nb\nc\nd\n\ne\n```'), ['code: a\nb\nc\nd', 'code: e']);
  assert.deepEqual(blocks('```\na\n\nb'), ['code: a\n\nb']);
});

test('blocks: any text', () => {
  for (const text of ['', '\n\n', '```', '~~~\n~~~', '\ud800', '- ', '|'.repeat(1000)])
    for (const b of blocksOf(text)) assert.ok(b.end > b.start && b.end <= text.length);
  assert.equal(codeOf('just words'), 'just words');
  assert.equal(codeOf('words\n```\nx = 1\n```'), 'x = 1');
});

test('terms: names in one piece and in their parts, numbers, no filler; two characters at a time without spaces', () => {
  assert.deepEqual(
    termsOf('So the parseUserId returns 3.5'),
    ['parseuserid', 'parse', 'user', '3.5'].filter((t) => t !== 'user'),
  );
  assert.deepEqual(termsOf('数据库'), ['数据', '据库']);
  assert.deepEqual(termsOf('running runs'), termsOf('runs running').reverse());
});

const SAID = {
  prompt: 'Why is the report empty?',
  reasoning:
    'The user sees an empty report. The query filters by tenant, and the tenant comes from the session cookie. The cache holds rows for sixty seconds. So the session cookie is missing, and the tenant filter finds no rows.',
  answer:
    'The tenant filter finds no rows since the session cookie is missing.\n\nBananas grow in Ecuador, Colombia and the Philippines all year.',
};

test('links: each block of the answer with the steps behind it and the words that say so', () => {
  const { links, steps } = analysisOf(SAID);
  assert.equal(links.length, 2);
  const [about, foreign] = links;
  assert.ok(about!.steps.includes(steps.length - 1));
  assert.ok(about!.score > 0.3 && about!.score <= 1);
  assert.ok(about!.words.includes('cooky') || about!.words.includes('cookie'), about!.words.join(' '));
  assert.deepEqual(foreign!.steps, []);
  assert.equal(SAID.answer.slice(foreign!.block.start, foreign!.block.end), SAID.answer.split('\n\n')[1]);
});

test('links: a block that was linked is not linked again while the answer grows', () => {
  const index = createTermIndex();
  index.add(termsOf('the tenant filter finds rows'));
  const linker = createLinker(index);
  const first = linker.link('The tenant filter.\n\nMore', null);
  const second = linker.link('The tenant filter.\n\nMore of it', null);
  assert.equal(second[0], first[0]);
  assert.notEqual(second[1], first[1]);
});

test('links: a line that leads in is not said to be missing in the reasoning, a sentence is', () => {
  const reasoning = 'The loop keeps the even numbers. So the list has two entries.';
  const { links } = analysisOf({ reasoning, answer: 'Here it is:\n\nThe firewall of the receiver rejects packets from Oslo.' });
  assert.deepEqual(
    links.map(({ block, steps }) => [block.start, steps]),
    [[13, []]],
  );
});

test('links: a long paragraph, of which each step has little, is linked to the likeliest', () => {
  const said = ['alpha beta', 'gamma delta', 'epsilon zeta', 'theta iota', 'kappa lambda', 'sigma omega', 'red green', 'blue yellow'];
  const reasoning = said.map((words) => `The ${words} come in.`).join(' ');
  const { links } = analysisOf({ reasoning, answer: `All of it: ${said.join(', ')}.` });
  assert.ok((links[0]?.steps.length ?? 0) > 0);
});

test('links: commands of TeX and digits of list items neither link nor are missed', () => {
  const reasoning = 'The mass of the atom is 6.015122887 units. 3. Then the energy follows.';
  const { links } = analysisOf({ reasoning, answer: '\\[ M_{\\text{atom}} = 6.015122887\\;\\text{u} \\quad \\boxed{3} \\]' });
  assert.deepEqual(links[0]?.steps, [0]);
  assert.ok(!links[0].words.includes('3') && !links[0].words.includes('text'), links[0].words.join(' '));
});
