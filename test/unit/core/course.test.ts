import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Analysis, Finding, FindingKind, Step } from '../../../src/core/analysis.ts';
import { courseOf, percentOf } from '../../../src/core/course.ts';

/** Ten steps of ten characters without a gap. */
const steps = Array.from({ length: 10 }, (_, i): Step => ({
  start: i * 10,
  end: i * 10 + 10,
  kind: 'work',
  confidence: 1,
  parent: null,
  tags: [],
}));
const finding = (kind: FindingKind, of: readonly number[], shown = true): Finding => ({
  kind,
  steps: of,
  confidence: 0.9,
  shown,
  message: '',
  why: '',
  quotes: [],
});
const of = (firstAnswer: number | null, ...findings: Finding[]): Pick<Analysis, 'steps' | 'findings' | 'firstAnswer'> => ({
  steps,
  findings,
  firstAnswer,
});

test('before and after the step that first reaches the answer, in shares of the text', () => {
  assert.deepEqual(courseOf(of(3)), { first: 3, before: 0.3, after: 0.6, idle: false, repetition: 0 });
});

test('a finding that the answer was settled early counts as the finding does; only where it is shown is it a claim', () => {
  const { after, idle } = courseOf(of(3, finding('settled-early', [3, 4])));
  assert.deepEqual([after, idle], [0.5, true]);
  assert.equal(courseOf(of(3, finding('settled-early', [3], false))).idle, false);
});

test('a draft that is less likely the answer than not is not named as the place', () => {
  const unsure = { ...finding('settled-early', [3], false), confidence: 0.47 };
  assert.equal(courseOf(of(3, unsure)).first, null);
  assert.equal(courseOf(of(3, { ...unsure, confidence: 0.5 })).first, 3);
});

test('each repeated step counts once', () => {
  assert.equal(courseOf(of(null, finding('repetition', [7, 8]), finding('repetition', [8]))).repetition, 0.2);
});

test('what is not known is null, also where there are no steps or not that many', () => {
  for (const analysis of [of(null), of(99), { ...of(0), steps: [] }]) {
    const { first, before, after, idle } = courseOf(analysis);
    assert.deepEqual([first, before, after, idle], [null, 0, 0, false]);
  }
  assert.deepEqual([percentOf(0.466), percentOf(-1), percentOf(7)], [47, 0, 100]);
});
