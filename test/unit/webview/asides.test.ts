import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PART_SEPARATOR } from '../../../src/core/trace.ts';
import { asidesOf } from '../../../src/webview/model/asides.ts';

const said = { kind: 'reasoning', visibility: 'raw', text: 'Let me look.' } as const;
const call = { kind: 'tool-call', visibility: 'raw', text: '{"path":"a.ts"}', name: 'read_file' } as const;
const result = { kind: 'tool-result', visibility: 'raw', text: 'const a = 1;' } as const;
const locked = { kind: 'reasoning', visibility: 'encrypted', text: '' } as const;
const answer = { kind: 'answer', visibility: 'raw', text: 'Yes.' } as const;

test('tools and locked parts stand where they came, between the words of the reasoning', () => {
  const at = said.text.length;
  assert.deepEqual(asidesOf([said, call, result, said, locked, locked, answer]), [
    { at, kind: 'tool-call', name: 'read_file', text: '{"path":"a.ts"}' },
    { at, kind: 'tool-result', name: '', text: 'const a = 1;' },
    { at: 2 * at + PART_SEPARATOR.length, kind: 'locked', name: '', text: '' },
  ]);
});

test('where nothing of the reasoning is shown, nothing is between its words', () => {
  assert.deepEqual(asidesOf([locked, answer]), []);
  assert.deepEqual(
    asidesOf([locked, call]).map(({ kind }) => kind),
    ['tool-call'],
  );
});
