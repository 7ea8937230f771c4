import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { notification } from '../inspector.ts';
import { session } from './session.ts';

const it = session({ trust: false, settings: { 'security.workspace.trust.startupPrompt': 'never' } });

test('nothing is sent from a workspace that is not trusted, and it is said why', async () => {
  const { code, stage } = it;
  await code.page
    .getByRole('button', { name: /Restricted Mode/ })
    .first()
    .waitFor();
  await code.command('Ask a Reasoning Model');
  await notification(code, 'not trusted');
  await code.command('Reasoning: Focus on Inspector View');
  const frame = await code.webview('[aria-label=Prompt]');
  await frame.getByRole('textbox', { name: 'Prompt' }).fill('Does this get through?');
  await frame.getByRole('textbox', { name: 'Prompt' }).press('Enter');
  assert.ok(await frame.getByRole('button', { name: 'Ask', exact: true }).isDisabled());
  assert.deepEqual(stage.replay.requests, []);
});

test('the sample can be read all the same, and is not written', async () => {
  const { code, stage } = it;
  await code.command('Open a Sample Trace');
  const frame = await code.webview('[data-state=thinking]');
  await frame.waitForSelector('[data-step]');
  await code.command('Save Trace to Workspace');
  await notification(code, 'Nothing is written');
  assert.ok(!existsSync(join(stage.folder, '.reasoning')));
  assert.deepEqual(stage.replay.requests, []);
});
