import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askFromPalette, notification, readTree, waitForState } from '../inspector.ts';
import { session, until } from './session.ts';

const it = session({ model: 'model-hold' });

test('when the extension host dies in the middle of a thought, the run is offered again with what had come', async () => {
  const { code, stage } = it;
  await askFromPalette(code, 'Why do the retries start over?');
  const frame = await waitForState(code, 'thinking');
  await until('something of the thought is on the page', async () => (await readTree(frame)).length > 4);
  // the journal is behind by a quarter of a second at most
  await code.page.waitForTimeout(500);
  const hosts = code.extensionHosts();
  assert.ok(hosts.length > 0, 'no extension host was found');
  for (const pid of hosts) process.kill(pid, 'SIGKILL');
  await until('the server was hung up on', () => stage.replay.chats()[0]?.hungUp === true);
  await code.reload();
  const offer = await notification(code, 'interrupted', 30_000);
  await offer.getByRole('button', { name: 'Open' }).click();
  const again = await waitForState(code, 'cutoff');
  await until('what had come is on the page', async () => (await readTree(again)).length > 4);
});
