import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bare, gistOf, pointOf } from '../../../src/core/phrase.ts';

test('a step in a message: without opening words and marks; of code the first line, as code', () => {
  assert.equal(gistOf('- **Wait, the list is empty.'), 'the list is empty');
  assert.equal(gistOf('```python\n\n    def f(x):\n        return x\n```'), '`def f(x):`');
  assert.equal(gistOf('~~~\necho `date`\n~~~'), "`echo 'date'`");
  assert.equal(gistOf(`\`\`\`\n${'a'.repeat(200)}\n\`\`\``, 20).length, 22);
  assert.equal(gistOf('```\n```').includes('undefined'), false);
});

test('opening words are left out only where the rest still says the same', () => {
  for (const [text, rest] of [
    ['No code changes are needed here', null],
    ['no need to add a try', null],
    ['Right side is 3', null],
    ['Well-known fact', null],
    ['So the right-hand side', 'the right-hand side'],
    ['No, that is wrong', 'that is wrong'],
    ['Wait, no, the list is empty', 'the list is empty'],
    ['First I need to look', 'I need to look'],
    ['First element is 3', null],
    ['Then - wait - it stops', 'it stops'],
  ] as const)
    assert.equal(bare(text), rest ?? text);
});

test('emphasis goes, signs of code stay', () => {
  for (const [text, rest] of [
    ['*Draft 3 (Even tighter):* A mutex', 'Draft 3 (Even tighter): A mutex'],
    ['1. **Parse** each line', 'Parse each line'],
    ['**Count:** 3 sentences', 'Count: 3 sentences'],
    ['*/ - dynMat', null],
    ['__init__ is called', null],
    ['-1 is returned', null],
    ['2*3*4', null],
    ['`a*b*c` is *nice* here', '`a*b*c` is nice here'],
    ['_all of it_ is kept', 'all of it is kept'],
  ] as const)
    assert.equal(bare(text), rest ?? text);
});

test('a line that leads in points to the one that says what is meant', () => {
  const at = (...texts: string[]): number =>
    pointOf(
      texts.map((text) => ({ text, fenced: false })),
      0,
    );
  assert.equal(at('Alternatively:', 'Use a heap of the largest values.'), 1);
  assert.equal(at('Wait, no.', 'Or:', 'The index begins at one, so it is off by one.'), 2);
  assert.equal(at('Alternatively, use a heap of the values.', 'It is faster.'), 0);
  assert.equal(at('Or `f(x)`:', 'It is faster than the other one.'), 0);
  assert.equal(at('Wait, no.'), 0);
});
