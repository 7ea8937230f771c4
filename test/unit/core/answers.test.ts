import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readWritten } from '../../tools/written.ts';
import { analysisOf } from './findings/say.ts';

/** The words of the step where the answer is first reached. */
function firstAnswer(prompt: string, reasoning: string, answer = ''): string | null {
  const { firstAnswer: at, steps } = analysisOf({ prompt, reasoning, answer });
  return at === null ? null : reasoning.slice(steps[at]!.start, steps[at]!.end);
}

test('first answer: where the value is drawn as the answer, not where it first occurs', () => {
  const reasoning =
    'We need the product xy. From the first equation y = 25/x. If xy were 30, that would fail. So the product xy is 25. Let me check it again. Indeed, the answer is 25.\n\n\\boxed{25}';
  assert.equal(firstAnswer('Find the product xy.', reasoning, 'The product is \\boxed{25}.'), 'So the product xy is 25.');
});

test('first answer: an option, not a look at it', () => {
  const reasoning = 'Option B has a plus sign. Could it be B? The numerator must hold R. That matches option C. So the answer is C.';
  assert.equal(firstAnswer('Which is right?\nA. 1\nB. 2\nC. 3', reasoning), 'That matches option C.');
});

test('first answer: none in a reasoning that ends before one', () => {
  assert.equal(firstAnswer('What does it print?', 'The loop runs three times. In each round the sum grows.'), null);
});

test('first answer: the finding that the answer was settled early speaks of the same step', () => {
  const chains = readWritten(join(import.meta.dirname, '../../tools/chains')).filter((_, i) => i % 6 === 0);
  let told = 0;
  for (const { id, prompt, reasoning, answer } of chains) {
    const { firstAnswer, findings } = analysisOf({ prompt, reasoning, answer });
    for (const { kind, shown, steps } of findings) {
      if (kind !== 'settled-early' || !shown) continue;
      told++;
      assert.equal(steps[0], firstAnswer, id);
    }
  }
  assert.ok(told > 10, `only ${told} of ${chains.length}`);
});

test('behaviours: each by its words, none in plain work', () => {
  const none = { alternative: false, comparison: false, ambiguity: false, edgeCase: false, flaw: false };
  assert.deepEqual(analysisOf({ reasoning: 'The list has two rows. Each row has a name. The function joins them.' }).behaviours, none);
  const { behaviours } = analysisOf({
    reasoning: `Alternatively, a map could work. Maybe the map is simpler. Perhaps the other approach is possible as well.

What if the list is empty? If the list is empty, the result is empty, and in that case nothing is printed. For example, an empty file.

It is unclear what the name means, and the prompt doesn't say. I'm not sure. Maybe it is the file. I assume so.

But that's not right. Wait, no, that's not correct. But that would fail.`,
  });
  assert.deepEqual(behaviours, { alternative: true, comparison: true, ambiguity: true, edgeCase: true, flaw: true });
});
