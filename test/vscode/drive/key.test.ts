import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { askFromPalette, waitForState } from '../inspector.ts';
import { session, until, writtenFiles } from './session.ts';

const CANARY = 'sk-canary-7f3e9a61c05d4b28';
const it = session({ replay: { key: CANARY }, endpoint: { needsKey: true }, settings: { 'reasoningInspector.redactSecrets': false } });

test('asks for the key that is missing, hides what is typed, and goes on', async () => {
  const { code, stage } = it;
  await askFromPalette(code, 'Why do the retries start over?');
  const input = code.page.locator('.quick-input-widget input[type=password]');
  await input.waitFor();
  assert.equal(stage.replay.chats().length, 0, 'a request went out without a key');
  await input.fill(CANARY);
  await code.page.keyboard.press('Enter');
  await waitForState(code, 'done');
  assert.equal(stage.replay.chats()[0]?.headers.authorization, `Bearer ${CANARY}`);
});

test('the key is sent, and is found nowhere else', async () => {
  const { code, stage } = it;
  await code.command('Save Trace to Workspace');
  await code.command('Show Log');
  await until('the trace is saved', () => writtenFiles(join(stage.folder, '.reasoning'), '.reasoning.json').length === 1);
  const holding = [...files(stage.folder), ...files(code.home)].filter((file) => readFileSync(file).includes(CANARY));
  assert.deepEqual(holding, [], 'files that hold the key');
  assert.ok(!code.consoleLog.join('\n').includes(CANARY), 'the console shows the key');
  for (const frame of code.page.frames())
    assert.ok(!(await frame.content().catch(() => '')).includes(CANARY), `${frame.url()} shows the key`);
});

test('a key that was cleared is asked for again', async () => {
  const { code } = it;
  await code.command('Clear API Key');
  await code.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Demo' }).first().click();
  await askFromPalette(code, 'And again?');
  await code.page.locator('.quick-input-widget input[type=password]').waitFor();
  await code.page.keyboard.press('Escape');
});

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}
