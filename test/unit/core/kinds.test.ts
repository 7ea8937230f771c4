import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnalyser } from '../../../src/core/analyser.ts';
import type { Tag } from '../../../src/core/analysis.ts';
import { KINDS } from '../../../src/core/analysis.ts';
import { createFeaturizer } from '../../../src/core/kinds/features.ts';
import { createLabeller } from '../../../src/core/kinds/label.ts';
import { MODEL } from '../../../src/core/kinds/model-data.ts';
import { loadNet, nearestOf, packed, readWeights, worthOf } from '../../../src/core/kinds/model.ts';
import { WEIGHT_NAMES, sizesOf } from '../../../src/core/kinds/net.ts';
import { exp, sigmoid, softmax, tanh } from '../../../src/core/kinds/numeric.ts';
import { tagsOf } from '../../../src/core/kinds/tags.ts';
import { segment } from '../../../src/core/segment.ts';
import { KIND_TASKS, TASK_COUNT } from '../../../src/core/signs/tasks.ts';
import type { StepFacts } from '../../../src/core/step-facts.ts';
import { factsOf } from '../../../src/core/step-facts.ts';

const factsIn = (text: string) =>
  segment(text).map((span, i, all) =>
    factsOf(span, text.slice(span.start, span.end), i === 0 ? null : text.slice(all[i - 1]!.end, span.start)),
  );
const TEXT =
  "Okay, the user wants a function that reverses a list. First, I need to look at the signature. Hmm, I'm not sure whether the list can be empty. " +
  'Let me check the docstring again. Yes, that matches. Alternatively, maybe use slicing. So the final code is below.\n\n```python\nreturn xs[::-1]\n```';

test('the functions that stand for those of the engine are near them', () => {
  for (let x = -30; x <= 30; x += 0.37) {
    assert.ok(Math.abs(exp(x) / Math.exp(x) - 1) < 1e-7, `exp(${x})`);
    assert.ok(Math.abs(tanh(x) - Math.tanh(x)) < 1e-7, `tanh(${x})`);
    assert.ok(Math.abs(sigmoid(x) - 1 / (1 + Math.exp(-x))) < 1e-7, `sigmoid(${x})`);
  }
  assert.equal(exp(1e9), exp(60));
  assert.deepEqual([...softmax(Float64Array.of(-1e9, -1e9))], [0.5, 0.5]);
});

test('the model is whole: as many weights as its shape asks for, and small enough to ship', () => {
  const sizes = sizesOf(MODEL.header.shape, MODEL.vocabulary.split('\n').length, MODEL.kin.split('\n').length);
  const bytes = WEIGHT_NAMES.reduce((sum, name) => sum + packed(name, Array<number>(sizes[name]).fill(0)).length, 0);
  assert.equal(Math.floor((MODEL.weights.length * 3) / 4), bytes);
  assert.ok(MODEL.weights.length + MODEL.vocabulary.length + MODEL.kin.length < 350_000);
});

test('what is packed is read again, whole bytes and halves', () => {
  const shape = { word: 1, step: 1, memory: 1, kinds: 1, signs: 1 };
  const sizes = sizesOf(shape, 3, 3);
  const scales = Object.fromEntries(WEIGHT_NAMES.map((name, i) => [name, 1 / (i + 1)])) as typeof MODEL.header.scales;
  const whole = new Map(WEIGHT_NAMES.map((name, i) => [name, Array.from({ length: sizes[name] }, (_, k) => ((i + 5 * k) % 15) - 7)]));
  const bytes = WEIGHT_NAMES.flatMap((name) => packed(name, whole.get(name) ?? []));
  const weights = Buffer.from(bytes).toString('base64').replace(/=+$/, '');
  const read = readWeights({ header: { shape, temperature: 1, scales }, vocabulary: 'ua\nub\nuc', kin: 'd\ne\nf', weights });
  for (const [name, numbers] of whole) {
    assert.deepEqual(
      [...read[name]],
      numbers.map((n) => worthOf(name, n) * scales[name]),
    );
    for (const n of numbers) assert.equal(nearestOf(name, worthOf(name, n)), n);
  }
});

test('words that were rare in what was learned from are known by those that they are like', () => {
  const net = loadNet(MODEL);
  const words = MODEL.kin.split('\n');
  assert.ok(words.length > 1000);
  assert.notDeepEqual(net.encode(['uthe', `u${words[7] ?? ''}`]), net.encode(['uthe']));
});

test('of the kinds the likeliest stands at zero among the signs, and is the label', () => {
  const labeller = createLabeller(loadNet(MODEL));
  const labels = factsIn(TEXT).map((f) => labeller.add(f));
  for (const label of labels.slice(1)) {
    assert.equal(label?.signs.length, TASK_COUNT);
    const kinds = label.signs.slice(0, KIND_TASKS);
    assert.equal(Math.max(...kinds), 0);
    assert.equal(kinds[KINDS.indexOf(label.kind)], 0);
    assert.ok(label.signs.every((sign) => Number.isInteger(sign)));
  }
});

test('a label depends on the steps before and on one after, and on no more', () => {
  const facts = factsIn(TEXT);
  const net = loadNet(MODEL);
  const whole = createLabeller(net);
  const final = facts.map((f) => whole.add(f)).slice(1);
  for (let n = 2; n <= facts.length; n++) {
    const part = createLabeller(net);
    const labels = facts
      .slice(0, n)
      .map((f) => part.add(f))
      .slice(1);
    assert.deepEqual(labels, final.slice(0, n - 1));
  }
});

