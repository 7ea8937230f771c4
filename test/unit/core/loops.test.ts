import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Loop } from '../../../src/core/loops.ts';
import { createLoopWatch } from '../../../src/core/loops.ts';
import { createRandom, cutInto } from './random.ts';

const INTRO = 'The user wants to know why the build fails. I will look at the configuration file, and then at the scripts that it names. ';
const ROUND =
  'Wait, let me check the configuration again. The path is relative, so the loader should find the file. But it does not find it. ';
const OTHER =
  'Hmm, the version in the lock file differs from the one in the manifest. That may be an accident of the last merge, or on purpose. ';

function watch(text: string): Loop | null {
  const loops = createLoopWatch();
  loops.push(text);
  return loops.loop();
}

/** The first loop that is noticed in `text`, and after how many words. */
function firstLoop(text: string): { loop: Loop; words: number } | null {
  const loops = createLoopWatch();
  const pieces = text.match(/.{1,10}/gs) ?? [];
  for (const [i, piece] of pieces.entries()) {
    loops.push(piece);
    const loop = loops.loop();
    if (loop !== null)
      return {
        loop,
        words: pieces
          .slice(0, i + 1)
          .join('')
          .split(/\s+/).length,
      };
  }
  return null;
}

const lines = (n: number, line: (i: number) => string): string => Array.from({ length: n }, (_, i) => line(i)).join('');

/** A word that is not like any other: a number in letters. */
const name = (n: number): string => n.toString(16).replace(/./g, (digit) => 'bdfghjklmnprstvw'[parseInt(digit, 16)] as string) + 'an';

/** Words of which none comes twice. */
function news(from: number, n: number): string {
  return lines(n, (i) => `${name(1000 + from + i)}${i % 12 === 11 ? '.' : ''} `);
}

const FRIENDS = 'Alice Bob Carol Dave Erin Frank Grace Heidi Ivan Judy'.split(' ');

test('rounds that are the same to the word are told after three, with where they began', () => {
  const loop = watch(INTRO + ROUND.repeat(4));
  assert.ok(loop);
  assert.deepEqual({ ...loop, start: 0 }, { start: 0, period: 29, rounds: 4, exact: true, share: 1 });
  assert.ok(Math.abs(loop.start - INTRO.length) <= 12, `starts at ${loop.start}`);
  assert.equal(watch(INTRO + ROUND), null);
  assert.equal(watch(INTRO + ROUND + ROUND), null);
});

test('within a few hundred tokens', () => {
  const first = firstLoop(INTRO + ROUND.repeat(10));
  assert.ok(first && first.words < 100, `${first?.words} words`);
});

test('where a loop began stays the same while it lasts', () => {
  const loops = createLoopWatch();
  loops.push(INTRO);
  const begins = new Set<number | undefined>();
  for (let i = 0; i < 300; i++) {
    loops.push(ROUND);
    if (i >= 3) begins.add(loops.loop()?.start);
  }
  assert.equal(begins.size, 1);
  assert.equal(loops.loop()?.rounds, 300);
});

test('of long rounds the third need not be over; longer ones than a paragraph circle', () => {
  const long = news(0, 540);
  assert.deepEqual(firstLoop(INTRO + long.repeat(3))?.loop.rounds, 2);
  assert.equal(firstLoop(INTRO + long + long + news(0, 50)), null);
  const first = firstLoop(INTRO + news(0, 700).repeat(4));
  assert.equal(first?.loop.period, 0);
});

test('a few words, or a few words at a time, are no loop', () => {
  assert.equal(watch(INTRO + news(0, 19).repeat(3)), null);
  assert.notEqual(watch(INTRO + news(0, 22).repeat(3)), null);
  const line = (words: number): string => `[db] = ${news(0, words - 1)}\n`;
  assert.equal(watch(INTRO + line(7).repeat(20)), null);
  assert.notEqual(watch(INTRO + line(9).repeat(20)), null);
});

