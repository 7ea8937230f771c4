import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { askFromPalette, readTree, waitForState, walkTree } from '../inspector.ts';
import { session, TREE, until, writtenFiles } from './session.ts';

const it = session({ model: 'model-hold' });

test('palette, question, and a tree that grows while the model thinks', async () => {
  const { code, stage } = it;
  await askFromPalette(code, 'Why do the retries start over?');
  const frame = await waitForState(code, 'thinking');
  await frame.waitForSelector(`${TREE} [data-step]`);
  await frame.getByRole('button', { name: 'Stop', exact: true }).waitFor();
  // the server holds the rest of the thought: what is there now is all that came
  await until('the part that was sent is on the page', async () => (await readTree(frame)).length > 4);
  /** How many phases there are, those that are not mounted counted. */
  const phases = (): Promise<number> =>
    frame.$eval(`${TREE} [role=treeitem][aria-level="1"]`, (row) => Number(row.getAttribute('aria-setsize')));
  const soFar = await phases();
  const rows = await readTree(frame);
  // phases, their steps, and what hangs on a step
  assert.deepEqual([...new Set(rows.map(({ level }) => level))].sort(), [1, 2, 3]);
  assert.ok(rows.filter(({ level }) => level > 1).every(({ kind }) => kind !== ''));

  stage.replay.release();
  await waitForState(code, 'done');
  await until('the tree has grown', async () => (await phases()) > soFar);
  const answer = await frame.getByRole('region', { name: 'Answer' }).innerText();
  assert.match(answer, /The delay overflows/);
  assert.match(answer, /2 \*\* Math\.min\(attempt, 1000\)/);
  await frame.locator('[role=list][aria-label=Findings] [role=listitem][data-finding]').first().waitFor();
  assert.equal(stage.replay.chats().length, 1);
});

test('Save Trace to Workspace writes a file, and the file opens as the same tree', async () => {
  const { code, stage } = it;
  const before = await walkTree(code, await waitForState(code, 'done'));
  await code.command('Save Trace to Workspace');
  const folder = join(stage.folder, '.reasoning');
  const names = (): readonly string[] => writtenFiles(folder, '.reasoning.json');
  await until('a file is in .reasoning', () => names().length === 1);
  const [name] = names();

  // closed, so that only the editor can hold a tree
  await code.command('View: Close Primary Side Bar').catch(() => code.page.keyboard.press('Control+B'));
  await code.page.keyboard.press('Control+P');
  const input = code.page.locator('.quick-input-widget input').first();
  await input.fill(name!);
  await code.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name! }).first().click();
  await code.page.locator('.tabs-container .tab.active').filter({ hasText: name! }).waitFor();
  const frame = await waitForState(code, 'done');
  await frame.waitForSelector(`${TREE} [role=treeitem]`);
  assert.deepEqual(
    (await walkTree(code, frame)).map(({ level, row, kind }) => [level, row, kind]),
    before.map(({ level, row, kind }) => [level, row, kind]),
  );
});

test('after a reload of the window the editor and its tree are there again', async () => {
  await it.code.reload();
  const frame = await waitForState(it.code, 'done');
  await frame.waitForSelector(`${TREE} [role=treeitem]`);
});
