import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, quotesOf } from './findings/say.ts';

const fenced = (...lines: string[]): string => ['```python', ...lines, '```'].join('\n');

/** What the lines of a draft and of the answer are said to be, null where nothing is said of them. */
function told(draft: string, answer: string, prompt = ''): string[] | null {
  const said = { prompt, reasoning: `The user wants a function.\n\nSo the code would be:\n\n${draft}\n\nThat is the whole of it.`, answer };
  const finding = found('contradiction', said).find(({ message }) => message.includes('last draft'));
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
    ['std::vector<int> seen(size, 0);', 'std::vector<int> seen(size, 1);'],
    ['if (!user.banned && user.active) {', 'if (user.banned && user.active) {'],
    ['if not user.banned and user.active:', 'if user.banned and user.active:'],
    ['if (user.active && user.paid) {', 'if (user.active || user.paid) {'],
    ['if user.active and user.paid:', 'if user.active or user.paid:'],
    ['if (state == State.open) {', 'if (state != State.open) {'],
    ['fs.rm(path, { recursive: false, force: x })', 'fs.rm(path, { recursive: true, force: x })'],
    ['const rows = await load(path, 10)', 'const rows = load(path, 10)'],
    ['for i in range(1, n + 1):', 'for i in range(1, n):'],
    ['merge(...parts, 300, last)', 'merge(...parts, 30, last)'],
    ['memory: 512Mi', 'memory: 128Mi'],
    ['git reset --soft HEAD~1', 'git reset --hard HEAD~1'],
  ] as const)
    assert.deepEqual(told(fenced('def f(self):', `    ${draft}`), fenced('def f(self):', `    ${answer}`)), [draft, answer]);
});

test('the sentence names both lines, and how many more there are', () => {
  const lines = (a: string, b: string): string => fenced(`first = open(path, "${a}")`, `second = read(first, ${b})`);
  const said = { reasoning: `Let me write the code.\n\n${lines('rb', '11')}\n\nGood.`, answer: lines('wb', '11') };
  assert.equal(found('contradiction', said)[0], undefined, 'strings without a word in common are other strings');
  const kept = { ...said, answer: lines('rb', '12') };
  const [one] = found('contradiction', kept);
  assert.equal(
    one?.message,
    'The last draft has `second = read(first, 11)`, the answer `second = read(first, 12)`: the two are inconsistent.',
  );
  assert.equal(one.shown, true);
  const [two] = found('contradiction', {
    reasoning: `${said.reasoning}\n\nI'll write the sum as well:\n\n${fenced('total = count(first) + 1')}`,
    answer: `${kept.answer}\n\n${fenced('total = count(first) - 1')}`,
  });
  assert.match(two?.message ?? '', /inconsistent, as is 1 other line\.$/);
});

test('a long line is told where it differs', () => {
  const line = (limit: number): string =>
    `rows = await repository.createQueryBuilder("account").where({ id, tenant, active, region }).orderBy("id").limit(${limit})`;
  const said = { reasoning: `So the code would be:\n\n${fenced(line(10))}\n\nThat is the whole of it.`, answer: fenced(line(20)) };
  assert.match(found('contradiction', said)[0]?.message ?? '', /has `….*limit\(10\)`, the answer `….*limit\(20\)`/);
});

test('a line that was drafted as it is answered, and changed after that, is told; changed back it is not', () => {
  const [early, late] = ['config.scheme = "release"', 'config.scheme = "semver"'];
  const twice = (a: string, b: string): string =>
    `${fenced(a)}\n\nOther projects have something else.\n\nSo the code would be:\n\n${fenced(b)}`;
  assert.deepEqual(told(twice(early, late), fenced(early)), [late, early]);
  assert.equal(told(twice(late, early), fenced(early)), null);
});

test('the semicolon of an answer that is one line', () => {
  const line = 'Vector3d b(3, 3, 4);';
  assert.deepEqual(told(`The line would be \`${line}\` then.`, line.slice(0, -1)), [line, line.slice(0, -1)]);
  assert.equal(told(`The line would be \`${line}\` then.`, fenced('Vector3d a(1, 2, 3);', line.slice(0, -1))), null);
  assert.equal(told(`The line would be \`${line}\` then.`, line), null);
});

