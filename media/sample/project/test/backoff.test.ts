import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoffMs, withJitter } from '../src/backoff.ts';

test('doubles with each attempt', () => {
  assert.deepEqual(
    [0, 1, 2, 3].map((attempt) => backoffMs(attempt)),
    [500, 1000, 2000, 4000],
  );
});

test('never exceeds the cap', () => {
  assert.equal(backoffMs(9), 256_000);
  assert.equal(backoffMs(10), 300_000);
  assert.equal(backoffMs(20), 300_000);
});

test('takes another policy', () => {
  assert.equal(backoffMs(3, { baseMs: 10, capMs: 50 }), 50);
});

test('jitter stays in the upper half', () => {
  assert.equal(
    withJitter(1000, () => 0),
    500,
  );
  assert.equal(
    withJitter(1000, () => 0.5),
    750,
  );
});
