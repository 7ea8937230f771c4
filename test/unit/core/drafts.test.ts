import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, quotesOf } from './findings/say.ts';

const fenced = (...lines: string[]): string => ['```python', ...lines, '```'].join('\n');

/** What the lines of a draft and of the answer are said to be, null where nothing is said of them. */
function told(draft: string, answer: string, prompt = ''): string[] | null {
  const said = { prompt, reasoning: `The user wants a function.\n\nSo the code would be:\n\n${draft}\n\nThat is the whole of it.`, answer };
  const [finding] = found('contradiction', said);
  return finding === undefined ? null : quotesOf(finding, said);
}

test('a name that is called, its owner, a literal and an operator', () => {
  for (const [draft, answer] of [
    ['if not current.is_valid(today):', 'if not current.validate(today):'],
    ['return super().popitem(last=False)', 'return self.popitem(last=False)'],
    ['config = versioneer.VersioneerConfig()', 'config = VersioneerConfig()'],
    ["plt.title('Words seen with PCA')", 'plt.title("Words, seen")'],
    ['while left < len(items) - 1:', 'while left <= len(items) - 1:'],
    ['delay = base * 2 ** attempt', 'delay = base * 3 ** attempt'],
  ] as const)
    assert.deepEqual(told(fenced('def f(self):', `    ${draft}`), fenced('def f(self):', `    ${answer}`)), [draft, answer]);
});

test('the sentence names both lines, and how many more there are', () => {
  const lines = (a: string, b: string): string => fenced(`first = open(path, "${a}")`, `second = read(first, ${b})`);
  const said = { reasoning: `Let me write it.\n\n${lines('rb', '1')}\n\nGood.`, answer: lines('wb', '1') };
  assert.equal(found('contradiction', said)[0], undefined, 'strings without a word in common are other strings');
  const kept = { ...said, answer: lines('rb', '2') };
  const [one] = found('contradiction', kept);
  assert.equal(
    one?.message,
    'The last draft has `second = read(first, 1)`, the answer `second = read(first, 2)`: the two are inconsistent.',
  );
  assert.equal(one.shown, true);
  const [two] = found('contradiction', {
    reasoning: `${said.reasoning}\n\nI could also count them:\n\n${fenced('total = count(first) + 1')}`,
    answer: `${kept.answer}\n\n${fenced('total = count(first) - 1')}`,
  });
  assert.match(two?.message ?? '', /inconsistent, as is 1 other line\.$/);
});

test('a line that was drafted as it is answered, and changed after that, is told; changed back it is not', () => {
  const [early, late] = ['config.scheme = "release"', 'config.scheme = "semver"'];
  assert.deepEqual(told(`${fenced(early)}\n\nWait, other projects use another.\n\n${fenced(late)}`, fenced(early)), [late, early]);
  assert.equal(told(`${fenced(late)}\n\nWait, no.\n\n${fenced(early)}`, fenced(early)), null);
});

test('the semicolon of an answer that is one line', () => {
  const line = 'Vector3d b(3, 3, 4);';
  assert.deepEqual(told(`The line is \`${line}\` then.`, line.slice(0, -1)), [line, line.slice(0, -1)]);
  assert.equal(told(`The line is \`${line}\` then.`, fenced('Vector3d a(1, 2, 3);', line.slice(0, -1))), null);
  assert.equal(told(`The line is \`${line}\` then.`, line), null);
});

test('what is no contradiction: names of one’s own, how a string is quoted, messages, comments, what the prompt gives', () => {
  for (const [draft, answer] of [
    ['for item in items:', 'for entry in items:'],
    ['with open(path, mode) as f:', 'with open(path, mode) as file:'],
    ["name = data.get('name', '')", 'name = data.get("name", "")'],
    ['raise ValueError(f"{size} is too large")', 'raise ValueError(f"{size} is above the largest")'],
    ['total = sum(values)  # all of them', 'total = sum(values)'],
    ['total = sum(values)', 'total = sum(value for value in values if value > 0)'],
    ['class Queue(Base):', 'class Stack(Base):'],
  ] as const)
    assert.equal(told(fenced(draft), fenced(answer)), null, `${draft} → ${answer}`);
  const given = 'timeout = connect(host, 30)';
  assert.equal(told(fenced(given), fenced('timeout = connect(host, 60)'), `Make it longer:\n${given}`), null);
});

test('a draft that is like several lines of the answer speaks against none of them', () => {
  const draft = 'set_value(row, "name", 1)';
  assert.equal(told(fenced(draft), fenced('set_value(row, "name", 2)', 'set_value(row, "name", 3)')), null);
});

test('an answer in words has no lines to compare', () => {
  assert.equal(
    told(fenced('delay = base * 2 ** attempt'), 'The delay is doubled with each attempt, as `delay = base * 3 ** attempt` does.'),
    null,
  );
});
