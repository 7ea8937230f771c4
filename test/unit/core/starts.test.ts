import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AHEAD, advanceTogether, copyOf, noStarts } from '../../../src/core/outline/starts.ts';
import { createRandom } from './random.ts';

const CHOICE = { floor: -1000, apart: 3 };
/** Thousandths of a logit for what is unlikely. */
const LOW = -5000;

function placesOf(scores: readonly number[]): readonly number[] {
  const starts = noStarts();
  advanceTogether(starts, scores.length, scores.length, (i) => scores[i] ?? LOW, CHOICE);
  return starts.at;
}

/** Scores of so many steps, all low but those given. */
function scoresOf(steps: number, likely: Readonly<Record<number, number>>): number[] {
  return Array.from({ length: steps }, (_, i) => likely[i] ?? LOW);
}

test('two steps of which neither is likely enough alone are one place together, at the likelier', () => {
  assert.deepEqual(placesOf(scoresOf(12, { 5: -1300 })), []);
  assert.deepEqual(placesOf(scoresOf(12, { 5: -1300, 6: -1200 })), [6]);
  assert.deepEqual(placesOf(scoresOf(12, { 5: -1200, 6: -1300 })), [5]);
  assert.deepEqual(placesOf(scoresOf(12, { 5: -1250, 6: -1250 })), [5], 'of equal ones the first');
});

test('a place is a step that is likely itself, never the one between two that are', () => {
  assert.deepEqual(placesOf(scoresOf(12, { 4: 500, 6: 400 })), [4]);
});

test('places lie apart, and the first step begins the first phase without being one', () => {
  const at = placesOf(scoresOf(20, { 0: 3000, 3: 1000, 5: 1500, 12: 0 }));
  assert.deepEqual(at, [5, 12]);
  assert.deepEqual(placesOf(scoresOf(20, { 1: 1000 })), [], 'a first phase of one step is none');
  assert.deepEqual(placesOf(scoresOf(20, { 1: 1000, 2: 0 })), [2]);
});

test('what is settled step by step is what is found at once, and is never taken back', () => {
  const random = createRandom(11);
  for (let round = 0; round < 200; round++) {
    const scores = Array.from({ length: 10 + Math.floor(random() * 60) }, () => Math.round((random() - 0.75) * 6000));
    const starts = noStarts();
    let before: readonly number[] = [];
    for (let steps = 1; steps <= scores.length; steps++) {
      // the score of a step is final when three more steps are there
      const score = (i: number): number =>
        i + 3 < steps || steps === scores.length ? (scores[i] ?? LOW) : Math.round((random() - 0.5) * 4000);
      advanceTogether(starts, steps - AHEAD.phase, steps, score, CHOICE);
      assert.deepEqual(starts.at.slice(0, before.length), before);
      before = [...starts.at];
    }
    const rest = copyOf(starts);
    advanceTogether(rest, scores.length, scores.length, (i) => scores[i] ?? LOW, CHOICE);
    assert.deepEqual(rest.at, placesOf(scores));
    assert.ok(rest.at.every((at, p) => p === 0 || at - rest.at[p - 1]! >= CHOICE.apart));
  }
});