const DATA: Record<string, string> = {
  'fixture rows': lines(3, (i) => `  { "id": ${i + 1}, "name": "${FRIENDS[i]}", "mail": "m${i}@example.com", "active": true },\n`),
  assertions: lines(6, (i) => `        assertEquals(${i * 2}, calculator.multiply(${i}, 2));\n`),
  'more assertions': lines(
    20,
    (i) => `        assertEquals("${FRIENDS[i % 10]}", service.find(${i}).name(), "the name of the user is wrong");\n`,
  ),
  'a table': '| Name | Age | City |\n|---|---|---|\n' + lines(6, (i) => `| ${FRIENDS[i]} | ${20 + i} | Berlin |\n`),
  'a traced loop': lines(
    3,
    (i) => `Round ${i}: nums[${i}] = ${i * 3}. As ${i * 3} is more than max = ${i}, we set max = ${i * 3} and go on.\n`,
  ),
  'a long traced loop': lines(
    28,
    (i) =>
      `In round ${i}, the value is ${(i * 7) % 11}. It is less than the target, so the pointer moves to the right and the loop goes on.\n`,
  ),
  numbers: lines(300, (i) => `${i * i}, `),
  zeros: `[${'0, '.repeat(256)}0]`,
  'values of a sieve': lines(200, (i) => `${i % 2 === 0 || i % 3 === 0 ? 'False' : 'True'}, `),
  'letters one by one': lines(9, (i) => `${i + 1}. ${'letterset'[i]} - ${'letterset'[i] === 't' ? 'yes' : 'no'}\n`),
  'letters in sentences': lines(
    28,
    (i) => `The next letter is '${name(i)}', which is not in the set yet, so we add it to the set and go on.\n`,
  ),
  'a list of modules': lines(
    24,
    (i) => `The module ${name(i)} exports one function that is used by the host, and it has a test of its own.\n`,
  ),
  'a box': `┏${'━'.repeat(134)}┓\n┃${' '.repeat(134)}┃\n┗${'━'.repeat(134)}┛\n`,
  'a grid': `[${'0, '.repeat(15)}0],\n`.repeat(16),
  log: lines(20, (i) => `10:00:${10 + i} WARN The connection to the database was refused, the next attempt is in 5 seconds\n`),
  list: lines(12, (i) => `- ${['read', 'write', 'open', 'close', 'seek', 'flush'][i % 6]} the ${['file', 'socket', 'pipe'][i % 3]}\n`),
  'code in two drafts': lines(
    2,
    () =>
      'def merge(a, b):\n    out = []\n    while a and b:\n        out.append((a if a[0] < b[0] else b).pop(0))\n    return out + a + b\n\n',
  ),
  nothing: '',
  space: ' ',
  'empty lines': '\n'.repeat(1000),
};
for (const [what, text] of Object.entries(DATA))
  test(`no loop: ${what}`, () => {
    assert.equal(firstLoop(INTRO + text + OTHER), null);
  });

test('a number that counts the rounds, or a word of a few, does not make them other rounds', () => {
  const round = (i: number): string =>
    `Step ${i}: I take the next element of the list and ${i % 2 ? 'add' : 'put'} it to the result, and then I go on. `;
  const first = firstLoop(INTRO + lines(40, round));
  assert.ok(first && first.words < 320, `${first?.words} words`);
  assert.equal(first.loop.exact, false);
});

