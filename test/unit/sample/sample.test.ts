import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { makeSample, SAMPLE_FILE } from '../../tools/sample.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const saved = readFileSync(SAMPLE_FILE, 'utf8');
const sample = JSON.parse(saved) as {
  parts: { kind: string; text: string; start: number; end: number }[];
  timeline: [number, number, number][];
};
const [reasoning, answer] = sample.parts;

test('the sample trace is what its sources make: `node test/tools/sample.ts` writes it', () => {
  assert.equal(saved, makeSample());
});

test('its timeline covers both texts, in order, within the times of its parts', () => {
  let clock = 0;
  for (const [at, part] of sample.timeline) {
    assert.ok(at >= clock && at >= sample.parts[part]!.start && at <= sample.parts[part]!.end, `${at}`);
    clock = at;
  }
  for (const [index, { text }] of sample.parts.entries()) {
    const arrived = sample.timeline.reduce((sum, [, part, chars]) => sum + (part === index ? chars : 0), 0);
    assert.equal(arrived, text.length);
  }
});

test('what it says of the project is so', async () => {
  const file = join(ROOT, 'media/sample/project/src/backoff.ts');
  const { backoffMs } = (await import(pathToFileURL(file).href)) as { backoffMs: (attempt: number) => number };
  assert.deepEqual(
    [9, 10, 30, 31, 32, 33].map((n) => backoffMs(n)),
    [256_000, 300_000, 300_000, -1_073_741_824_000, 500, 1000],
  );
  const minutes = Array.from({ length: 31 }, (_, n) => backoffMs(n)).reduce((sum, ms) => sum + ms, 0) / 60_000;
  assert.equal(minutes.toFixed(1), '113.5');
  assert.equal((minutes * 0.75).toFixed(1), '85.1');
});

test('its answer repairs the project', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ri-sample-'));
  try {
    const code = /```ts\n([^]*?)```/.exec(answer!.text)![1]!;
    const before = readFileSync(join(ROOT, 'media/sample/project/src/backoff.ts'), 'utf8');
    const after = before.replace(/export function backoffMs[^]*?\n}\n/, () => code);
    assert.notEqual(after, before);
    writeFileSync(join(folder, 'backoff.ts'), after);
    const { backoffMs } = (await import(pathToFileURL(join(folder, 'backoff.ts')).href)) as {
      backoffMs: (attempt: number, policy?: object) => number;
    };
    assert.deepEqual(
      [0, 3, 9, 10, 31, 32, 2000].map((n) => backoffMs(n)),
      [500, 4000, 256_000, 300_000, 300_000, 300_000, 300_000],
    );
    assert.equal(backoffMs(2000, { baseMs: 0, capMs: 50 }), 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('it names one thing that the project does not have, and keeps one caveat from the answer', () => {
  const named = [...reasoning!.text.matchAll(/`([A-Za-z]\w+)(?:\(\d*\))?`/g)].map((match) => match[1]!);
  const project = ['backoff', 'delivery-queue', 'dispatcher', 'clock']
    .map((name) => readFileSync(join(ROOT, `media/sample/project/src/${name}.ts`), 'utf8'))
    .join('\n');
  const language = ['setTimeout', 'Infinity', 'NaN', 'low', 'high', 'middle'];
  assert.deepEqual(
    named.filter((name) => !language.includes(name) && !new RegExp(`\\b${name}\\b`).test(project)),
    ['resetAttempts'],
  );
  assert.match(reasoning!.text, /24\.8 days/);
  assert.doesNotMatch(answer!.text, /capMs.*(days|2,147)|setTimeout/);
});
