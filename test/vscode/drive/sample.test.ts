import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Frame } from 'playwright-core';
import type { TraceDocument } from '../../../src/core/schema.ts';
import { notification, readTree, waitForState } from '../inspector.ts';
import { session, TREE, until, writtenFiles } from './session.ts';

const it = session();

const readSource = (): string => readFileSync(join(it.stage.folder, 'src/backoff.ts'), 'utf8');
const folder = (): string => join(it.stage.folder, '.reasoning');
const files = (): readonly string[] => writtenFiles(folder(), '.reasoning.json');
const read = (name: string): TraceDocument => JSON.parse(readFileSync(join(folder(), name), 'utf8')) as TraceDocument;

async function addNote(frame: Frame, step: number, text: string): Promise<void> {
  await frame.locator(`${TREE} [role=treeitem]`).first().focus();
  await it.code.page.keyboard.press('Home');
  await it.code.page.keyboard.press('e');
  const row = frame.locator(`${TREE} [data-step="${step}"]`);
  await row.focus();
  await row.press('Enter');
  await row.getByRole('button', { name: 'Add note' }).click();
  await frame.getByRole('textbox', { name: `Note on step ${step + 1}` }).fill(text);
  await it.code.page.keyboard.press('Enter');
  await row.getByText(text).waitFor();
}

test('the sample thinks live, without a model', async () => {
  const { code, stage } = it;
  await code.command('Open a Sample Trace');
  await (await waitForState(code, 'thinking')).waitForSelector('[data-step]');
  const frame = await waitForState(code, 'done', 60_000);
  assert.match(await frame.locator('body').innerText(), /sample/i);
  assert.match(await frame.getByRole('region', { name: 'Answer' }).innerText(), /The delay overflows/);
  assert.deepEqual(stage.replay.chats(), []);
});

test('the tree folds, unfolds and is walked by keys', async () => {
  const { code } = it;
  const frame = await waitForState(code, 'done');
  const focused = (): Promise<{ step: string | null; phase: string | null; level: string | null; expanded: string | null }> =>
    frame.evaluate(() => {
      const row = document.activeElement;
      const attribute = (name: string): string | null => row?.getAttribute(name) ?? null;
      return {
        step: attribute('data-step'),
        phase: attribute('data-phase'),
        level: attribute('aria-level'),
        expanded: attribute('aria-expanded'),
      };
    });
  await frame.locator(`${TREE} [role=treeitem]`).first().focus();
  const { keyboard } = code.page;
  await keyboard.press('Home');
  assert.deepEqual({ ...(await focused()), expanded: null }, { step: null, phase: '0', level: '1', expanded: null });
  await keyboard.press('c');
  assert.equal((await focused()).expanded, 'false');
  const folded = await readTree(frame);
  assert.ok(
    folded.every(({ level }) => level === 1),
    'a step is on the page though all phases are folded',
  );
  await keyboard.press('ArrowRight');
  assert.equal((await focused()).expanded, 'true');
  await keyboard.press('ArrowRight');
  assert.deepEqual(await focused(), { step: '0', phase: null, level: '2', expanded: 'false' });
  await keyboard.press('ArrowRight');
  assert.equal((await focused()).expanded, 'true');
  assert.match(await frame.locator(`${TREE} [data-step="0"]`).innerText(), /let me understand the problem first/i);
  await keyboard.press('ArrowLeft');
  await keyboard.press('ArrowLeft');
  assert.equal((await focused()).phase, '0');
  await keyboard.press('e');
  await keyboard.press('End');
  assert.equal((await focused()).level, '2');
  assert.ok((await readTree(frame)).length > folded.length);
});

test('a note is shown at its step and saved with the trace', async () => {
  const { code } = it;
  const frame = await waitForState(code, 'done');
  await addNote(frame, 1, 'Is that so?');
  await code.command('Save Trace to Workspace');
  await until('the trace is saved', () => files().length === 1);
  const [note, ...more] = read(files()[0] ?? '').notes;
  assert.equal(more.length, 0);
  assert.deepEqual({ step: note?.step, text: note?.text }, { step: 1, text: 'Is that so?' });
  assert.match(note?.at ?? '', /^\d{4}-\d\d-\d\dT/);
  assert.notEqual(note?.by, '');
});

test('a note on a trace file is written into it when the reader says so, and not before', async () => {
  const { code } = it;
  const name = files()[0] ?? '';
  const before = readFileSync(join(folder(), name), 'utf8');
  await code.command('View: Close Primary Side Bar');
  await code.command('Open Trace');
  await code.page.locator('.quick-input-list .monaco-list-row').first().click();
  const frame = await waitForState(code, 'done');
  await addNote(frame, 0, 'Read this first.');
  await notification(code, /is kept until you close it/);
  await code.page.keyboard.press('Escape');
  assert.equal(readFileSync(join(folder(), name), 'utf8'), before);

  await frame.getByRole('button', { name: 'Save trace to workspace' }).click();
  await code.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Write Into the File' }).click();
  await until('the note is in the file', () => files().length === 1 && read(name).notes.length === 2);
  assert.deepEqual(files(), [name]);
  const { notes, ...rest } = read(name);
  assert.deepEqual(
    notes.map(({ step, text }) => [step, text]),
    [
      [1, 'Is that so?'],
      [0, 'Read this first.'],
    ],
  );
  const old: Partial<TraceDocument> = JSON.parse(before) as TraceDocument;
  delete old.notes;
  assert.deepEqual(rest, old);
});

test('code of the answer is shown as a diff of its file, applied when told to, and can be undone', async () => {
  const { code } = it;
  const before = readSource();
  await code.command('Close All Editors');
  await code.command('Reasoning: Focus on Inspector View');
  const frame = await waitForState(code, 'done');
  await frame.getByRole('button', { name: 'Apply as diff' }).first().click();
  const diff = code.page.locator('.monaco-diff-editor');
  await diff.waitFor();
  await until('the proposal is shown', async () => (await diff.locator('.modified .view-lines').innerText()).includes('Math.min(attempt'));
  assert.equal(readSource(), before, 'the file was changed before anybody said so');

  const asked = await notification(code, /Apply this change to src\/backoff\.ts/);
  // by key: a hover of the status bar may lie above the button
  await asked.getByRole('button', { name: 'Apply', exact: true }).press('Enter');
  await diff.waitFor({ state: 'hidden' });
  assert.equal(readSource(), before, 'the file was saved unasked');
  await code.command('File: Save');
  // while it is being written, a file is empty or half there
  await until(
    'the change is in the file, and the rest of it as well',
    () => readSource().includes('2 ** Math.min(attempt, 1000)') && readSource().includes('export function withJitter'),
  );

  await code.page.locator('.monaco-editor .view-lines').first().click();
  await code.page.keyboard.press('ControlOrMeta+z');
  await code.command('File: Save');
  await until('the change is undone', () => readSource() === before);
});

test('code that the file holds already is not offered again', async () => {
  const { code } = it;
  const frame = await waitForState(code, 'done');
  await frame.getByRole('button', { name: 'Apply as diff' }).first().click();
  const asked = await notification(code, /Apply this change to src\/backoff\.ts/);
  await asked.getByRole('button', { name: 'Apply', exact: true }).press('Enter');
  // the file is shown and takes the focus: what is typed into the palette before that would go into it
  await code.page.locator('.monaco-diff-editor').waitFor({ state: 'hidden' });
  await code.command('File: Save');
  await until('the change is in the file', () => readSource().includes('2 ** Math.min'));
  await frame.getByRole('button', { name: 'Apply as diff' }).first().click();
  await notification(code, /src\/backoff\.ts says this already/);
});