test('rows are a loop when there are more than anything needs', () => {
  const row = (i: number): string => `Step ${i}: I take ${i * 7} from the end of the list and put it to the result, and then I go on. `;
  assert.equal(watch(INTRO + lines(30, row)), null);
  const loop = watch(INTRO + lines(36, row));
  assert.deepEqual([loop?.exact, loop?.period, (loop?.rounds ?? 0) >= 32], [false, 25, true]);
  // rows of which each other one is longer
  const uneven = (i: number): string =>
    `The module ${news(4 * i, i % 2 ? 1 : 5)}exports one function that is used by the host, and it has a test here. `;
  assert.equal(watch(INTRO + lines(28, uneven)), null);
  assert.deepEqual([watch(INTRO + lines(40, uneven))?.exact, watch(INTRO + lines(40, uneven))?.share], [false, 1]);
  // short rows need more of them, and what differs every few words are no rows
  assert.equal(watch(INTRO + lines(80, (i) => `${i} + 1 = ${i + 1}\n`)), null);
  assert.notEqual(watch(INTRO + lines(400, (i) => `${i} + 1 = ${i + 1}\n`)), null);
  assert.notEqual(watch(INTRO + lines(80, (i) => `Take ${name(i)} off the list, go. `)), null);
  assert.equal(watch(INTRO + lines(80, (i) => `Take ${name(2 * i)} and then ${name(2 * i + 1)} from the list; `)), null);
});

test('signs and numbers are a loop when there are very many', () => {
  assert.equal(watch('━'.repeat(1500)), null);
  assert.deepEqual(watch('━'.repeat(1700)), { start: 0, period: 1, rounds: 1700, exact: true, share: 1 });
  assert.equal(watch('0, '.repeat(1700))?.period, 2);
});

/** Points that are made over and over, each in one of a few wordings. */
const CIRCLES = {
  path: [
    ['Wait, maybe the path is relative.', 'Hmm, maybe the path is relative after all.', 'But wait, the path could be relative.'],
    ['But then the loader would look in the folder of the project.', 'In that case the loader looks in the folder of the project.'],
    ['And the file is not there, so that can not be it.', 'The file is not there, so it can not be that.'],
    ['Maybe the order of the entries matters.', 'Perhaps it is the order of the entries that matters.'],
    ['But the documentation says that the order does not matter.', 'However, the documentation says the order does not matter.'],
    ['So I am back at the question of the path.', 'That brings me back to the question of the path.', 'So it must be the path again.'],
  ],
  sort: [
    ['Wait, maybe we should sort the list first.', 'Hmm, perhaps we should sort the list first.', 'Maybe the list should be sorted first.'],
    ['But sorting changes the order of equal elements.', 'But then the order of equal elements changes.'],
    ['The task says that equal elements keep their order.', 'And the task wants equal elements to keep their order.'],
    ['So we need a stable sort, or no sort at all.', 'Then we need a stable sort or no sort at all.'],
    ['Is the built-in sort stable? I think it is.', 'I think the built-in sort is stable.', 'The built-in sort is stable, I think.'],
    ['But then the comparison must be consistent.', 'But the comparison has to be consistent then.'],
  ],
  lock: [
    ['Wait, but the lock is released in the finally block.', 'But wait, the finally block releases the lock.'],
    ['So a deadlock is not possible here.', 'So there can be no deadlock here.', 'Then a deadlock is not possible.'],
    ['Unless the second thread takes the locks in another order.', 'Unless the locks are taken in another order by the second thread.'],
    [
      'But both threads call the same function, so the order is the same.',
      'But the order is the same, because both threads call the same function.',
    ],
    ['Then why does the program hang?', 'So why does the program hang then?'],
    ['Maybe the queue is full and the producer waits.', 'Perhaps the producer waits because the queue is full.'],
  ],
  riddle: [
    ['Alternatively, maybe the answer is a shadow.', 'Maybe the answer is a shadow.', 'Wait, perhaps the answer is a shadow.'],
    ['A shadow follows you all day, but it goes away at night.', 'It follows you all day but goes away at night.'],
    [
      'But a shadow has no weight, and the riddle says that it is heavy.',
      'But the riddle says that it is heavy, and a shadow has no weight.',
    ],
    ['Alternatively, maybe the answer is a name.', 'Maybe it is a name.', 'Perhaps the answer is a name.'],
    ['A name is used by others more than by you.', 'Others use your name more than you do.'],
    ['But that is another riddle.', 'But that is the answer to another riddle.', 'Hmm, the riddle is probably misquoted.'],
  ],
  chinese: [
    ['等等，也许路径是相对的。', '等一下，路径可能是相对的。', '不过路径也许是相对的。'],
    ['那样的话，加载器会在项目文件夹里查找文件。', '这样加载器就会在项目文件夹里查找文件。'],
    ['但是文件不在那里，所以不是这个原因。', '可是文件并不在那里，所以原因不是这个。'],
    ['也许是配置项的顺序有问题。', '可能是配置项的顺序有问题。'],
    ['但文档说顺序并不重要。', '可是文档里说顺序并不重要。'],
  ],
};

