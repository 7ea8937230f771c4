import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startHarness } from './harness.ts';
import type { Harness, View } from './harness.ts';
import { sampleTrace } from './traces.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const composer = {
  model: 'DeepSeek/deepseek-reasoner',
  effort: 'default' as const,
  context: [{ id: 'x', kind: 'file' as const, label: 'scheduler.ts', preview: 'code' }],
  canAsk: true,
  missing: null,
  followUp: { on: true, choice: 'rule' as const, turns: 1, sends: 'The question, the answer and the next question.' },
};

/** Side bars, a panel, and views at a zoom of 200 % and 400 %. */
const SIZES = [
  { width: 160, height: 400 },
  { width: 320, height: 256 },
  { width: 320, height: 350 },
  { width: 320, height: 480 },
  { width: 1200, height: 250 },
];

async function open(size: { width: number; height: number }): Promise<View> {
  const view = await harness.open({ ...sampleTrace(), composer, ...size });
  await view.page.getByRole('treeitem').first().waitFor({ state: 'attached' });
  await view.page.waitForTimeout(300);
  return view;
}

/** The heights at which the rows of the tree can be seen: neither cut off by the view nor below something else. */
const seen = (page: Page): Promise<number> =>
  page.evaluate(() => {
    let n = 0;
    for (let y = 0; y < innerHeight; y++) if (document.elementFromPoint(innerWidth / 2, y)?.closest('[role="tree"]')) n++;
    return n;
  });

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
}

/** Whether the row with the focus is in sight and nothing lies on its first line. */
const focusInSight = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const row = document.activeElement?.closest('[role="treeitem"]') ?? null;
    const box = row?.getBoundingClientRect();
    return (
      box !== undefined &&
      box.bottom <= innerHeight &&
      document.elementFromPoint(innerWidth / 2, box.top + 4)?.closest('[role="treeitem"]') === row
    );
  });

for (const size of SIZES)
  test(`at ${size.width} × ${size.height} the reasoning can be read, by wheel and by key`, async () => {
    const view = await open(size);
    const { page } = view;
    await page.mouse.move(size.width / 2, size.height / 2);
    for (let i = 0; i < 40 && (await seen(page)) < size.height * 0.75; i++) {
      await page.mouse.wheel(0, 60);
      await page.waitForTimeout(40);
    }
    assert.ok((await seen(page)) >= size.height * 0.75, `${await seen(page)} px of the reasoning are in sight`);
    await page.locator('[data-phase="0"]').focus();
    await press(page, 'End');
    assert.ok(await focusInSight(page), 'the last row');
    for (let i = 0; i < 12; i++) {
      await press(page, 'ArrowUp');
      assert.ok(await focusInSight(page), `going up, ${i + 1}`);
    }
    await press(page, 'Home');
    assert.ok(await focusInSight(page), 'the first row');
    // the rest of the view is a scroll away
    await page.getByRole('textbox', { name: 'Prompt' }).focus();
    const prompt = (await page.getByRole('textbox', { name: 'Prompt' }).boundingBox())!;
    assert.ok(prompt.y >= 0 && prompt.y + prompt.height <= size.height);
    assert.deepEqual(view.complaints, []);
    await view.close();
  });

for (const size of SIZES)
  test(`at ${size.width} × ${size.height} every item of a menu can be reached`, async () => {
    const view = await open(size);
    const { page } = view;
    const more = page.getByRole('button', { name: 'More' });
    await more.scrollIntoViewIfNeeded();
    await more.click();
    const box = (await page.getByRole('menu').boundingBox())!;
    assert.ok(box.x >= 0 && box.x + box.width <= size.width, `from ${box.x}, ${box.width} wide`);
    assert.ok(box.y >= 0 && box.y + box.height <= size.height, `from ${box.y}, ${box.height} high`);
    for (let i = 0; i < (await page.getByRole('menuitem').count()); i++) {
      const on = await page.evaluate(() => {
        const item = document.activeElement!;
        const { top, bottom, left, right } = item.getBoundingClientRect();
        return item.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2)) && top >= 0 && bottom <= innerHeight;
      });
      assert.ok(on, `item ${i}`);
      await press(page, 'ArrowDown');
    }
    await view.close();
  });

test('a low view keeps the place when it becomes higher', async () => {
  const view = await open({ width: 320, height: 400 });
  const { page } = view;
  await page.locator('main').evaluate((element) => element.scrollTo(0, 900));
  await page.waitForTimeout(200);
  const at = await page.evaluate(() => {
    // the first step below what sticks to the upper edge: which it is depends on the phases
    const rows = [...document.querySelectorAll<HTMLElement>('[data-step]')];
    return Number(rows.find((row) => row.getBoundingClientRect().top >= 34)?.dataset['step'] ?? -1);
  });
  assert.ok(at >= 0);
  await page.setViewportSize({ width: 320, height: 800 });
  await page.waitForTimeout(300);
  const box = (await page.locator('.columns').boundingBox())!;
  const { y } = (await page.locator(`[data-step="${at}"]`).boundingBox())!;
  assert.ok(y > box.y - 30 && y < box.y + 60, `step ${at + 1}, which was at the upper edge, is at ${y} of ${box.y}`);
  await view.close();
});

test('a low view follows a run until the reader moves up', async () => {
  const { shown, events } = sampleTrace(true);
  const view = await harness.open({ shown, events: events.slice(0, 120), width: 320, height: 350 });
  const { page } = view;
  await page.locator('.row.live').waitFor();
  const bottom = (): Promise<number> => page.locator('.row.live').evaluate((row) => row.getBoundingClientRect().bottom);
  await page.waitForTimeout(200);
  await page.evaluate((batch) => window.fakeHost.push(batch as never), events.slice(120, 140));
  await page.waitForTimeout(200);
  assert.ok((await bottom()) <= 352, 'the end is in sight');
  await page.mouse.move(160, 200);
  await page.mouse.wheel(0, -200);
  await page.waitForTimeout(200);
  const read = await page.evaluate(() => document.elementFromPoint(160, 200)?.closest('[data-row]')?.getAttribute('data-row') ?? '');
  const height = (): Promise<number> => page.locator(`[data-row="${read}"]`).evaluate((row) => row.getBoundingClientRect().top);
  const before = await height();
  await page.evaluate((batch) => window.fakeHost.push(batch as never), events.slice(140, 160));
  await page.waitForTimeout(200);
  const moved = (await height()) - before;
  assert.ok(Math.abs(moved) <= 1, `what is read moved by ${moved}`);
  await view.close();
});
