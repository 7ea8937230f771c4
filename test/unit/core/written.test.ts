import assert from 'node:assert/strict';
import { test } from 'node:test';
import { join } from 'node:path';
import { parseWritten, readWritten } from '../../tools/written.ts';

/** The chains that the model of kinds learns from beside the labelled ones: a slip in their form would teach it wrongly without a word. */

test('steps, phases and turns are read from the form in which chains are written', () => {
  const chain = parseWritten(
    'a',
    [
      'MODEL any',
      'PROMPT',
      'Why?',
      'REASONING',
      '[setup p PHASE="One"] The user asks why.',
      '[work n] ```',
      '[1, 2]',
      '```',
      '[revise p BRANCH PHASE="Two"] No, that is wrong.',
      '[check s] Yes.',
      'ANSWER',
      'So.',
      '',
    ].join('\n'),
  );
  assert.equal(chain.reasoning, 'The user asks why.\n```\n[1, 2]\n```\n\nNo, that is wrong. Yes.');
  assert.deepEqual(
    chain.segments.map(({ start, end, kind }) => [kind, chain.reasoning.slice(start, end)]),
    [
      ['setup', 'The user asks why.'],
      ['work', '```\n[1, 2]\n```'],
      ['revise', 'No, that is wrong.'],
      ['check', 'Yes.'],
    ],
  );
  assert.deepEqual([chain.prompt, chain.answer, chain.phases, chain.branches], ['Why?', 'So.', [0, 2], [2]]);
});

test('a file of another form is refused', () => {
  assert.throws(() => parseWritten('a', 'MODEL any\nPROMPT\nWhy?\nANSWER\nSo.\n'), /not all there/);
  assert.throws(() => parseWritten('a', 'MODEL any\nPROMPT\nWhy?\nREASONING\n[guess p] Well.\nANSWER\nSo.\n'), /no kind 'guess'/);
});

test('all that were written are of that form, and their steps cover the text', () => {
  const chains = readWritten(join(import.meta.dirname, '../../tools/chains'));
  assert.ok(chains.length > 200);
  for (const { id, reasoning, segments, phases, branches } of chains) {
    assert.ok(segments.length >= 10, id);
    assert.equal(phases[0], 0, id);
    assert.ok([...phases, ...branches].every((i) => i < segments.length));
    let end = 0;
    for (const segment of segments) {
      assert.match(reasoning.slice(end, segment.start), /^\s*$/, id);
      assert.ok(segment.end > segment.start, id);
      end = segment.end;
    }
    assert.equal(end, reasoning.length, id);
  }
});
