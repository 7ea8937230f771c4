import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askFromPalette, chooseModel, notification, readTree, waitForState } from '../inspector.ts';
import type { ReplayRequest } from '../../replay/server.ts';
import { askInView, session, TREE, until } from './session.ts';

const it = session({ model: 'model-hold' });

test('Stop hangs up, and what had come stays', async () => {
  const { code, stage } = it;
  await askFromPalette(code, 'Why do the retries start over?');
  const frame = await waitForState(code, 'thinking');
  await until('something of the thought is on the page', async () => (await readTree(frame)).length > 4);
  await frame.getByRole('button', { name: 'Stop', exact: true }).click();
  await waitForState(code, 'stopped');
  await until('the server was hung up on', () => stage.replay.chats()[0]?.hungUp === true);
  await until('what had come stays', async () => (await readTree(frame)).length > 4);
  await frame.getByRole('button', { name: 'Ask', exact: true }).waitFor();
});

test('hidden while the model thinks, and shown again, the view lacks nothing', async () => {
  const { code, stage } = it;
  const frame = await code.webview('[aria-label=Prompt]');
  await askInView(frame, 'And why are the tests green?');
  await waitForState(code, 'thinking');
  await code.command('View: Show Explorer');
  await until('the view is gone', () => !code.page.frames().includes(frame));
  stage.replay.release();
  await until('the server has said all', () => stage.replay.chats()[1]?.ended === true);
  await code.command('Reasoning: Focus on Inspector View');
  const again = await waitForState(code, 'done');
  await again.waitForSelector(`${TREE} [role=treeitem]`);
  assert.match(await again.getByRole('region', { name: 'Answer' }).innerText(), /The delay overflows/);
  assert.equal(stage.replay.chats()[1]?.hungUp, false);
});

test('after a reload of the window the last trace is there', async () => {
  await it.code.reload();
  await it.code.command('Reasoning: Focus on Inspector View');
  const frame = await waitForState(it.code, 'done');
  assert.match(await frame.getByRole('region', { name: 'Answer' }).innerText(), /The delay overflows/);
});

test('a model that goes round in circles is told while it does; Stop there hangs up, and what had come stays', async () => {
  const { code, stage } = it;
  const before = stage.replay.chats().length;
  const chat = (): ReplayRequest | undefined => stage.replay.chats()[before];
  await chooseModel(code, 'Demo', 'model-loop');
  await askFromPalette(code, 'Why do the retries start over?');
  const frame = await waitForState(code, 'thinking');
  const told = await notification(code, /goes round in circles: it has said the same \d+ words \d+ times/);
  assert.equal(chat()?.ended, false, 'it was told only when all was over');
  await told.getByRole('button', { name: 'Stop', exact: true }).press('Enter');
  await waitForState(code, 'stopped');
  await until('the server was hung up on', () => chat()?.hungUp === true);
  await until('what had come stays', async () => (await readTree(frame)).length > 4);
});

test('when the extension host dies in the middle of a thought, the run is offered again with what had come', async () => {
  const { code, stage } = it;
  const before = stage.replay.chats().length;
  await askFromPalette(code, 'And why are the tests green?');
  const frame = await waitForState(code, 'thinking');
  await until('something of the thought is on the page', async () => (await readTree(frame)).length > 4);
  // the journal is behind by a quarter of a second at most
  await code.page.waitForTimeout(500);
  const hosts = code.extensionHosts();
  assert.ok(hosts.length > 0, 'no extension host was found');
  for (const pid of hosts) process.kill(pid, 'SIGKILL');
  await until('the server was hung up on', () => stage.replay.chats()[before]?.hungUp === true);
  await code.reload();
  const offer = await notification(code, 'interrupted', 30_000);
  await offer.getByRole('button', { name: 'Open' }).click();
  const again = await waitForState(code, 'cutoff');
  await until('what had come is on the page', async () => (await readTree(again)).length > 4);
});
