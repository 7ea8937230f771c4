import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Loop } from '../../../src/core/loops.ts';
import { createLoopWatch } from '../../../src/core/loops.ts';
import { createRandom, cutInto } from './random.ts';

const INTRO = 'The user wants to know why the build fails. I will look at the configuration file, and then at the scripts that it names. ';
const ROUND =
  'Wait, let me check the configuration again. The path is relative, so the loader should find the file. But it does not find it. ';

function watch(text: string): Loop | null {
  const loops = createLoopWatch();
  loops.push(text);
  return loops.loop();
}

test('an exact loop is told after three rounds, with where it began', () => {
  const loop = watch(INTRO + ROUND.repeat(4));
  assert.equal(loop?.exact, true);
  assert.ok(loop.rounds >= 3);
  assert.ok(Math.abs(loop.start - INTRO.length) <= 12, `starts at ${loop.start}`);
  assert.equal(watch(INTRO + ROUND), null);
  assert.equal(watch(INTRO + ROUND + ROUND), null);
});

test('within a few hundred tokens', () => {
  const loops = createLoopWatch();
  let pushed = 0;
  for (const piece of ROUND.repeat(10).match(/.{1,20}/gs) ?? []) {
    loops.push(piece);
    pushed += piece.length;
    if (loops.loop() !== null) break;
  }
  assert.ok(loops.loop() !== null && pushed < 1200, `${pushed} code units`);
});

test('a near loop: numbers count up, a word differs', () => {
  const text = Array.from(
    { length: 8 },
    (_, i) => `Step ${i}: I take the next element of the list and ${i % 2 ? 'add' : 'put'} it to the result, and then I go on. `,
  ).join('');
  assert.notEqual(watch(INTRO + text), null);
});

test('the loop is over when other text follows', () => {
  const random = createRandom(9);
  const other = Array.from({ length: 120 }, () => `w${Math.floor(random() * 1e9).toString(36)}`.replace(/\d/g, 'q')).join(' ');
  assert.equal(watch(ROUND.repeat(4) + INTRO + other), null);
});

test('ordinary prose, lists and tables are no loop', () => {
  const list = Array.from(
    { length: 12 },
    (_, i) => `- ${['read', 'write', 'open', 'close', 'seek', 'flush'][i % 6]} the ${['file', 'socket', 'pipe'][i % 3]}\n`,
  ).join('');
  for (const text of [INTRO, list, '| a | b |\n| --- | --- |\n| 1 | 2 |\n', '', ' ', '\n'.repeat(1000)]) assert.equal(watch(text), null);
});

test('without spaces', () => {
  assert.notEqual(watch('让我再检查一下这个配置文件的路径是否正确。'.repeat(6)), null);
  assert.notEqual(watch('ab'.repeat(5000)), null);
});

test('any cutting says the same', () => {
  const text = INTRO + ROUND.repeat(5) + '让我再检查一下。'.repeat(3) + '\ud83d\ude00 12.5 ' + 'x'.repeat(300);
  for (let end = 10; end <= text.length; end += 97)
    for (let seed = 1; seed <= 3; seed++) {
      const loops = createLoopWatch();
      for (const piece of cutInto(text.slice(0, end), 20, createRandom(seed))) loops.push(piece);
      assert.deepEqual(loops.loop(), watch(text.slice(0, end)));
    }
});
