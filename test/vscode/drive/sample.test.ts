import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTree, waitForState } from '../inspector.ts';
import { session, TREE } from './session.ts';

const it = session();

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
