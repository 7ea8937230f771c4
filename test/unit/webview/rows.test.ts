import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildRows, indexOfRow, phaseAt, phaseRow, rowForStep } from '../../../src/webview/model/rows.ts';
import type { Folds } from '../../../src/webview/model/rows.ts';
import { mountedRange, rowAtOffset, topOf } from '../../../src/webview/model/window.ts';

const phases = [
  { at: 0, title: 'a' },
  { at: 3, title: 'b' },
  { at: 4, title: 'c' },
];
const open: Folds = { phases: 'open', touched: new Map(), groups: new Set(), texts: new Set() };
/** Nothing hangs on anything. */
const flat = [0, 1, 2, 3, 4, 5];
/** Steps 1 and 2 hang on 0, 5 on 4. */
const nested = [0, 0, 0, 3, 4, 4];

test('open phases show their steps, folded ones themselves alone', () => {
  assert.deepEqual(buildRows({ steps: 6, phases, heads: flat, folds: open, filter: null }).ids, [-1, 0, 1, 2, -2, 3, -3, 4, 5]);
  const folds: Folds = { ...open, phases: 'folded', touched: new Map([[3, true]]) };
  const rows = buildRows({ steps: 6, phases, heads: flat, folds, filter: null });
  assert.deepEqual(rows.ids, [-1, -2, 3, -3]);
  assert.deepEqual(rows.place, [1, 2, 1, 3]);
  assert.deepEqual(rows.size, [3, 3, 1, 3]);
});

test('what hangs on a step is a level deeper, counted among its own, and can be folded away', () => {
  const rows = buildRows({ steps: 6, phases, heads: nested, folds: open, filter: null });
  assert.deepEqual(rows.ids, [-1, 0, 1, 2, -2, 3, -3, 4, 5]);
  assert.deepEqual(rows.level, [1, 2, 3, 3, 1, 2, 1, 2, 3]);
  assert.deepEqual(rows.place, [1, 1, 1, 2, 2, 1, 3, 1, 1]);
  assert.deepEqual(rows.size, [3, 1, 2, 2, 3, 1, 3, 1, 1]);
  const folded = buildRows({ steps: 6, phases, heads: nested, folds: { ...open, groups: new Set([0]) }, filter: null });
  assert.deepEqual(folded.ids, [-1, 0, -2, 3, -3, 4, 5]);
  assert.equal(rowForStep(folded, phases, 2), 1, 'the step that it hangs on stands for it');
});

test('a filter opens what it found in and leaves out the rest', () => {
  const rows = buildRows({ steps: 6, phases, heads: nested, folds: { ...open, phases: 'folded' }, filter: new Set([1, 5]) });
  assert.deepEqual(rows.ids, [-1, 1, -3, 5]);
  assert.deepEqual(rows.place, [1, 1, 2, 1]);
  assert.deepEqual(rows.level, [1, 2, 1, 2]);
  assert.deepEqual(rows.size, [2, 1, 2, 1]);
});

test('phases that are announced before their steps show nothing yet', () => {
  assert.deepEqual(buildRows({ steps: 3, phases, heads: flat, folds: open, filter: null }).ids, [-1, 0, 1, 2]);
});

test('steps without phases stand for themselves', () => {
  const rows = buildRows({ steps: 3, phases: [], heads: flat, folds: { ...open, phases: 'folded' }, filter: null });
  assert.deepEqual(
    [rows.ids, rows.place, rows.size],
    [
      [0, 1, 2],
      [1, 2, 3],
      [3, 3, 3],
    ],
  );
  assert.deepEqual(buildRows({ steps: 3, phases: [], heads: flat, folds: open, filter: new Set([1]) }).ids, [1]);
});

test('every row is found where it stands, a hidden step by its phase', () => {
  const rows = buildRows({ steps: 6, phases, heads: nested, folds: { ...open, touched: new Map([[0, false]]) }, filter: null });
  rows.ids.forEach((id, i) => assert.equal(indexOfRow(rows, phases, id), i));
  assert.equal(indexOfRow(rows, phases, 1), -1);
  assert.equal(rowForStep(rows, phases, 1), indexOfRow(rows, phases, phaseRow(0)));
  assert.deepEqual(
    [0, 2, 3, 4, 5].map((step) => phaseAt(phases, step)),
    [0, 0, 1, 2, 2],
  );
});

test('positions with exceptions are those of adding up all heights', () => {
  const heights = {
    row: 24,
    extra: [
      [1, 40],
      [2, 6],
      [7, 100],
    ] as const,
  };
  const each = Array.from({ length: 10 }, (_, i) => 24 + (heights.extra.find(([at]) => at === i)?.[1] ?? 0));
  let top = 0;
  each.forEach((height, i) => {
    assert.equal(topOf(heights, i), top);
    assert.equal(rowAtOffset(heights, top, 10), i);
    assert.equal(rowAtOffset(heights, top + height - 1, 10), i);
    top += height;
  });
  assert.equal(topOf(heights, 10), top);
  assert.equal(rowAtOffset(heights, 1e9, 10), 9);
});

test('what is mounted covers what is visible', () => {
  const heights = { row: 24, extra: [[50, 300]] as const };
  for (let from = 0; from < 24 * 1000; from += 777) {
    const [first, last] = mountedRange(heights, 1000, from, from + 600);
    assert.ok(topOf(heights, first) <= from && topOf(heights, last) >= Math.min(from + 600, topOf(heights, 1000)));
    assert.ok(last - first <= 25 + 2 + 16);
  }
  assert.deepEqual(mountedRange(heights, 0, 0, 600), [0, 0]);
});
