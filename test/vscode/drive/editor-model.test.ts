import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../demo/prepare.ts';
import { askFromPalette, chooseModel, readTree, waitForState } from '../inspector.ts';
import { session, until } from './session.ts';

const it = session({ others: [join(ROOT, 'test/vscode/model-extension')], settings: { 'chat.disableAIFeatures': false } });

test('a model of VS Code that thinks aloud is shown thinking', async () => {
  const { code, stage } = it;
  await chooseModel(code, 'VS Code', 'thinks-aloud');
  await askFromPalette(code, 'Why is page two empty?');
  const frame = await waitForState(code, 'done');
  // the answer may be there before the steps are told apart
  await until('its steps', async () => (await readTree(frame)).some(({ text }) => text.includes('First I look at the offset.')));
  assert.match(await frame.getByRole('region', { name: 'Answer' }).innerText(), /Start at zero\./);
  assert.deepEqual(stage.replay.chats(), [], 'no server was asked');
});

test('one that keeps its reasoning to itself is said to do so', async () => {
  const { code } = it;
  await chooseModel(code, 'VS Code', 'keeps-silent');
  await askFromPalette(code, 'And page three?');
  await until('the second answer', async () => {
    const frame = await waitForState(code, 'done');
    const body = await frame.locator('body').innerText();
    return body.includes('Rehearsed keeps-silent') && body.includes('Start at zero.') && /no reasoning|shows none|not show/i.test(body);
  });
});