function circling(points: readonly (readonly string[])[], rounds: number): string {
  const random = createRandom(7);
  return lines(rounds, () =>
    points
      .filter(() => random() > 0.15)
      .map((wordings) => `${wordings[Math.floor(random() * wordings.length)]} `)
      .join(''),
  );
}

for (const [what, points] of Object.entries(CIRCLES))
  test(`the same points in changing words: ${what}`, () => {
    const first = firstLoop(INTRO + circling(points, 40));
    assert.ok(first && first.words < 500, `${first?.words} words`);
    assert.deepEqual([first.loop.period, first.loop.rounds, first.loop.exact], [0, 0, false]);
    assert.ok(first.loop.share >= 0.5 && first.loop.share < 0.6);
    assert.equal(watch(INTRO + circling(points, 2)), null);
    // by the end, nearly all was said before
    assert.ok((watch(INTRO + circling(points, 40))?.share ?? 0) > 0.7);
  });

/** Sentences of 20 words, the share `old` of them one of ten. */
function mixed(old: number, sentences: number, pool = 10): string {
  const random = createRandom(3);
  return lines(sentences, (i) => (random() < old ? news(20 * Math.floor(random() * pool), 20) : news(100_000 + 20 * i, 20)));
}

test('half of the last words', () => {
  const thrice = (words: number): string => [news(0, words), news(1000, 350), news(0, words), news(2000, 350), news(0, words)].join('');
  assert.equal(firstLoop(thrice(140)), null);
  const loops = createLoopWatch();
  loops.push(thrice(175));
  assert.equal(loops.loop()?.period, 0);
  loops.push(news(3000, 230));
  assert.notEqual(loops.loop(), null);
  loops.push(news(4000, 20));
  assert.equal(loops.loop(), null);
});

test('phrases of four words', () => {
  const random = createRandom(6);
  const points = (words: number): string => lines(500, () => news(100 * Math.floor(random() * 40), words));
  assert.notEqual(firstLoop(points(7)), null);
  assert.equal(firstLoop(points(5)), null);
});

test('coming back to a point now and then is no circling', () => {
  assert.equal(firstLoop(mixed(0.35, 200)), null);
  assert.notEqual(firstLoop(mixed(0.75, 200)), null);
});

test('what was said long ago is no circling', () => {
  const whole = (sentences: number): string => lines(sentences, (i) => news(20 * i, 20));
  assert.equal(firstLoop(whole(80).repeat(4)), null);
  assert.notEqual(firstLoop(whole(70).repeat(4)), null);
});

test('numbers and code are new, and what stands beside them', () => {
  const random = createRandom(5);
  const sentence = (between: () => string): string =>
    lines(300, () => {
      const k = Math.floor(random() * 6);
      return `${news(10 * k, 5)}${between()} ${news(10 * k + 5, 5)}`;
    });
  assert.notEqual(firstLoop(sentence(() => 'then')), null);
  assert.equal(firstLoop(sentence(() => String(Math.floor(random() * 1000)))), null);
  assert.equal(firstLoop(sentence(() => '=>')), null);
});

