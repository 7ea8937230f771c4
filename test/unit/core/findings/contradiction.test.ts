import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerValue, keyOf, sameValue, valuesIn } from '../../../../src/core/values.ts';
import { found } from './say.ts';

const TRACE = 'The loop runs over the list and keeps the even ones. So 2 and 4 are kept. Therefore, the answer is [2, 4].';

test('another result than the one that the reasoning ends on', () => {
  const [finding] = found('contradiction', { reasoning: TRACE, answer: '[2, 4, 6]' });
  assert.equal(finding?.message, 'The reasoning concludes [2, 4], the answer says [2, 4, 6]: the two are inconsistent.');
  assert.equal(finding.shown, true);
  assert.doesNotMatch(finding.message + finding.why, /unfaithful/i);
});

for (const answer of [
  '[2, 4]',
  '[2,4]',
  'The answer is **[2, 4]**.',
  '```python\nassert f([1, 2, 3, 4]) == [2, 4]\n```',
  'The even numbers are kept, in their order.',
  '',
])
  test(`no contradiction: ${JSON.stringify(answer)}`, () => {
    assert.deepEqual(found('contradiction', { reasoning: TRACE, answer }), []);
  });

test('an option of several, boxed or not', () => {
  const reasoning = 'The mass cancels. That leaves option C. So the answer is C.';
  assert.equal(found('contradiction', { reasoning, answer: 'The mass cancels.\n\n\\boxed{B}' }).length, 1);
  assert.deepEqual(found('contradiction', { reasoning, answer: '**Answer:** C. The mass cancels' }), []);
});

test('a response that was cut off contradicts nothing', () => {
  assert.deepEqual(found('contradiction', { reasoning: TRACE, answer: '[9]', cutOff: true }), []);
});

test('values: quotation marks, spaces and thousands do not tell them apart; case does', () => {
  assert.equal(keyOf('"a b"'), keyOf("'a b'"));
  assert.equal(keyOf('1,000'), '1000');
  const value = (raw: string) => ({ raw, key: keyOf(raw), start: 0, end: 0, option: false });
  assert.ok(sameValue(value('True'), value('true')));
  assert.ok(sameValue(value('0.54'), value('0.537')));
  assert.ok(!sameValue(value("'Ab'"), value("'aB'")));
  assert.ok(!sameValue(value('[1]'), value('[1, 2]')));
});

test('values: nested lists are read whole', () => {
  assert.deepEqual(
    valuesIn('so the result is [[1, 2], [3]], as expected').map(({ raw }) => raw),
    ['[[1, 2], [3]]'],
  );
});

test('values: code is not what an answer says', () => {
  assert.equal(answerValue('```js\nconst answer = 4;\nreturn answer == 3;\n```'), null);
  assert.equal(answerValue('So the answer is 42.')?.key, '42');
});
