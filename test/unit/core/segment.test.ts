import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSegmenter, segment } from '../../../src/core/segment.ts';

/** The steps of `text`, as text. */
const cut = (text: string): string[] => segment(text).map(({ start, end }) => text.slice(start, end));

function check(title: string, text: string, expected: string[]): void {
  test(title, () => assert.deepEqual(cut(text), expected));
}

check('nothing in nothing', '', []);
check('nothing in white space', ' \n\t\n ', []);
check('sentences', 'Okay, so I start. Then what? Good!', ['Okay, so I start.', 'Then what?', 'Good!']);
check('no cut in a number', 'It is 3.14 or 1.000.000 in all.', ['It is 3.14 or 1.000.000 in all.']);
check('no cut in a path, an address or a call', 'See src/a.b.ts and https://x.org/a.B?c. Or a.B().', [
  'See src/a.b.ts and https://x.org/a.B?c.',
  'Or a.B().',
]);
check('no cut after an abbreviation', 'Use a loop, e.g. Array.map, vs. Set here. Dr. Who, etc. Then.', [
  'Use a loop, e.g. Array.map, vs. Set here.',
  'Dr. Who, etc.',
  'Then.',
]);
check('no cut in inline code', 'The line `a. B. C` stays. And ``x ` y. Z`` too.', ['The line `a. B. C` stays.', 'And ``x ` y. Z`` too.']);
check('a backtick that is not closed is a character', 'It`s odd. Really.\nNext.', ['It`s odd.', 'Really.', 'Next.']);
check('no cut in an inline formula', 'Here \\(a. B\\) holds. Yes.', ['Here \\(a. B\\) holds.', 'Yes.']);
check('a fenced block is one step', 'Code:\n```ts\nfoo. Bar\n\n- x\n```\nDone.', ['Code:', '```ts\nfoo. Bar\n\n- x\n```', 'Done.']);
check('a longer fence holds a shorter one', '````\n```\na\n```\n````\nb', ['````\n```\na\n```\n````', 'b']);
check('a tilde fence', '~~~\na. B\n~~~\n', ['~~~\na. B\n~~~']);
check('an open fence runs to the end', 'A.\n```\nx. Y\nz', ['A.', '```\nx. Y\nz']);
check('an indented fence in a list', '- a\n  ```js\n  x. Y\n  ```\n- b', ['- a', '```js\n  x. Y\n  ```', '- b']);
check('list items', '- one\n* two\n1. Three. Four\n2) five', ['- one', '* two', '1. Three.', 'Four', '2) five']);
check('nested and escaped item numbers', '- 1. One\n\n1\\. Two', ['- 1. One', '1\\. Two']);
check('headings', '# Head\nText here.\n**Bold**\nMore.', ['# Head', 'Text here.', '**Bold**', 'More.']);
check('a table is one step', 'So:\n| a | b |\n|---|---|\n| 1. A | 2 |\n\nEnd.', ['So:', '| a | b |\n|---|---|\n| 1. A | 2 |', 'End.']);
check('a display formula', 'Thus,\n\n\\[ a. B\n\n= c \\]\n\nwhere c is. Good', ['Thus,\n\n\\[ a. B\n\n= c \\]\n\nwhere c is.', 'Good']);
check('closing quotes and brackets', 'He said "no." Then (yes!) He left.', ['He said "no."', 'Then (yes!)', 'He left.']);
check('a lower-case letter goes on', 'Use Node.js. however, v. 2 is fine... and so on. End', [
  'Use Node.js. however, v. 2 is fine... and so on.',
  'End',
]);
check('Chinese and Japanese', '这是。好的！「はい。」そうです。 对吗？', ['这是。', '好的！', '「はい。」', 'そうです。', '对吗？']);
check('other full stops', 'यह है। वह है॥ هل؟ نعم.', ['यह है।', 'वह है॥', 'هل؟', 'نعم.']);
check('a doubt behind a comma', 'It is probably in the range of ten, but I am not sure.', [
  'It is probably in the range of ten,',
  'but I am not sure.',
]);
check('a line broken at a column limit', `${'word '.repeat(12)}and\nthen it goes on.`, [`${'word '.repeat(12)}and\nthen it goes on.`]);
check('lone surrogates and marks of direction', '\ud800. \udc00 A. \u202eB. C', ['\ud800.', '\udc00 A.', '\u202eB.', 'C']);

test('between two steps lies only white space, and none is empty', () => {
  const text = 'A. B\n\n\n- c\n```\nd\n```\n  # e\n\n';
  let last = 0;
  for (const { start, end } of segment(text)) {
    assert.equal(text.slice(last, start).trim(), '');
    assert.ok(end > start);
    last = end;
  }
  assert.equal(text.slice(last).trim(), '');
});

test('each code unit of a megabyte without a space is passed on once', () => {
  const segmenter = createSegmenter();
  const text = 'x'.repeat(1 << 20);
  for (let i = 0; i < text.length; i += 16) segmenter.push(text.slice(i, i + 16));
  assert.deepEqual(segmenter.tail(), { start: 0, end: text.length });
  segmenter.end();
  assert.deepEqual(segmenter.spans, [{ start: 0, end: text.length }]);
});
