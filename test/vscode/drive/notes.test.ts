import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Frame } from 'playwright-core';
import type { TraceDocument } from '../../../src/core/schema.ts';
import { askFromPalette, notification, waitForState } from '../inspector.ts';
import { session, TREE, until, writtenFiles } from './session.ts';

const it = session();

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

test('a note is shown at its step and saved with the trace', async () => {
  const { code } = it;
  await askFromPalette(code, 'Why do the retries start over?');
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
