import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startHarness } from './harness.ts';
import type { Harness } from './harness.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const scripts = () => readdirSync(harness.dist).filter((name) => name.endsWith('.js') && name !== 'fake-host.js');

test('nothing that ships can write markup or run text', () => {
  const names = scripts();
  assert.ok(names.includes('view.js') && names.length > 3, names.join());
  for (const name of names) {
    const code = readFileSync(join(harness.dist, name), 'utf8');
    for (const forbidden of [
      /innerHTML/i,
      /outerHTML\s*=/,
      /insertAdjacentHTML/,
      /\beval\(/,
      /new Function\(/,
      /document\.write/,
      /\.srcdoc/,
      /createContextualFragment/,
      /DOMParser/,
    ])
      assert.ok(!forbidden.test(code), `${name} holds ${String(forbidden)}`);
  }
});

test('what loads at the start stays within its budget', () => {
  const loaded = new Set<string>();
  const load = (name: string): number => {
    if (loaded.has(name)) return 0;
    loaded.add(name);
    const code = readFileSync(join(harness.dist, name), 'utf8');
    let sum = statSync(join(harness.dist, name)).size;
    for (const [, chunk = ''] of code.matchAll(/(?:from|import)"\.\/([\w-]+\.js)"/g)) sum += load(chunk);
    return sum;
  };
  const bytes = load('view.js');
  assert.ok(bytes <= 150_000, `${bytes} bytes`);
});
