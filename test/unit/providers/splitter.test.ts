import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TraceEvent } from '../../../src/core/events.ts';
import { createPartWriter } from '../../../src/providers/parts.ts';
import { createSplitter } from '../../../src/providers/splitter.ts';
import { TAG_FAMILIES } from '../../../src/providers/tags.ts';
import { random, sketch, traceOf } from './replay.ts';

/** What becomes of an answer's text that arrives in these pieces; `field` is reasoning that came beside it before. */
function split(pieces: readonly string[], field = ''): string {
  const events: TraceEvent[] = [];
  const parts = createPartWriter((event) => events.push(event));
  const splitter = createSplitter(parts);
  if (field !== '') {
    splitter.reasoningElsewhere();
    parts.write({ kind: 'reasoning', visibility: 'raw' }, field);
  }
  for (const piece of pieces) splitter.push(piece);
  splitter.flush();
  return sketch(traceOf(events));
}

/** Checks the text whole, character by character and under random cuttings. */
function check(text: string, expected: string, field = '') {
  test(JSON.stringify(field === '' ? text : { field, text }), () => {
    assert.equal(split([text], field), expected);
    assert.equal(split(Array.from(text), field), expected, 'character by character');
    const next = random(7);
    for (let round = 0; round < 20; round++) {
      const pieces: string[] = [];
      for (let at = 0; at < text.length;) {
        const length = 1 + Math.floor(next() * 9);
        pieces.push(text.slice(at, at + length));
        at += length;
      }
      assert.equal(split(pieces, field), expected, `cutting ${round}`);
    }
  });
}

for (const { open, close } of TAG_FAMILIES) check(`${open}thought${close}said`, 'r:thought | a:said');

// where blocks begin and end
check('\n\n<think>\nt\n</think>\n\nsaid', 'r:\nt\n | a:\n\nsaid');
check('<think>a</think>one <think>b</think>two', 'r:a | a:one  | r:b | a:two');
check('<think>\n<think>\ntwice</think>once', 'r:\n\ntwice | a:once');
check('<think></think>said', 'a:said');
check('<think>\n\n</think>\n\nsaid', 'a:\n\nsaid');
check('<think>cut off', 'r:cut off');
check('<think>cut off </thi', 'r:cut off </thi');
check('no marks at all', 'a:no marks at all');
check('a < b and [x] and <b>', 'a:a < b and [x] and <b>');

// the opener never came
check('We add.\n</think>\n\n4', 'r:We add.\n | a:\n\n4');
check('We add.</think>4', 'r:We add. | a:4');
check('```js\nlet a;\n// never closed\n</think>\n4', 'r:```js\nlet a;\n// never closed\n | a:\n4');
check('</think>said', 'a:said');

check('They want a <think> tag.\nFine: `<think>`.\n</think>\n\n4', 'r:They want a <think> tag.\nFine: `<think>`.\n | a:\n\n4');
check('It`s odd.</think>\n4', 'r:It`s odd. | a:\n4');
check('Put it in <think>…</think>, then answer.', 'a:Put it in <think>…</think>, then answer.');

// words of the answer
check('<think>t</think>Write `<think>` and `</think>` around it.', 'r:t | a:Write `<think>` and `</think>` around it.');
check('Use the <think> tag, then the </think> tag.', 'a:Use the <think> tag, then the </think> tag.');
check('The </think> tag ends it', 'a:The </think> tag ends it');
check('```xml\n<think>\nx\n</think>\n```\nThat is all.', 'a:```xml\n<think>\nx\n</think>\n```\nThat is all.');
check('<think>t</think>A:\n```\n<think>\nx\n</think>\n```\nB', 'r:t | a:A:\n```\n<think>\nx\n</think>\n```\nB');
check(`<think>t</think>split on "</think>" and '<think>'`, `r:t | a:split on "</think>" and '<think>'`);
check('<think>it ends with `</think>`, I know</think>yes', 'r:it ends with `</think>`, I know | a:yes');
check('<think>if a<b then <think2> or </thin</think>ok', 'r:if a<b then <think2> or </thin | a:ok');
check('<thinking2> is no mark', 'a:<thinking2> is no mark');

// reasoning came in a field of its own
check('<think>', '');
check('said <think>x</think> more', 'r:field | a:said <think>x</think> more', 'field');
check('</think>\n\nsaid', 'r:field | a:\n\nsaid', 'field');
check('still thinking\n</think>\nsaid', 'r:field | r:still thinking\n | a:\nsaid', 'field');

// gpt-oss as it is
check('<|channel|>analysis<|message|>why<|end|><|start|>assistant<|channel|>final<|message|>so a <| b<|return|>', 'r:why | a:so a <| b');
check('<|start|>assistant<|channel|>commentary to=functions.f <|constrain|>json<|message|>{"a":1}<|call|>', 't:{"a":1}');
check('<|channel|>commentary<|message|>preamble<|end|>', 'a:preamble');

test('an opener with nothing after it, then reasoning in its field, was a slip', () => {
  const events: TraceEvent[] = [];
  const parts = createPartWriter((event) => events.push(event));
  const splitter = createSplitter(parts);
  splitter.push('<think>');
  splitter.reasoningElsewhere();
  parts.write({ kind: 'reasoning', visibility: 'raw' }, 'Hmm');
  splitter.push('yes');
  splitter.flush();
  assert.equal(sketch(traceOf(events)), 'r:Hmm | a:yes');
});

test('a million marks that are none take time in proportion', () => {
  const events: TraceEvent[] = [];
  const splitter = createSplitter(createPartWriter((event) => events.push(event)));
  const text = 'x < y ['.repeat(300_000);
  splitter.push(text);
  for (let at = 0; at < 100_000; at++) splitter.push('<');
  splitter.flush();
  const joined = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  assert.equal(joined, text + '<'.repeat(100_000));
  assert.ok(events.length < 200_010);
});
