import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Step } from '../../../src/core/analysis.ts';
import { cut, gistOf, gistText } from '../../../src/webview/model/gist.ts';
import { createGrowingText } from '../../../src/webview/model/pieces.ts';
import { createFinder, nextHit } from '../../../src/webview/model/search.ts';
import { arcsOf, scaleOf, segmentsOf, stepAtX } from '../../../src/webview/model/strip.ts';
import { directionOf } from '../../../src/webview/model/direction.ts';
import { visibleParts, visibleText } from '../../../src/webview/model/visible.ts';

const step = (start: number, end: number, kind: Step['kind'] = 'work'): Step => ({
  start,
  end,
  kind,
  confidence: 1,
  parent: null,
  tags: [],
});

test('a gist is the step in its own words, without marks', () => {
  for (const [source, gist] of [
    ['- **Check** the `loop` first.', 'Check the loop first.'],
    ['## 2. What [this](https://a.b) does', 'What this does'],
    ['```ts\n\nconst a = 1;\nb();\n```', 'const a = 1;'],
    ['A line\nand another', 'A line and another'],
    ['2 ** 3 is 8 and a * b', '2 ** 3 is 8 and a * b'],
    ['', ''],
  ] as const)
    assert.equal(gistText(source), gist, source);
  assert.deepEqual(gistOf('use `a` now'), [
    { text: 'use ', code: false },
    { text: 'a', code: true },
    { text: ' now', code: false },
  ]);
});

test('a cut falls between words and never inside a character', () => {
  assert.equal(cut('one two three', 9), 'one two…');
  assert.equal(cut('🙂🙂🙂', 3), '🙂…');
  assert.equal(cut('short', 9), 'short');
});

