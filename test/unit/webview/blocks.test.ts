import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createBlockReader, decodeEntities, lex, onMarkdownLoaded, safeLink } from '../../../src/webview/model/lexer.ts';

before(() => new Promise<void>(onMarkdownLoaded));

const PIECES = [
  '# Title\n',
  'A paragraph\nof two lines.\n\n',
  '- one\n- two\n\n  more\n',
  '```js\nlet a = 1;\n```\n',
  '| a | b |\n|---|---|\n| 1 | 2 |\n',
  '> quote\n',
  '1. x\n2. y\n',
  '\n',
  'text `code` **bold**\n',
  '---\n',
  '$$\nx^2\n$$\n',
  'unclosed ```\n',
  '<div>raw</div>\n\n',
  'a\r\nb\r\n',
];

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 32;
  };
}

test('blocks of a growing text are those of the whole, however it is cut, and finished ones keep their identity', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = seeded(seed);
    const text = Array.from({ length: 14 }, () => PIECES[Math.floor(random() * PIECES.length)] ?? '').join(random() < 0.5 ? '' : '\n');
    const growing = createBlockReader();
    let last: ReturnType<typeof growing.read> = [];
    for (let at = 0; at < text.length;) {
      at = Math.min(text.length, at + 1 + Math.floor(random() * 12));
      const blocks = growing.read(text.slice(0, at));
      for (let i = 0; i < last.length - 4; i++) assert.equal(blocks[i], last[i], `seed ${seed}: block ${i} was read again`);
      last = blocks;
    }
    const whole = createBlockReader().read(text);
    const shape = (blocks: typeof whole): unknown => blocks.map(({ start, end, token }) => [start, end, token.type]);
    assert.deepEqual(shape(last), shape(whole), `seed ${seed}: ${JSON.stringify(text)}`);
  }
});

test('offsets hold for the source, also with carriage returns', () => {
  const text = 'One.\r\n\r\nTwo is `here`.\r\n';
  const [, second] = createBlockReader().read(text);
  assert.equal(text.slice(second?.start, second?.end).trim(), 'Two is `here`.');
});

test('no text makes it throw', () => {
  for (const text of ['>'.repeat(20_000), '['.repeat(20_000), '- '.repeat(5000), '```', '\u0000', '\ud800', '$'.repeat(999)])
    assert.ok(Array.isArray(lex(text)));
});

test('mathematics is told from money', () => {
  const types = (text: string): string[] =>
    lex(text).flatMap((token) => ('tokens' in token ? (token.tokens ?? []).map(({ type }) => type) : [token.type]));
  assert.ok(types('so $x^2 + y_1$ holds').includes('math'));
  assert.ok(types('so \\(a+b\\) holds').includes('math'));
  assert.ok(types('$$x$$').includes('math'));
  for (const text of ['it costs $5 and $7 more', 'set $HOME and $PATH', 'a $ b $ c']) assert.ok(!types(text).includes('math'), text);
});

test('only http and https may be opened', () => {
  assert.equal(safeLink('https://a.b/c'), 'https://a.b/c');
  for (const href of [
    'javascript:alert(1)',
    'command:x',
    'vscode://x',
    'file:///x',
    'data:text/html,x',
    '/relative',
    '#x',
    ' JAVASCRIPT:x',
    '',
  ])
    assert.equal(safeLink(href), null, href);
});

test('character references are read as Markdown means them', () => {
  assert.equal(decodeEntities('a &lt; b &amp;&amp; c &#39;x&#x27; &unknown; &#0;'), "a < b && c 'x' &unknown; \ufffd");
});
