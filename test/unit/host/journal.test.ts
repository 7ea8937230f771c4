import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { TraceEvent } from '../../../src/core/events.ts';
import type { TraceHead } from '../../../src/core/trace.ts';
import type { Files } from '../../../src/host/files.ts';
import { createJournal } from '../../../src/host/journal.ts';
import { startRun } from '../../../src/host/run.ts';
import { nodeFiles } from './node-files.ts';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'journal-'))));
afterEach(() => rmSync(root, { recursive: true }));

const fail = (error: unknown): void => assert.fail(String(error));

function head(id: string): TraceHead {
  return {
    id,
    createdAt: '2026-05-01T10:00:00.000Z',
    title: 'Why?',
    request: { endpoint: 'e', origin: 'o', api: 'chat', model: 'm', parameters: {}, messages: [] },
    origin: null,
  };
}

/** A run that says `n` words, one every few milliseconds, and then waits until it is let go. */
function thinking(id: string, n: number) {
  let letGo = (): void => undefined;
  const waiting = new Promise<void>((resolve) => (letGo = resolve));
  const run = startRun({
    head: head(id),
    now: () => performance.now(),
    async *source(): AsyncGenerator<TraceEvent> {
      yield { type: 'open', part: 0, kind: 'reasoning', visibility: 'raw' };
      for (let i = 0; i < n; i++) {
        yield { type: 'text', part: 0, text: `word${i} ` };
        await new Promise((resolve) => setTimeout(resolve, 8));
      }
      await waiting;
      yield { type: 'finish', reason: 'stop' };
    },
  });
  return { run, letGo };
}

const until = async (what: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await what())) await new Promise((resolve) => setTimeout(resolve, 20));
};

test('a run that is cut off is found at the next start with what had arrived', async () => {
  const { run, letGo } = thinking('r1', 60);
  const followed = createJournal(nodeFiles(root), fail).follow(run, () => Promise.resolve());
  const all = Array.from({ length: 60 }, (_, i) => `word${i} `).join('');
  await until(() => readdirSync(root).includes('r1') && readdirSync(join(root, 'r1')).some((name) => name.startsWith('0')));
  // a second session that looks at the same folder is what a restart after a kill sees
  await until(async () => {
    const [found] = await createJournal(nodeFiles(root), fail).interrupted();
    const text = (found?.events ?? []).map(({ event }) => (event.type === 'text' ? event.text : '')).join('');
    assert.ok(all.startsWith(text), 'what is in the journal is the beginning of what arrived');
    return text === all;
  });
  const [found] = await createJournal(nodeFiles(root), fail).interrupted();
  assert.deepEqual(found?.head, head('r1'));
  assert.deepEqual(
    found.events.map(({ seq }) => seq),
    found.events.map((_, i) => i + 1),
  );
  assert.ok(readdirSync(join(root, 'r1')).length > 3, 'the journal was written while the run went on');
  letGo();
  await followed;
});

test('a run that is done leaves nothing behind, once it is safe elsewhere', async () => {
  const { run, letGo } = thinking('r2', 3);
  let safe = false;
  letGo();
  await createJournal(nodeFiles(root), fail).follow(run, async () => {
    await Promise.resolve();
    assert.ok(readdirSync(root).includes('r2'));
    safe = true;
  });
  assert.ok(safe);
  assert.deepEqual(readdirSync(root), []);
});

test('a run that could not be kept stays in the journal', async () => {
  const { run, letGo } = thinking('r3', 3);
  const errors: unknown[] = [];
  letGo();
  await createJournal(nodeFiles(root), (error) => errors.push(error)).follow(run, () => Promise.reject(new Error('disk full')));
  assert.match(String(errors[0]), /disk full/);
  assert.equal((await createJournal(nodeFiles(root), fail).interrupted()).length, 1);
});

test('a running run of this session is not offered as interrupted', async () => {
  const { run, letGo } = thinking('r4', 3);
  const journal = createJournal(nodeFiles(root), fail);
  const followed = journal.follow(run, () => Promise.resolve());
  await until(() => readdirSync(root).includes('r4'));
  assert.deepEqual(await journal.interrupted(), []);
  letGo();
  await followed;
});

test('a file that was cut off by the kill costs only itself', async () => {
  const { run, letGo } = thinking('r5', 40);
  const followed = createJournal(nodeFiles(root), fail).follow(run, () => Promise.resolve());
  await until(() => readdirSync(root).includes('r5') && readdirSync(join(root, 'r5')).length > 2);
  writeFileSync(join(root, 'r5', '99999999.json'), '[{"seq": 12, "at"');
  const [found] = await createJournal(nodeFiles(root), fail).interrupted();
  assert.ok((found?.events.length ?? 0) > 0);
  letGo();
  await followed;
});

test('a write that fails is made up for by the next', async () => {
  const disk = nodeFiles(root);
  let calls = 0;
  const flaky: Files = { ...disk, write: (path, text) => (calls++ === 1 ? Promise.reject(new Error('busy')) : disk.write(path, text)) };
  const { run, letGo } = thinking('r6', 60);
  let kept = '';
  letGo();
  await createJournal(flaky, () => undefined).follow(run, async () => {
    const [found] = await createJournal(disk, fail).interrupted();
    kept = (found?.events ?? []).map(({ event }) => (event.type === 'text' ? event.text : '')).join('');
  });
  assert.equal(kept, run.trace.parts[0]?.text);
});