test('a script without spaces: words of it recur without being phrases', () => {
  const random = createRandom(4);
  const words = '我们 需要 检查 文件 路径 配置'.split(' ');
  const prose = lines(2000, () => words[Math.floor(random() * words.length)] as string);
  assert.equal(firstLoop(prose), null);
  const points = (glyphs: number): string =>
    lines(500, () => {
      const first = 0x4e00 + 20 * Math.floor(random() * 60);
      return lines(glyphs, (i) => String.fromCharCode(first + i));
    });
  assert.notEqual(firstLoop(points(17)), null);
  assert.equal(firstLoop(points(11)), null);
});

test('the loop is over when other text follows, and the next one is another', () => {
  const loops = createLoopWatch();
  loops.push(INTRO + ROUND.repeat(8));
  const first = loops.loop();
  assert.ok(first);
  // a few words of something else are no end
  loops.push(news(0, 27));
  assert.equal(loops.loop()?.start, first.start);
  loops.push(news(27, 6));
  assert.equal(loops.loop(), null);
  loops.push(OTHER.repeat(2));
  assert.equal(loops.loop(), null);
  loops.push(OTHER.repeat(2));
  const second = loops.loop();
  assert.ok(second && second.exact && second.start > INTRO.length + 8 * ROUND.length, `starts at ${second?.start}`);
});

test('a loop that changes is still the same loop', () => {
  const loops = createLoopWatch();
  loops.push(INTRO + ROUND.repeat(8));
  const start = loops.loop()?.start;
  const changed = ROUND.replace('the configuration again', 'the whole configuration once more');
  for (const text of [changed, ROUND, ROUND, changed, changed, changed, changed]) {
    loops.push(text);
    assert.equal(loops.loop()?.start, start);
  }
  assert.equal(loops.loop()?.exact, true);
});

test('what is new for the most part ends a loop, what is partly new does not', () => {
  const after = (fresh: number, known: number): Loop | null =>
    watch(news(0, 30).repeat(6) + lines(10, (i) => news(1000 + 20 * i, fresh) + news(5, known)));
  assert.notEqual(after(9, 11), null);
  assert.equal(after(13, 7), null);
});

test('circling is over when little of the last words was said before', () => {
  const loops = createLoopWatch();
  loops.push(circling(CIRCLES.path, 40));
  const start = loops.loop()?.start;
  loops.push(news(0, 150));
  assert.equal(loops.loop()?.start, start);
  loops.push(news(150, 120));
  assert.equal(loops.loop(), null);
  loops.push(circling(CIRCLES.lock, 40));
  assert.ok((loops.loop()?.start ?? 0) > (start ?? 0));
});

test('a loop of signs is over after a while', () => {
  const loops = createLoopWatch();
  loops.push('━'.repeat(1700));
  loops.push(lines(390, (i) => `${i * 7} `));
  assert.equal(loops.loop()?.start, 0);
  loops.push(lines(20, (i) => `${i * 7} `));
  assert.equal(loops.loop(), null);
});

test('a very long word is several', () => {
  assert.equal(watch(`${'a'.repeat(24)} ${'b'.repeat(25)} one two three four five six seven eight nine ten `.repeat(8))?.period, 13);
});

test('without spaces', () => {
  assert.notEqual(watch('让我再检查一下这个配置文件的路径是否正确。'.repeat(6)), null);
  assert.notEqual(watch('ab'.repeat(5000)), null);
});

test('any cutting says the same', () => {
  const text =
    INTRO +
    ROUND.repeat(5) +
    '让我再检查一下。'.repeat(3) +
    '\ud83d\ude00 12.5 ' +
    'x'.repeat(300) +
    circling(CIRCLES.riddle, 12) +
    lines(40, (i) => `Row ${i}: nothing is wrong with this one, so I go on.\n`);
  for (let end = 10; end <= text.length; end += 97)
    for (let seed = 1; seed <= 3; seed++) {
      const loops = createLoopWatch();
      for (const piece of cutInto(text.slice(0, end), 20, createRandom(seed))) loops.push(piece);
      assert.deepEqual(loops.loop(), watch(text.slice(0, end)));
    }
});
