import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Frame } from 'playwright-core';
import { readTree, waitForState } from '../inspector.ts';
import { session, TREE, until, writtenFiles } from './session.ts';

const it = session();

/** Runs a command by keys alone: the palette, its name, Enter once it is offered first. */
async function run(command: string): Promise<void> {
  const { page } = it.code;
  const first = page.locator('.quick-input-list .monaco-list-row.focused');
  for (let tries = 0; ; tries++) {
    await page.keyboard.press('F1');
    await page.keyboard.type(command, { delay: 5 });
    const offered = await first
      .filter({ hasText: command })
      .waitFor({ timeout: 3000 })
      .then(() => true)
      .catch(() => false);
    if (offered) break;
    assert.ok(tries < 8, `the palette does not offer “${command}” first`);
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('Enter');
}

/** What has the focus, in the view. */
const focused = (frame: Frame): Promise<{ role: string | null; row: string | null; text: string; level: string | null }> =>
  frame.evaluate(() => {
    const element = document.activeElement;
    return {
      role: element?.getAttribute('role') ?? element?.tagName.toLowerCase() ?? null,
      row: element?.getAttribute('data-row') ?? null,
      level: element?.getAttribute('aria-level') ?? null,
      text: (element?.textContent ?? '').trim(),
    };
  });

test('from the palette to a saved trace by keyboard alone', async () => {
  const { code, stage } = it;
  const { page } = code;
  const { keyboard } = page;

  // the question
  await run('Ask a Reasoning Model');
  await page.waitForFunction(() => {
    const box = document.querySelector<HTMLInputElement>('.quick-input-widget input');
    return box !== null && box.offsetParent !== null && box.value === '' && document.activeElement === box;
  });
  await keyboard.type('Why do the retries start over?');
  await keyboard.press('Enter');
  const frame = await waitForState(code, 'done');

  // into the view, and on to the tree
  await run('Reasoning: Focus on Inspector View');
  await until('the view has the focus', async () => (await focused(frame)).role !== 'body');
  await until('Tab comes to the tree', async () => {
    await keyboard.press('Tab');
    return (await focused(frame)).role === 'treeitem';
  });
  await keyboard.press('Home');
  assert.equal((await focused(frame)).level, '1');
  await keyboard.press('ArrowDown');
  const first = await focused(frame);
  assert.equal(first.level, '2');
  await keyboard.press('Enter');
  await frame.locator(`${TREE} [data-row="${first.row ?? ''}"].open`).waitFor();
  await keyboard.press('ArrowLeft');
  await keyboard.press('ArrowLeft');
  assert.equal((await focused(frame)).level, '1', 'back at the phase');
  await keyboard.press('ArrowLeft');
  assert.equal((await readTree(frame)).filter(({ row }) => row === first.row).length, 0, 'folded away');

  // a finding, a search, the help
  await keyboard.press('n');
  await frame.locator('.finding.selected').waitFor();
  await keyboard.press('/');
  await keyboard.type('made a mistake');
  await until('the search has a hit', async () => /1 of \d+/.test(await frame.locator('.hits').innerText()));
  await keyboard.press('ArrowDown');
  await until('the hit has the focus', async () => /made a mistake/.test((await focused(frame)).text));
  await keyboard.press('?');
  await frame.getByRole('dialog').waitFor();
  await keyboard.press('Escape');
  await frame.getByRole('dialog').waitFor({ state: 'hidden' });

  // and saved
  await run('Save Trace to Workspace');
  const saved = (): readonly string[] => writtenFiles(join(stage.folder, '.reasoning'), '.reasoning.json');
  await until('a file is in .reasoning', () => saved().length === 1);
  await keyboard.press('Control+P');
  await keyboard.type(saved()[0] ?? '');
  await page
    .locator('.quick-input-list .monaco-list-row.focused')
    .filter({ hasText: saved()[0] ?? '' })
    .waitFor();
  await keyboard.press('Enter');
  await page
    .locator('.tabs-container .tab.active')
    .filter({ hasText: saved()[0] ?? '' })
    .waitFor();
  await waitForState(code, 'done');
});
