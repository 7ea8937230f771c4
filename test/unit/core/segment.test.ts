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
check(
  'a word or unit that is an abbreviation only before a number',
  'It takes 300 ms. The rest and all refs. Then vertex v. Then p. The CA. Go.',
  ['It takes 300 ms.', 'The rest and all refs.', 'Then vertex v.', 'Then p.', 'The CA.', 'Go.'],
);
check(
  'numbers behind abbreviations',
  'See no. 5, fig. 3, Fig. A, p. 7, eq. (2), eq. \\(3\\), v. 2, ca. 300, 3 max. 5, min. 2, ms. 12. Then.',
  ['See no. 5, fig. 3, Fig. A, p. 7, eq. (2), eq. \\(3\\), v. 2, ca. 300, 3 max. 5, min. 2, ms. 12.', 'Then.'],
);
check('a number behind a unit begins a sentence', 'It took 300 ms. 200 of them were idle. No. It did.', [
  'It took 300 ms.',
  '200 of them were idle.',
  'No.',
  'It did.',
]);
check('titles and German abbreviations', 'Ms. Smith met Prof. Lee, z. B. Klaus, d. h. Alle, z.B. Hans. Dann.', [
  'Ms. Smith met Prof. Lee, z. B. Klaus, d. h. Alle, z.B. Hans.',
  'Dann.',
]);
check('an abbreviation that may end a sentence', 'By Smith et al. (2020) or Foo Inc. Then etc. So.', [
  'By Smith et al. (2020) or Foo Inc.',
  'Then etc.',
  'So.',
]);
check('options and their text', 'The answer is B. 2500. I take C. Then.', ['The answer is B. 2500.', 'I take C.', 'Then.']);
check(
  'a name in code begins a sentence',
  'useEffect runs late. useState holds it. row.value is a date. set_size grows. f(x) is 2. a[0] is 1. x = 2. d ≡ 3.',
  ['useEffect runs late.', 'useState holds it.', 'row.value is a date.', 'set_size grows.', 'f(x) is 2.', 'a[0] is 1.', 'x = 2.', 'd ≡ 3.'],
);
check('code behind other ends', 'Why? useMemo helps! `foo()` is it. `bar` too.', [
  'Why?',
  'useMemo helps!',
  '`foo()` is it.',
  '`bar` too.',
]);
check('no name in code', 'It works. item(s) go on. e.g. this, i.e. that, e.g. useState or vs. useMemo... useRef and p. row_id.', [
  'It works. item(s) go on. e.g. this, i.e. that, e.g. useState or vs. useMemo... useRef and p. row_id.',
]);
check('a nullable type and a name', 'It is f(UserData? userData) here. What of useState? useMemo is.', [
  'It is f(UserData? userData) here.',
  'What of useState?',
  'useMemo is.',
]);
check('no cut in a conditional', 'Set x = ok ? A : B and (a > b ? Max : Min) and y = x ?? Y. Quoi ? Rien.', [
  'Set x = ok ? A : B and (a > b ? Max : Min) and y = x ?? Y.',
  'Quoi ?',
  'Rien.',
]);
check('an operator goes on', "So 4! / (2! * 2!) = 6 and 1 + ... + N. = 7 or ... -> Ok. => Then '?' → Next == 3! == 6.", [
  'So 4! / (2! * 2!) = 6 and 1 + ... + N. = 7 or ... -> Ok.',
  "=> Then '?' → Next == 3! == 6.",
]);
check('no sentence begins with a closing sign', "Any '.' , '!' ; '?' : so (a ... ) [b ... ] { ... } end. Next.", [
  "Any '.' , '!' ; '?' : so (a ... ) [b ... ] { ... } end.",
  'Next.',
]);
check('the name of an equation', 'So a is 1 (mod 7). (Eq A)\nAnd b is 2.  (2)\nThen. (3) is new.', [
  'So a is 1 (mod 7). (Eq A)',
  'And b is 2.  (2)',
  'Then.',
  '(3) is new.',
]);
check('a string literal', 'Call print("Hi. You") and x = \'A. B\' and {"k": "A. B"} and eq(a, "A. B") and f(f"A. B").', [
  'Call print("Hi. You") and x = \'A. B\' and {"k": "A. B"} and eq(a, "A. B") and f(f"A. B").',
]);
check('a quotation is none', 'He said "Hi. You" and (she) said, "Hi. You" too. Is x = "Open. Never shut.\nEnd.', [
  'He said "Hi.',
  'You" and (she) said, "Hi.',
  'You" too.',
  'Is x = "Open.',
  'Never shut.',
  'End.',
]);
check('a formula between dollar signs', 'Let $f(x) = 1. G$ and $2x. Y$ hold. Then $3. Y + 2$. Then.', [
  'Let $f(x) = 1. G$ and $2x. Y$ hold.',
  'Then $3.',
  'Y + 2$.',
  'Then.',
]);
check('prices and variables are none', 'It costs $5. And $6. Use $HOME. Then $PATH. And a$b. Or.', [
  'It costs $5.',
  'And $6.',
  'Use $HOME.',
  'Then $PATH.',
  'And a$b.',
  'Or.',
]);
check('no cut in inline code', 'The line `a. B. C` stays. And ``x ` y. Z`` too.', ['The line `a. B. C` stays.', 'And ``x ` y. Z`` too.']);
check('a backtick that is not closed is a character', 'It`s odd. Really.\nNext.', ['It`s odd.', 'Really.', 'Next.']);
check('inline code over a line feed', 'Use `foo. Bar\nbaz. Qux` here. Next `a\n\nb` c.', [
  'Use `foo. Bar\nbaz. Qux` here.',
  'Next `a',
  'b` c.',
]);
check('a stray backtick before a line with inline code', 'It`s odd.\nNext `a. B` is. End.\n- a `b\n- c `d', [
  'It`s odd.',
  'Next `a. B` is.',
  'End.',
  '- a `b',
  '- c `d',
]);
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
check('no cut in a display formula', 'So\n\\[ f. G。 H \\]\nand $$ x. Y。 Z $$ hold. Next.', [
  'So',
  '\\[ f. G。 H \\]\nand $$ x. Y。 Z $$ hold.',
  'Next.',
]);
check('a display formula behind a comma, not behind a colon', 'If a,\n\\[ b \\]\nThen c:\n\\[ d \\]', [
  'If a,\n\\[ b \\]',
  'Then c:',
  '\\[ d \\]',
]);
check(
  'a formula and what its signs mean',
  'It is:\n\nE = m * c\n\nWhere:\n\n- m is mass\n- c is speed.\n- x is new\n\na = b\nwhere a is 1. Where: no',
  ['It is:', 'E = m * c\n\nWhere:\n\n- m is mass\n- c is speed.', '- x is new', 'a = b\nwhere a is 1.', 'Where: no'],
);
check(
  'the final answer belongs to its heading',
  'So.\n**Final Answer**\nIt is \\boxed{3}.\n\n**Final Answer:**\n\n\\[ 3 \\]\n\n**Final Answer**\n- a',
  ['So.', '**Final Answer**\nIt is \\boxed{3}.', '**Final Answer:**', '\\[ 3 \\]', '**Final Answer**', '- a'],
);
check('closing quotes and brackets', 'He said "no." Then (yes!) He left.', ['He said "no."', 'Then (yes!)', 'He left.']);
check('a lower-case letter goes on', 'Use Node.js. however, v. 2 is fine... and so on. End', [
  'Use Node.js. however, v. 2 is fine... and so on.',
  'End',
]);
check('Chinese and Japanese', '这是。好的！「はい。」そうです。 对吗？', ['这是。', '好的！', '「はい。」', 'そうです。', '对吗？']);
check('other full stops', 'यह है। वह है॥ هل؟ نعم. ہے۔ Τι\u037e Ναί. Սա է։ Այո։ ይህ ነው። አዎ። Well… Then', [
  'यह है।',
  'वह है॥',
  'هل؟',
  'نعم.',
  'ہے۔',
  'Τι\u037e',
  'Ναί.',
  'Սա է։',
  'Այո։',
  'ይህ ነው።',
  'አዎ።',
  'Well…',
  'Then',
]);
check('Myanmar, Khmer and Tibetan', 'ကောင်းတယ်။နောက်။ ပြီး။ នេះ។ បន្ទាប់៕ ចប់។ བོད། དེ། །ཡང་། ནི༎ ཡི', [
  'ကောင်းတယ်။',
  'နောက်။',
  'ပြီး။',
  'នេះ។',
  'បន្ទាប់៕',
  'ចប់។',
  'བོད།',
  'དེ། །',
  'ཡང་།',
  'ནི༎',
  'ཡི',
]);
check('ends of several signs', 'What‼ Why⁇ How⁈ So⁉ Yes?! No', ['What‼', 'Why⁇', 'How⁈', 'So⁉', 'Yes?!', 'No']);
check('a doubt behind a comma', 'It is probably in the range of ten, but I am not sure.', [
  'It is probably in the range of ten,',
  'but I am not sure.',
]);
check('a line broken at a column limit', `${'word '.repeat(12)}and\nthen it goes on.`, [`${'word '.repeat(12)}and\nthen it goes on.`]);
const long = 'A sentence that is about as long as a line may be before';
check('a sentence that begins late in a broken line', `${long} it. Let me check the\nconversation and the\nCode.`, [
  `${long} it.`,
  'Let me check the\nconversation and the',
  'Code.',
]);
check('a line broken behind a small word, or before one', `${long} the\n\`config\` and (see)\nEnd`, [
  `${long} the\n\`config\` and (see)`,
  'End',
]);
check('a line broken behind a bracket', `${long} (it)\nand then\n${long} 3\nIf so`, [`${long} (it)\nand then`, `${long} 3`, 'If so']);
check('lines that were not broken', `${long}\n- one\n${long} the\n\nnext\n${long}\nx.size = 1`, [
  long,
  '- one',
  `${long} the`,
  'next',
  long,
  'x.size = 1',
]);
check(
  'each line of indented code is a step',
  `So:\n    # ${long}\n    foo(a)\n\t${long}\n\tbar\n                    ${long}\n                    baz`,
  ['So:', `# ${long}`, 'foo(a)', long, 'bar', long, 'baz'],
);
check('a broken line of a nested list item', `- a\n    - ${long}\n      goes on. And ${long}\n      goes on.`, [
  '- a',
  `- ${long}\n      goes on.`,
  `And ${long}\n      goes on.`,
]);
check('a number behind dots is no item', 'It equals... 58. So ii. it is.\n58. So\nii. So', [
  'It equals...',
  '58.',
  'So ii. it is.',
  '58. So',
  'ii. So',
]);
check('lone surrogates and marks of direction', '\ud800. \udc00 A. \u202eB. C', ['\ud800.', '\udc00 A.', '\u202eB.', 'C']);

