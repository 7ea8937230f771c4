import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Step } from '../../../src/core/analysis.ts';
import { claimsOf } from '../../../src/core/claims.ts';
import type { Project } from '../../../src/core/grounding.ts';
import { ground } from '../../../src/core/grounding.ts';

const FILES: Readonly<Record<string, string>> = {
  'src/pages.ts': 'export function pageOf(items, n) {\n  return items.slice(n * SIZE, (n + 1) * SIZE);\n}\n',
  'src/list/view.ts': 'import { pageOf } from "../pages";\nclass ListView {\n  next() {}\n}\n',
  'README.md': 'Pages of a list',
};

function project(): Project & { reads: string[] } {
  const reads: string[] = [];
  return {
    files: Object.keys(FILES),
    reads,
    read: (path) => {
      reads.push(path);
      return Promise.resolve(FILES[path] ?? null);
    },
  };
}

/** A step a line. */
function stepsOf(text: string): Step[] {
  return Array.from(text.matchAll(/[^\n]+/g), (m) => ({
    start: m.index,
    end: m.index + m[0].length,
    kind: 'work',
    confidence: 1,
    parent: null,
    tags: [],
  }));
}

async function check(reasoning: string, more: { answer?: string; prompt?: string } = {}) {
  const texts = { prompt: '', answer: '', ...more, reasoning, steps: stepsOf(reasoning) };
  const { places, findings } = await ground(texts, project());
  return {
    places: places.map(({ start, end, file, line, ...p }) => [
      (p.in === 'reasoning' ? reasoning : texts.answer).slice(start, end),
      file,
      line,
    ]),
    missing: findings.map(({ message, steps }) => [message, steps]),
  };
}

test('files and symbols that exist get a place', async () => {
  assert.deepEqual(await check('`pageOf()` in `src/pages.ts` slices from n.\nThen `ListView.next()` is called, see view.ts:3.'), {
    places: [
      ['pageOf', 'src/pages.ts', 0],
      ['src/pages.ts', 'src/pages.ts', null],
      ['ListView.next', 'src/list/view.ts', 2],
      ['view.ts', 'src/list/view.ts', 2],
    ],
    missing: [],
  });
});

test('a symbol is placed where it is made, and one of the language nowhere', async () => {
  assert.deepEqual((await check('So `pageOf()` is called with `Math.next()`.')).places, [['pageOf', 'src/pages.ts', 0]]);
});

test('a symbol that its file does not hold, nor any other, is missing, once for all its mentions', async () => {
  const { missing } = await check('`firstPage()` in `src/pages.ts` takes care.\nSo `firstPage()` in `src/pages.ts` is fine.');
  assert.deepEqual(missing, [['Speaks of `firstPage` in `src/pages.ts`, which does not exist in this workspace.', [0, 1]]]);
});

test('a file below a folder of the project that is not there is missing', async () => {
  assert.deepEqual((await check('The cache lives in `src/cache.ts`.')).missing, [
    ['Speaks of `src/cache.ts`, a file that does not exist in this workspace.', [0]],
  ]);
});

for (const [why, reasoning, more] of [
  ['a name without a file may be of the language', 'So `Math.floor()` and `fetch()` and `toSorted()` are called.', {}],
  ['a file from elsewhere', 'Usually that is done in `lib/other.js` or in `app.py`.', {}],
  ['what is to be made', 'I would add a helper `lastPage()` in `src/pages.ts`.\nLet me create `src/cache.ts`.', {}],
  ['what the answer brings', '`lastPage()` in `src/pages.ts` then gives it.', { answer: '```ts\nfunction lastPage() {}\n```' }],
  ['what the prompt speaks of', '`lastPage()` in `src/pages.ts` gives it.', { prompt: 'Why is lastPage wrong?' }],
  ['what exists in another file', '`ListView` in `src/pages.ts` draws.', {}],
  ['an address', 'See https://example.org/src/missing.ts for more.', {}],
  ['code', '```ts\nimport x from "./src/none.ts"\n```', {}],
] as const) {
  test(`is silent about ${why}`, async () => {
    assert.deepEqual((await check(reasoning, more)).missing, []);
  });
}

test('each file is read at most once', async () => {
  const reasoning = '`aa()` in `src/pages.ts`.\n`bb()` in `src/pages.ts`.\n`cc()` in `src/pages.ts`.';
  const known = project();
  await ground({ prompt: '', answer: '', reasoning, steps: stepsOf(reasoning) }, known);
  assert.equal(new Set(known.reads).size, known.reads.length);
});

test('any text gives claims, in time proportional to it', () => {
  for (const text of ['', '`'.repeat(100_000), 'a/'.repeat(100_000), 'a.ts '.repeat(20_000), '`a.'.repeat(50_000), '\ud800`x()`']) {
    claimsOf(text, [{ start: 0, end: text.length }]);
  }
});