test('hidden characters are made visible, joiners of words and emoji are not', () => {
  assert.equal(visibleText('a\u202eb\u200bc\ufeff'), 'a[U+202E]b[U+200B]c[U+FEFF]');
  assert.equal(visibleText('\u{e0041}'), '[U+E0041]');
  for (const code of [0x00, 0x1b, 0x7f, 0x9b, 0x34f, 0x17b4, 0x17b5, 0x2800, 0x1d173, 0x1d17a, 0xe0100, 0xe01ef]) {
    const name = `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
    assert.equal(visibleText(`a${String.fromCodePoint(code)}b`), `a${name}b`);
  }
  for (const fine of [
    'a\tb\r\nc',
    '👩\u{1f3fd}\u200d💻',
    'ક\u200cષ',
    'ਕ\u200dਸ',
    'ଓ\u200dକ',
    '葛\u{e0100}城',
    '\u{20b9f}\u{e0101}',
    '👩\u200d💻',
    'می\u200cخواهم',
    'क्\u200dष',
    'plain',
  ])
    assert.deepEqual(
      visibleParts(fine).filter((part) => typeof part !== 'string'),
      [],
      fine,
    );
});

test('the direction of a text is that of its first letter outside of code', () => {
  for (const [text, direction] of [
    ['- שלום world', 'rtl'],
    ['1. `code` سلام', 'rtl'],
    ['> [https://a.example](https://a.example) سلام', 'rtl'],
    ['* word שלום', 'ltr'],
    ['- 123, `code`', undefined],
    ['', undefined],
  ] as const)
    assert.equal(directionOf(text), direction, text);
});

test('a growing text is read like the whole', () => {
  const text = createGrowingText();
  let whole = '';
  for (let i = 0; i < 4000; i++) {
    const more = `${i} `.repeat(1 + (i % 5));
    text.push(more);
    whole += more;
  }
  assert.equal(text.length, whole.length);
  for (const [from, to] of [
    [0, 10],
    [32_760, 32_780],
    [10_000, 60_000],
    [whole.length - 5, whole.length],
    [5, 5],
  ] as const)
    assert.equal(text.slice(from, to), whole.slice(from, to));
});

test('search finds each step once, also where lower case changes lengths', () => {
  const text = 'Alpha beta. ALPHA again alpha. İstanbul. Gamma.';
  const steps = [step(0, 11), step(12, 30), step(31, 40), step(41, 47)];
  const find = createFinder();
  assert.deepEqual(find(text, steps, 'alpha'), [0, 1]);
  assert.deepEqual(find(text, steps, ' gamma '), [3]);
  assert.deepEqual(find(text, steps, 'İSTANBUL'), [2]);
  assert.deepEqual(find(text, steps, ''), []);
  assert.equal(nextHit([2, 5, 9], 5, 1), 2);
  assert.equal(nextHit([2, 5, 9], 9, 1), 0);
  assert.equal(nextHit([2, 5, 9], 2, -1), 2);
  assert.equal(nextHit([], 2, 1), -1);
});

test('search finds words as they stand on the screen, and as they stand in the source', () => {
  const pieces = [
    'So `addLine` calls **the rounding\nhelper** twice.',
    '- first we *look* at [the cart](https://example.com/cart)',
    'The pointer is *p, the sum 2 * 3 and `snake_case` stays; ΣΑΣ.',
    '> a quote over\n> two lines',
    '```ts\nconst  a = b;\n```',
    'It ends here.',
  ];
  const text = pieces.join('\n\n');
  const steps: Step[] = [];
  for (const piece of pieces) {
    const start = text.indexOf(piece);
    steps.push(step(start, start + piece.length));
  }
  const find = createFinder();
  const found: readonly (readonly [string, number])[] = [
    ['addLine calls the rounding helper twice', 0],
    ['So `addLine`', 0],
    ['**the rounding', 0],
    ['first we look at the cart', 1],
    ['example.com', 1],
    ['is *p', 2],
    ['2 * 3', 2],
    ['snake_case stays', 2],
    ['σας', 2],
    ['over two lines', 3],
    ['const a = b', 4],
    ['helper twice. first we look', 0],
    ['const a = b; It', 4],
  ];
  for (const [query, at] of found) assert.deepEqual(find(text, steps, query), [at], query);
  assert.deepEqual(find(text, steps, 'snakecase'), []);
  // another text with the same steps is another text
  assert.deepEqual(find(text.replace('first', 'third'), steps, 'third we look'), [1]);
});

test('a growing text is searched by what is new of it', () => {
  const find = createFinder();
  const read: number[] = [];
  let text = 'One apple. Two pears.';
  const growing = {
    slice(start: number, end: number) {
      read.push(start);
      return text.slice(start, end);
    },
  };
  assert.deepEqual(find(growing, [step(0, 10), step(11, 21)], 'pears'), [1]);
  text += ' Three apples.';
  assert.deepEqual(find(growing, [step(0, 10), step(11, 21), step(22, 35)], 'apple'), [0, 2]);
  assert.deepEqual(read, [0, 11, 22]);
});

test('the strip covers its width without overlap, however many steps there are', () => {
  const kinds = ['work', 'revise', 'setup', 'conclude'] as const;
  for (const n of [1, 30, 20_000]) {
    const steps = Array.from({ length: n }, (_, i) => step(i * 50, i * 50 + 49, kinds[i % 4]));
    const segments = segmentsOf(steps, n * 50, 800, 1);
    let at = 0;
    for (const { from, to } of segments) {
      assert.ok(from >= at && to > from);
      at = to;
    }
    assert.ok(segments.length <= 800 && at <= 801);
    for (const i of [0, Math.floor(n / 2), n - 1]) assert.equal(stepAtX(steps, n * 50, 800, ((i * 50 + 10) / (n * 50)) * 800), i);
  }
});

test('where steps share a pixel the turn is seen', () => {
  const steps = Array.from({ length: 1000 }, (_, i) => step(i, i + 1, i === 500 ? 'revise' : 'work'));
  assert.ok(segmentsOf(steps, 1000, 100, 1).some(({ group }) => group === 'revise'));
});

test('a growing text keeps its scale for a while, arcs that would hide each other are left out', () => {
  assert.equal(scaleOf(500, true), scaleOf(1900, true));
  assert.equal(scaleOf(1234, false), 1234);
  const steps = Array.from({ length: 100 }, (_, i) => step(i * 10, i * 10 + 9));
  const branch = (from: number, at: number) => ({ from, at, back: null, reason: '' });
  assert.deepEqual(arcsOf({ steps, branches: [branch(10, 50)] }, 1000), [{ from: 0.1, to: 0.5 }]);
  assert.deepEqual(arcsOf({ steps, branches: Array.from({ length: 60 }, (_, i) => branch(i, i + 5)) }, 1000), []);
});
