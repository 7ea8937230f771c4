import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startHarness } from './harness.ts';
import type { Harness } from './harness.ts';
import { chunks, headFor, longReasoning, sampleTrace, shownOf, stamp } from './traces.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

/** Keeps what a screen reader is told by live regions: each text that comes into one. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    const region = (node: Node): Element | null =>
      (node instanceof Element ? node : node.parentElement)?.closest('[aria-live], [role="status"]') ?? null;
    new MutationObserver((changes) => {
      const changed = new Set(changes.map(({ target }) => region(target)));
      for (const one of changed) if (one !== null && one.textContent !== '') told.push(one.textContent.trim());
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => (window as unknown as { told: string[] }).told.splice(0));
}

test('a step with steps below it tells whether its own text is shown', async () => {
  const view = await harness.open({ ...sampleTrace(), height: 1400 });
  const { page } = view;
  const head = page.locator('.row.head').first();
  await head.focus();
  const words = (): Promise<string> => head.evaluate((row) => [...row.querySelectorAll('.sr-only')].map((w) => w.textContent).join(' '));
  assert.match(await words(), /text hidden/);
  await page.keyboard.press(' ');
  assert.match(await words(), /text shown/);
  assert.equal(await head.getAttribute('aria-expanded'), 'true', 'which speaks of the steps below');
  assert.equal(await page.getByRole('tree').getAttribute('aria-multiselectable'), 'true');
  await view.close();
});

test('a passing sentence is told each time, and the state is not told again after it', async () => {
  const view = await harness.open(sampleTrace());
  const { page } = view;
  await page.getByRole('treeitem').first().waitFor();
  await page.waitForTimeout(300);
  const told = await listen(page);
  const copy = page.getByRole('region', { name: 'Answer' }).getByRole('button', { name: 'Copy' }).first();
  await copy.click();
  await page.waitForTimeout(100);
  await copy.click();
  await page.waitForTimeout(100);
  assert.deepEqual(await told(), ['Copied', 'Copied']);
  await page.locator('.toast').waitFor({ state: 'detached' });
  await page.waitForTimeout(100);
  assert.deepEqual(await told(), [], 'the state is as it was');
  await view.close();
});

test('hits are counted aloud after the reader’s own step only', async () => {
  const all = stamp([{ type: 'open', part: 0, kind: 'reasoning', visibility: 'raw' }, ...chunks(0, longReasoning(14_000), 40)]);
  const view = await harness.open({ shown: shownOf(headFor('Stream'), true), events: all.slice(0, 150) });
  const { page } = view;
  await page.locator('.row.live').waitFor();
  const told = await listen(page);
  await page.getByRole('searchbox').fill('cache');
  await page.waitForTimeout(200);
  const first = await told();
  assert.equal(first.length, 1, first.join(', '));
  const before = await page.locator('.hits').innerText();
  for (let at = 150; at < 300; at += 10) {
    await page.evaluate((batch) => window.fakeHost.push(batch as never), all.slice(at, at + 10));
    await page.waitForTimeout(40);
  }
  assert.notEqual(await page.locator('.hits').innerText(), before, 'the count that is shown goes on');
  // the worker reads behind what has come: the count stands when it has read all
  for (let last = ''; last !== (last = await page.locator('.hits').innerText());) await page.waitForTimeout(500);
  assert.deepEqual(await told(), []);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(100);
  const after = await told();
  assert.equal(after.length, 1);
  assert.equal(after[0], await page.locator('.hits').innerText());
  await view.close();
});
