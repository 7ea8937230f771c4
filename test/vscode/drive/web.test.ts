import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { EXTENSION_ID } from '../../demo/prepare.ts';
import { askFromPalette, readTree, waitForState } from '../inspector.ts';
import { session, until, writtenFiles } from './session.ts';

const it = session({ webHost: EXTENSION_ID });

test('as a web extension: ask, tree, answer, save', async () => {
  const { code, stage } = it;
  await askFromPalette(code, 'Why do the retries start over?');
  const frame = await waitForState(code, 'done');
  await until('the tree is on the page', async () => (await readTree(frame)).length > 4);
  assert.match(await frame.getByRole('region', { name: 'Answer' }).innerText(), /The delay overflows/);
  // a request of a web worker carries the origin of its page
  assert.notEqual(stage.replay.chats()[0]?.headers.origin, undefined);
  await code.command('Save Trace to Workspace');
  const folder = join(stage.folder, '.reasoning');
  await until('a file is in .reasoning', () => writtenFiles(folder, '.reasoning.json').length === 1);
});