test('a guess at a growing step is what its label would be if it ended there, and leaves no trace', () => {
  const facts = factsIn(TEXT);
  const net = loadNet(MODEL);
  const guessing = createLabeller(net);
  const adding = createLabeller(net);
  for (const f of facts) {
    const guess = guessing.guess(f);
    guessing.add(f);
    adding.add(f);
    assert.deepEqual(guess, adding.last());
    assert.deepEqual(guessing.last(), adding.last());
  }
});

test('features come from the step, its place and the line that its list hangs on', () => {
  const featurizer = createFeaturizer();
  const [intro, item] = factsIn('The plan is:\n- Wait for 3 tests');
  assert.ok(intro && item);
  const first = featurizer.add(intro);
  assert.ok(first.includes('uplan') && first.includes('^2the plan') && first.includes('$1:') && first.includes('@i0'));
  const peeked = featurizer.peek(item);
  assert.deepEqual(peeked, featurizer.add(item));
  assert.ok(
    !first.includes('quoted') &&
      peeked.includes('item') &&
      peeked.includes('Luplan') &&
      peeked.includes('b0 tests') &&
      peeked.includes('gap1'),
  );
});

test('a line takes from the one above that announces it, and a sentence knows that it is part of a quotation', () => {
  const featurizer = createFeaturizer();
  const text =
    'Let\'s try:\ngrep -r name .\nThis is it. I\'ll say "Good morning.\nHow are you? Well." That is all.\n\nNo "more.\n\nThan this.';
  const seen = factsIn(text).map((facts) => ({ text: facts.text, features: featurizer.add(facts) }));
  const of = (start: string) => seen.find((step) => step.text.startsWith(start))?.features ?? [];
  assert.ok(of('grep').includes('Lutry'));
  assert.ok(!of('This is').includes('Lutry'));
  assert.deepEqual(
    seen.filter(({ features }) => features.includes('quoted')).map((step) => step.text),
    ['How are you?', 'Well."'],
  );
});

test('what the lexicon leaves out is nothing that the model knows', () => {
  const { lexicon } = loadNet(MODEL);
  const [all, known] = [createFeaturizer(), createFeaturizer(lexicon)];
  const list = 'First, the plan is:\n- Wait, maybe the code should return 3\n- So the function should check that';
  for (const f of factsIn(`${TEXT}\n\n${list}`)) {
    const features = all.add(f).filter((feature) => lexicon.knows(feature));
    assert.ok(features.some((feature) => feature.startsWith('u')));
    assert.deepEqual(
      known.add(f).filter((feature) => lexicon.knows(feature)),
      features,
    );
  }
});

test('kinds of plain cases', () => {
  const analyser = createAnalyser({});
  analyser.push(TEXT);
  analyser.end({ cutOff: false });
  const kinds = analyser.steps().map((step) => step.kind);
  assert.deepEqual(kinds.slice(0, 4), ['setup', 'plan', 'doubt', 'check']);
  assert.deepEqual(kinds.slice(5), ['revise', 'answer', 'answer']);
  for (const { confidence } of analyser.steps()) assert.ok(confidence > 0.1 && confidence <= 1);
});

for (const [text, expected] of [
  ['Wait, the list has ten entries.', []],
  ['Alternatively, maybe use a map.', ['alternative', 'branch']],
  ['Let me double-check the loop.', ['check-start']],
  ['Yes, that matches.', ['check-passed']],
  ['Is that correct?', ['check-start']],
  ["But this doesn't match the output.", ['check-failed']],
  ["I'm not sure whether that holds.", ['doubt']],
  ['I made a mistake in the second line.', ['error-admitted']],
  ['Did I make a mistake in the second line?', []],
  ["I'll assume that the input is sorted.", ['assumption']],
  ['What if the list is empty?', ['edge-case']],
  ['```\n// let me check\n```', []],
] as [string, Tag[]][])
  test(`tags of “${text}”`, () => assert.deepEqual(tagsOf(factsIn(text)[0]!, 'work', undefined), expected));

test('a check begins once, however often it is said', () => {
  const [first, second, third] = factsIn("Let me verify that for n = 3.\nLet's test.\nIt gives 6, as it should.") as [
    StepFacts,
    StepFacts,
    StepFacts,
  ];
  assert.deepEqual(tagsOf(first, 'check', undefined), ['check-start']);
  assert.deepEqual(tagsOf(second, 'check', first), []);
  assert.deepEqual(tagsOf(second, 'check', third), ['check-start']);
  const [code, after] = factsIn('```\n# verify this\n```\nLet me verify it by hand.') as [StepFacts, StepFacts];
  assert.deepEqual(tagsOf(after, 'check', code), ['check-start'], 'code begins no check');
  const [other] = factsIn('Let me check what happens when the list is empty and the default is null.') as [StepFacts];
  assert.ok(tagsOf(other, 'check', first).includes('check-start'), 'another check');
  assert.deepEqual(tagsOf(factsIn("Let's check: 6, as expected.")[0]!, 'check', first), ['check-passed']);
});
