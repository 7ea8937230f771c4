import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createAnalyser } from '../../../../src/core/analyser.ts';
import { REASONS, SENTENCES, readSentence, sentence } from '../../../../src/core/findings/sentences.ts';
import { SAMPLE_FILE } from '../../../tools/sample.ts';

const put = (template: string, args: readonly string[]): string => template.replace(/\{(\d)\}/g, (_, i: string) => args[Number(i)] ?? '');

test('every sentence is read back as what it was made of', () => {
  const args = ['`a.b()` $& (x) [1] {2}', 'two\nlines', 'ein „Zitat“', '17'];
  for (const [name, template] of Object.entries(SENTENCES)) {
    const said = sentence(name as keyof typeof SENTENCES, ...args);
    const read = readSentence(said);
    assert.equal(read?.template, template);
    assert.equal(put(template, read.args), said);
  }
  assert.equal(readSentence('The model’s own words, or those of a later version.'), null);
});

test('all that findings say of the sample is among the sentences', () => {
  const { parts } = JSON.parse(readFileSync(SAMPLE_FILE, 'utf8')) as { parts: { kind: string; text: string }[] };
  const textOf = (kind: string): string =>
    parts
      .filter((part) => part.kind === kind)
      .map(({ text }) => text)
      .join('\n\n');
  const analyser = createAnalyser({ prompt: 'Why do the retries start over?' });
  analyser.push(textOf('reasoning'));
  analyser.pushAnswer(textOf('answer'));
  analyser.end({ cutOff: false });
  const { findings } = analyser.snapshot();
  assert.ok(findings.length > 8);
  const reasons = Object.values(REASONS) as string[];
  for (const { message, why } of findings) {
    const read = readSentence(message);
    assert.ok(read !== null, message);
    assert.equal(put(read.template, read.args), message);
    assert.ok(reasons.includes(why), why);
  }
});