test('what is no contradiction: other words for the same', () => {
  for (const [draft, answer] of [
    ['for item in items:', 'for entry in items:'],
    ['with open(path, mode) as f:', 'with open(path, mode) as file:'],
    ["name = data.get('name', '')", 'name = data.get("name", "")'],
    ['raise ValueError(f"{size} is too large")', 'raise ValueError(f"{size} is above the largest")'],
    ['return nil, fmt.Errorf("failed to read config: %w", err)', 'return nil, fmt.Errorf("read config: %w", err)'],
    ['res.status(404).json({ error: "user not found" })', 'res.status(404).json({ error: "User not found" })'],
    ["it('returns zero for empty input', () => {", "it('returns 0 for empty input', () => {"],
    ['total = sum(values)  # all of them', 'total = sum(values)'],
    ['let total = sum(values); // all of them', 'let total = sum(values);'],
    ['total = sum(values)', 'total = sum(value for value in values if value > 0)'],
    ['class Queue(Base):', 'class Stack(Base):'],
    ['self._cache[key] = load(key, path)', 'self._store[key] = load(key, path)'],
    ["fn parse<'a>(input: &'a str) -> Result<&'a str> {", "fn parse<'a>(text: &'a str) -> Result<&'a str> {"],
    ['const first = items[i].name;', 'const first = items[i]!.name;'],
    ['if (kind == other.kind) {', 'if (kind === other.kind) {'],
    ['const rows = load(path, 10)', 'const rows = await load(path, 10)'],
    ['return items[i].name;', 'return items[i]!.name;'],
    ['merge(a, ... , 300)', 'merge(a, ... , 30)'],
    ['git blame -L115,122 src/exporter.cpp', 'git blame -L115,124 src/exporter.cpp'],
    ['client = connect(host, api_key="sk-key")', 'client = connect(host, api_key="YOUR_API_KEY")'],
    ['client = connect(host, token=<token>, retries=2)', 'client = connect(host, token=<token>, retries=3)'],
    ['reply = { "id": id, "comment": "..." }', 'reply = { "id": id, "comment": "first" }'],
    ['+    total = sum(values, start)', '    total = sum(values, start)'],
    ['assert is_prime(7) == True', 'assert is_prime(9) == True'],
  ] as const)
    assert.equal(told(fenced(draft), fenced(answer)), null, `${draft} → ${answer}`);
  assert.equal(
    told(fenced('const [n, setN] = React.useState(0)'), fenced("import { useState } from 'react'", 'const [n, setN] = useState(0)')),
    null,
    'imported by its name',
  );
});

test('what is no contradiction: the reasoning says so itself, or the prompt gives the line', () => {
  const draft = fenced('while left < right:');
  assert.equal(told(`${draft}\n\nThe comparison must include equality, so I change < to <=.`, fenced('while left <= right:')), null);
  assert.equal(told(`${fenced('rows = load(path, 10)')}\n\nI'd rather take 20.`, fenced('rows = load(path, 20)')), null);
  assert.deepEqual(told(`${fenced('rows = load(path, 10)')}\n\nThat is 120 at most.`, fenced('rows = load(path, 20)')), [
    'rows = load(path, 10)',
    'rows = load(path, 20)',
  ]);
  assert.equal(told(`${fenced('for i in range(1, n):')}\n\nn itself counts too, so n + 1.`, fenced('for i in range(1, n + 1):')), null);
  const given = 'timeout = connect(host, 30)';
  for (const prompt of [`Make it longer:\n${given}`, `Make it longer:\n    ${given}  # seconds\r\nand so on`])
    assert.equal(told(fenced(given), fenced('timeout = connect(host, 60)'), prompt), null, prompt);
  assert.equal(
    told(`${fenced('print(fib(5))')}\n\nLet me also try:\n\n${fenced('print(fib(10))')}`, fenced('print(fib(5))')),
    null,
    'a trial',
  );
});

test('a draft that is like several lines of the answer speaks against none; one that stands twice in it is one', () => {
  const draft = 'set_value(row, "name", 1)';
  assert.equal(told(fenced(draft), fenced('set_value(row, "name", 2)', 'set_value(row, "name", 3)')), null);
  assert.ok(told(fenced(draft), fenced('set_value(row, "name", 2)', 'set_value(row, "name", 2)')) !== null);
});

test('an answer in words has no lines to compare, and neither has one that is a value', () => {
  assert.equal(
    told(fenced('delay = base * 2 ** attempt'), 'The delay is doubled with each attempt, as `delay = base * 3 ** attempt` does.'),
    null,
  );
  assert.equal(told('The state is `[1, 2, 2, 4]` so far.', '[1, 2, 3, 4]'), null);
});

test('of a step that is too long to be known, and of lines that nobody wrote, nothing is told', () => {
  const file = Array.from({ length: 300 }, (_, i) => `value_${i} = connect(host, ${i})`);
  const said = {
    reasoning: `So the code would be:\n\n${fenced('limit = connect(host, 10)')}\n\nAll of it:\n\n${fenced(...file)}`,
    answer: '',
  };
  assert.deepEqual(found('contradiction', { ...said, answer: fenced('limit = connect(host, 30)') }), []);
  const data = (end: string): string => `data = f("${'{\\"a\\":\\"b\\"},'.repeat(4000)}", ${end})`;
  assert.equal(told(fenced(data('1')), fenced(data('2')), data('3')), null);
});

test('what is no contradiction: a guard that leaves early, and a condition that the reasoning itself turns round', () => {
  const guarded = ['def f(user):', '    if not user.is_active(now):', '        return', '    send(user)'];
  const nested = ['def f(user):', '    if user.is_active(now):', '        send(user)'];
  assert.equal(told(fenced(...nested), fenced(...guarded)), null);
  const inverted = `${fenced('if (isValid(input, rules)) reject();')}\n\nWait, the condition is inverted.`;
  assert.equal(told(inverted, fenced('if (!isValid(input, rules)) reject();')), null);
  assert.notEqual(told(fenced('if (isValid(input, rules)) reject();'), fenced('if (!isValid(input, rules)) reject();')), null);
});
