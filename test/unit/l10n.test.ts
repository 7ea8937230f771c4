import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { spokenStrings } from '../tools/strings.ts';

const ROOT = join(import.meta.dirname, '../..');
const LANGUAGES = ['de', 'zh-cn'];

const read = (path: string): Record<string, string> => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Record<string, string>;
const translated = (folder: string, name: RegExp): string[] =>
  readdirSync(join(ROOT, folder)).flatMap((file) => name.exec(file)?.[1] ?? []);

/** What must be in a translation as it is in the text: `{0}`, icons, code, and where links lead. */
function fixedParts(text: string): string[] {
  return (text.match(/\{\d+\}|\$\([\w-]+\)|`[^`]*`|\]\([^)]*\)/g) ?? []).sort();
}

function assertTranslates(where: string, texts: Readonly<Record<string, string>>): void {
  const bundle = read(where);
  const [want, have] = [new Set(Object.keys(texts)), new Set(Object.keys(bundle))];
  assert.deepEqual(
    [...want].filter((key) => !have.has(key)),
    [],
    `${where} lacks these`,
  );
  assert.deepEqual(
    [...have].filter((key) => !want.has(key)),
    [],
    `${where} has these, which nobody says`,
  );
  for (const [key, text] of Object.entries(texts)) {
    const said = bundle[key] ?? '';
    assert.notEqual(said.trim(), '', `${where} says nothing for: ${text}`);
    assert.deepEqual(fixedParts(said), fixedParts(text), `${where}: ${text}`);
  }
}

test('the texts of host and view are found', () => {
  const spoken = spokenStrings();
  // one of each way to say something: a call, a plural, a choice, a text that is handed on
  for (const text of ['Select Model…', '{0} steps', '{0} change of mind', 'Stopped', 'API Key for {0}'])
    assert.ok(spoken.includes(text), text);
});

test('the languages are those that are offered in both places', () => {
  assert.deepEqual(translated('l10n', /^bundle\.l10n\.(.+)\.json$/).sort(), LANGUAGES);
  assert.deepEqual(translated('.', /^package\.nls\.(.+)\.json$/).sort(), LANGUAGES);
});

for (const language of LANGUAGES) {
  test(`${language}: every text that is said, and no other, with its placeholders`, () => {
    const where = `l10n/bundle.l10n.${language}.json`;
    assertTranslates(where, Object.fromEntries(spokenStrings().map((text) => [text, text])));
    const keys = Object.keys(read(where));
    assert.deepEqual(keys, keys.toSorted(), 'sorted');
  });

  test(`${language}: every text of the manifest`, () => {
    assertTranslates(`package.nls.${language}.json`, read('package.nls.json'));
  });
}
