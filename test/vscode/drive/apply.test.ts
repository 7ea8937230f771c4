import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { askFromPalette, notification, waitForState } from '../inspector.ts';
import { session, until } from './session.ts';

const it = session();
const read = (): string => readFileSync(join(it.stage.folder, 'src/backoff.ts'), 'utf8');

test('code of the answer is shown as a diff of its file, applied when told to, and can be undone', async () => {
  const { code } = it;
  const before = read();
  await askFromPalette(code, 'Why do the retries start over?');
  const frame = await waitForState(code, 'done');
  await frame.getByRole('button', { name: 'Apply as diff' }).first().click();
  const diff = code.page.locator('.monaco-diff-editor');
  await diff.waitFor();
  await until('the proposal is shown', async () => (await diff.locator('.modified .view-lines').innerText()).includes('Math.min(attempt'));
  assert.equal(read(), before, 'the file was changed before anybody said so');

  const asked = await notification(code, /Apply this change to src\/backoff\.ts/);
  // by key: a hover of the status bar may lie above the button
  await asked.getByRole('button', { name: 'Apply', exact: true }).press('Enter');
  await diff.waitFor({ state: 'hidden' });
  assert.equal(read(), before, 'the file was saved unasked');
  await code.command('File: Save');
  // while it is being written, a file is empty or half there
  await until(
    'the change is in the file, and the rest of it as well',
    () => read().includes('2 ** Math.min(attempt, 1000)') && read().includes('export function withJitter'),
  );

  await code.page.locator('.monaco-editor .view-lines').first().click();
  await code.page.keyboard.press('ControlOrMeta+z');
  await code.command('File: Save');
  await until('the change is undone', () => read() === before);
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
  await until('the change is in the file', () => read().includes('2 ** Math.min'));
  await frame.getByRole('button', { name: 'Apply as diff' }).first().click();
  await notification(code, /src\/backoff\.ts says this already/);
});
