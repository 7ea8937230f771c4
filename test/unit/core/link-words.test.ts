import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordPlaces, writtenWords } from '../../../src/core/link-words.ts';
import { termsOf } from '../../../src/core/terms.ts';
import { createRandom } from './random.ts';

test('words as they are written, in the order of the link, each once', () => {
  const block = 'With the default series, `baseMs` and 300,000: another Series, `parseUserId()`.';
  assert.deepEqual(writtenWords(block, ['sery', 'basem', 'base', '300', '000', 'parse', 'default']), [
    'series',
    'baseMs',
    '300,000',
    'parseUserId',
    'default',
  ]);
});

test('what is compared two characters at a time is told in one piece', () => {
  const block = '这里的数据库连接超时了。';
  assert.deepEqual(writtenWords(block, ['据库', '数据', '超时']), ['数据库', '超时']);
});

test('places are those of the words, whatever their form there', () => {
  const text = 'It caches what is cached in a cache, 12.5 times.';
  assert.deepEqual(
    wordPlaces(text, ['cach', '12.5']).map(({ start, end }) => text.slice(start, end)),
    ['caches', 'cached', '12.5'],
  );
});

test('any text: every word of a block that has the terms is found, and none that is not there', () => {
  const random = createRandom(3);
  const pieces = ['foo', 'BarBaz', 'parse_id', '数据库', '12,300', '1.5', ' ', '\n', '`', '\ud800', '\u202e', 'ies', '中', '$x', '-'];
  for (let i = 0; i < 300; i++) {
    const block = Array.from({ length: 20 }, () => pieces[Math.floor(random() * pieces.length)]).join('');
    const words = [...new Set(termsOf(block))].slice(0, 6);
    const written = writtenWords(block, words);
    assert.equal(written.length > 0, words.length > 0, JSON.stringify(block));
    for (const word of written) assert.ok(block.includes(word));
    const found = new Set(wordPlaces(block, words).flatMap((place) => place.of));
    assert.equal(found.size, words.length, JSON.stringify([block, words]));
  }
});