/** Each of `words`, put into `text` at the sign %, leaves these steps. */
function each(title: string, words: string, text: string, expected: string[]): void {
  test(title, () => {
    for (const word of words.split(' '))
      assert.deepEqual(
        cut(text.replaceAll('%', word)),
        expected.map((step) => step.replaceAll('%', word)),
      );
  });
}

each('never an end', 'e.g i.e eg ie cf vs viz resp dr Mr mrs Ms Prof w.r.t a.k.a z.B z.T d.h bzw ggf p.ej', 'It is %. Then so. End', [
  'It is %. Then so.',
  'End',
]);
test('two letters that are one abbreviation, with a space', () => {
  for (const word of ['z. B', 'z. T', 'u. U', 'o. Ä', 'd. h', 'i. e', 'e. g'])
    assert.deepEqual(cut(`It is ${word}. Then`), [`It is ${word}. Then`]);
  assert.deepEqual(cut('It is b. C. Then'), ['It is b.', 'C. Then']);
});
each('an end but before a number', 'etc al inc ltd co corp u.s u.k ph.d m.sc b.sc st jr sr usw', 'It is %. Then so. It is %. 2', [
  'It is %.',
  'Then so.',
  'It is %. 2',
]);
each(
  'an end but before a number or a small letter',
  'fig figs eq eqs eqn sec ch ref refs no nos vol p pp v ed eds dept est ca approx ms max min',
  'It is %. Then %. 2 and %. f(x) is. End',
  ['It is %.', 'Then %. 2 and %. f(x) is.', 'End'],
);
each('before a letter', 'Fig Figs Eq Eqs Eqn Sec Ch Ref Refs Vol', 'It is %. A and. So is %. Also', [
  'It is %. A and.',
  'So is %.',
  'Also',
]);
each('units', 'ms sec min', 'It is 3 %. 2 is', ['It is 3 %.', '2 is']);
each('item numbers', '1 12 1.2 a B i ii iii iv v vi vii viii ix x', '%. Then\n- %. So', ['%. Then', '- %. So']);
each('closing signs', '" \' ) * ] _ ` } » ’ ” 」 』 ） 】 》 **', 'He left.% Then', ['He left.%', 'Then']);
each('closing signs without a space', '」 』 ） 】 》 ” ’', '他走了。%然后', ['他走了。%', '然后']);
each('ends without a space', '。 ！ ？ ｡ ။', 'a%b%%c', ['a%', 'b%%', 'c']);
each('operators', '= + / * × ÷ → ≈ ≡ == ->', 'It is 3! % 4. Then', ['It is 3! % 4.', 'Then']);
each('relations', '= ≈ ≡ ≤ ≥', 'It is so. x % 2. y%3. Then', ['It is so.', 'x % 2.', 'y%3.', 'Then']);
each(
  'small words at the end of a broken line',
  'a an the of to and or with for from by at as is are was were be if that which its their our your my this these into than not can will should would could may might must has have',
  'A sentence that is as long as a line may be, and here %\nCode',
  ['A sentence that is as long as a line may be, and here %\nCode'],
);
each(
  'small words behind a broken line',
  'a an the of to and or is are was were be that which into than can will should would could may might must has have',
  'A sentence that is as long as a line may be, and (here)\n% code',
  ['A sentence that is as long as a line may be, and (here)\n% code'],
);
test('white space', () => {
  for (const space of '\t\v\f\r\u00a0\u2003\u2028\u2029\u202f\u205f\u3000\ufeff') assert.deepEqual(cut(`One.${space}Two`), ['One.', 'Two']);
});
test('what is not closed in time was none', () => {
  const filler = 'word '.repeat(40);
  assert.deepEqual(cut(`Use \`a. B ${filler.repeat(6)}\` c`).length, 2);
  assert.deepEqual(cut(`Use f("A. B ${filler}") c`).length, 2);
  assert.deepEqual(cut(`Use $x. B ${filler}$ c`).length, 2);
  assert.deepEqual(cut(`\\[ a. B ${`${filler}\n`.repeat(20)}\nSo. Yes`).slice(-2), ['So.', 'Yes']);
});
check('what follows an abbreviation', 'Fig. Alpha is. Of G. 2 is. See ref. [2], p. (3), v. \\(x\\), eq. (See). Foo etc. (See) ed. [x', [
  'Fig.',
  'Alpha is.',
  'Of G.',
  '2 is.',
  'See ref. [2], p. (3), v.',
  '\\(x\\), eq.',
  '(See).',
  'Foo etc.',
  '(See) ed.',
  '[x',
]);
check('small letters that are no code', 'It. a(n) x. box(es) x. ab=2 x. a =b x. x (y) x. p.ej x. word, x. iOS', [
  'It. a(n) x. box(es) x. ab=2 x. a =b x. x (y) x. p.ej x. word, x.',
  'iOS',
]);
check('a clause too short for a doubt', 'It is, but I do. It is so, but Ice is cold and this is it, but I do not.', [
  'It is, but I do.',
  'It is so, but Ice is cold and this is it,',
  'but I do not.',
]);
check('a tag is at the end of its line and short', 'Is it. (Yes)  \nIs it. (A)', ['Is it. (Yes)', 'Is it. (A)']);
check('no tag', 'Is it. (Yes) So. (See it)\nSo. (abcde)\nSo. ()\nSo. (A', [
  'Is it.',
  '(Yes) So.',
  '(See it)',
  'So.',
  '(abcde)',
  'So.',
  '()',
  'So.',
  '(A',
]);
check(
  'question marks in prose',
  'Ok ? Then: A. Ok ?\nNext: a. So ? It is. And : B. See f(a) ? It: b. See f(a) ? It is. And : b. Really ?? Yes? No : it',
  [
    'Ok ?',
    'Then: A.',
    'Ok ?',
    'Next: a.',
    'So ?',
    'It is.',
    'And : B.',
    'See f(a) ? It: b.',
    'See f(a) ?',
    'It is.',
    'And : b.',
    'Really ?? Yes?',
    'No : it',
  ],
);
check(
  'marks inside other marks',
  'Use `a \\) b. C` and `a \\( b. C` and `a \\[ b` so. And $$ a \\] b. C $$ so. And \\[ a $$ b. C \\] so. And \\(a `b\\) so.',
  ['Use `a \\) b. C` and `a \\( b. C` and `a \\[ b` so.', 'And $$ a \\] b. C $$ so.', 'And \\[ a $$ b. C \\] so.', 'And \\(a `b\\) so.'],
);
check('inline code that ends in a space', 'Use `a. B ` so. C` d', ['Use `a. B ` so.', 'C` d']);
check('full stops that end nothing', 'So a . B is i.d.R. So. And well… useState is.', ['So a . B is i.d.R. So.', 'And well… useState is.']);
check('capital letters are names', 'It is P. 2 are. It is V. As.', ['It is P.', '2 are.', 'It is V.', 'As.']);
check('a sum of literals', 'Say a + "B. C" + \'D. E\' and (a +"F. G").', ['Say a + "B. C" + \'D. E\' and (a +"F. G").']);
check('a boxed answer behind its heading', '**Answer:**\n\\boxed{3}\nSo it is:\n\\boxed{4}', [
  '**Answer:**\n\\boxed{3}',
  'So it is:\n\\boxed{4}',
]);
check('no legend', 'a = 1\nWhere: b\n- c\na = 1\nwhere b\n- c\nA.\nwhere b\na = 1.\nwhere c\nno\nwhere d', [
  'a = 1\nWhere: b',
  '- c',
  'a = 1\nwhere b',
  '- c',
  'A.',
  'where b',
  'a = 1.',
  'where c',
  'no',
  'where d',
]);
check('carriage returns', 'One.\r\n```\r\na. B\r\n```\r\nUse `a. B\r\n\r\nc. D` e. F', [
  'One.',
  '```\r\na. B\r\n```',
  'Use `a.',
  'B',
  'c. D` e.',
  'F',
]);
test('a line is broken, but not before another block', () => {
  for (const block of ['- a', '* a', '+ a', '• a', '\\- a', '# a', '> a', '| a |', '1. a', '12) a'])
    assert.deepEqual(cut(`${long} the\n${block}`), [`${long} the`, block]);
  for (const no of ['-a', '*a*', '+a', '\\a', '1.5 a', '12 a', '(a) b'])
    assert.deepEqual(cut(`${long} the\n${no}`), [`${long} the\n${no}`]);
});
test('item numbers behind bullets', () => {
  for (const item of ['- 1', '* 1', '> 1', '# 1', '(1', '+ 1', '**1', '  - (a'])
    assert.deepEqual(cut(`${item}. Then`), [`${item}. Then`.trim()]);
  assert.deepEqual(cut('By 1. Then'), ['By 1.', 'Then']);
});
check('further literals', 'Of {\'k\': \'A. B\'} and f(a, [b, "C. D"], {e, "F. G"}) and f("<b>. D") and say: \'A. B\' and ab"C. D"', [
  'Of {\'k\': \'A. B\'} and f(a, [b, "C. D"], {e, "F. G"}) and f("<b>. D") and say: \'A.',
  'B\' and ab"C.',
  'D"',
]);
check('prices with commas, formulas behind signs', 'At $5,000. And $6, or $7. See ($x. Y$) and 是$x. Y$ and -$x. Y$.', [
  'At $5,000.',
  'And $6, or $7.',
  'See ($x. Y$) and 是$x. Y$ and -$x. Y$.',
]);
check('lines that join a formula set apart', 'If a,\nB\n\\[ c \\]\nwith d:\n\n\\boxed{3}\nx[1]\nyes', [
  'If a,',
  'B',
  '\\[ c \\]\nwith d:\n\n\\boxed{3}',
  'x[1]',
  'yes',
]);
check('inline spans end at another block', '- a `b\n- see. D` d\n\nA \\(b\n# See. D\\) d', [
  '- a `b',
  '- see.',
  'D` d',
  'A \\(b',
  '# See.',
  'D\\) d',
]);
check('inline code over two line feeds is none', 'Use `a. B\nso it\nis. F` g', ['Use `a.', 'B', 'so it', 'is.', 'F` g']);
check('a formula over a line feed', 'So \\(a. B\nc. D\\) e. F', ['So \\(a. B\nc. D\\) e.', 'F']);
check('backticks in weaker spans win', 'So $a. B `c. D` and f("A. B `c. D` e', ['So $a.', 'B `c. D` and f("A.', 'B `c. D` e']);
check('dollar signs side by side', 'So $a. B$ and $c. D$, $e. F$ and $HOME. See $$ a. B $$ end. Yes', [
  'So $a. B$ and $c. D$, $e. F$ and $HOME.',
  'See $$ a. B $$ end.',
  'Yes',
]);
check('dollar signs of other kinds', 'Use ${a}. B $(c). D "$". E $5.50. F a$. G $x.', [
  'Use ${a}.',
  'B $(c).',
  'D "$".',
  'E $5.50.',
  'F a$.',
  'G $x.',
]);
check('quotes in a literal and beside it', 'Say f("it\'s. A") and f(\'a "b. C" d\') and x = "A. B\\". C" and \'+\', which. D \'+\' e', [
  'Say f("it\'s. A") and f(\'a "b. C" d\') and x = "A. B\\". C" and \'+\', which.',
  "D '+' e",
]);
check('a line behind a fence is none of it', '```\na\n``` b\n```\nc ```d``` e', ['```\na\n``` b\n```', 'c ```d``` e']);
check('```a``` at a line start is no fence', '```a. B``` c. D', ['```a. B``` c.', 'D']);

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

test('the cuts are the same however the text is cut into chunks', () => {
  const text =
    'Use `a. B\nc. D` and $x. Y$ and f("A. B"). x ? A : B is 300 ms. useState it. Eq. (2) is it. (Eq A)\nE = m\n\nWhere:\n- m is 1\n' +
    '    # a line of code that is long enough to be broken\n    foo = 1\n**Final Answer**\nIt`s 3. $5 is "x. Y\nབོད། །ཡང་။z. B. Klaus ?? Y';
  const whole = segment(text);
  for (const size of [1, 2, 3, 7, 41]) {
    const segmenter = createSegmenter();
    for (let i = 0; i < text.length; i += size) segmenter.push(text.slice(i, i + size));
    segmenter.end();
    assert.deepEqual(segmenter.spans, whole);
  }
});
