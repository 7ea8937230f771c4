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

test('a quantity that was decided, and whether: the answer says another', () => {
  for (const [concludes, answer, was, is] of [
    ['I was wrong before, the lock is held longer. So 15 seconds.', 'Set the timeout to 20 seconds.', '15 seconds', '20 seconds'],
    ['So the pool size should be 20 connections.', 'Use a pool of 25 connections.', '20 connections', '25 connections'],
    ['So the answer is O(n^2).', 'It takes O(n log n) time.', 'O(n^2)', 'O(n log n)'],
    ['Therefore the answer is Python 3.10.', 'It came with Python 3.8.', 'Python 3.10', 'Python 3.8'],
    ['The order of equal keys is kept. So the answer is yes.', 'No, it is not stable.', 'yes', 'No'],
  ] as const) {
    const [finding] = found('contradiction', {
      prompt: 'How long is the timeout, how large the pool, what time does the sort take, and is it stable?',
      reasoning: `Let me look at this.\n\n${concludes}`,
      answer,
    });
    assert.equal(finding?.message, `The reasoning concludes ${was}, the answer says ${is}: the two are inconsistent.`);
    assert.equal(finding.shown, true);
  }
});

test('no contradiction: a quantity that is vague, is said as well, or comes later in the reasoning', () => {
  for (const [concludes, answer] of [
    ['So about 15 seconds.', 'Set the timeout to 20 seconds.'],
    ['So maybe 15 seconds?', 'Set the timeout to 20 seconds.'],
    ['So 15 seconds.', 'The timeout is 20 seconds, of which 15 are for the lock.'],
    ['So 15 seconds. With a reserve of 5 that makes 20.', 'Set the timeout to 20 seconds.'],
    ['So 15 seconds to 20 seconds.', 'Set the timeout to 25 seconds.'],
    ['So 15 seconds.', 'Wait 10 seconds, then 20 seconds.'],
    ['So 15 seconds.', 'It has 20 workers.'],
    ['So 1,500 ms.', 'Set it to 1500 ms.'],
    ['Is the answer yes? It is not clear.', 'No, it is not stable.'],
  ] as const)
    assert.deepEqual(
      found('contradiction', {
        prompt: 'How long is the timeout, how large the pool, what time does the sort take, and is it stable?',
        reasoning: `Let me look at this.\n\n${concludes}`,
        answer,
      }),
      [],
      concludes,
    );
});

test('no contradiction: an equal value, another thing of the same unit, and words that only look like a verdict', () => {
  for (const [concludes, answer] of [
    ['So the distance must be 2.5 km.', 'Der Abstand (distance) ist 2,5 km.'],
    ['So the pause must be 1.0 seconds.', 'The pause is 1 second.'],
    ['So the answer is O(n^2) time.', 'It takes O(n²) time.'],
    ['So the answer is O(n log n) time.', 'It takes O(n log(n)) time.'],
    ['So the answer is Python 3.10.', 'It came with Python 3.10.4.'],
    ['I will set the timeout to 30 seconds.', 'The timeout is set. Between tries it waits 2 seconds.'],
    ['So the discount must be 10 %.', 'You save a tenth; VAT is 19 % as always.'],
    ['So it has been in use for 15 years.', 'The renewal of a certificate takes 3 years.'],
    ['Moment is in maintenance mode. So it is no longer developed.', 'Yes, you should switch.'],
    ['So the answer is yes.', 'No problem! Here is the code.'],
    ['So the answer is yes.', 'No changes are needed: it is stable.'],
  ] as const)
    assert.deepEqual(
      found('contradiction', { prompt: 'Which one is it?', reasoning: `Let me look at this.\n\n${concludes}`, answer }),
      [],
      concludes,
    );
});
