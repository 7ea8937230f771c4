import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startHarness } from './harness.ts';
import type { Harness } from './harness.ts';
import { longReasoning, textTrace } from './traces.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const ANSWER = Array.from({ length: 80 }, (_, i) => `**Paragraph ${i + 1}** says how the queue is drained.`).join('\n\n');
const a = textTrace('a', longReasoning(6500), ANSWER);
const b = textTrace('b', longReasoning(4000, 5), 'Done.');

const show = async (page: Page, trace: typeof a) => {
  await page.evaluate((what) => {
    window.fakeHost.show(what.shown, [...what.events]);
  }, trace);
  await page.locator('[data-row]').first().waitFor();
  await page.waitForTimeout(300);
};
const scrolled = (page: Page, selector: string) => page.locator(selector).evaluate((element) => Math.round(element.scrollTop));

test('a note half written is there again when its row is, in another width, and after a reload', async () => {
  const view = await harness.open(a);
  const { page } = view;
  await page.locator('[data-step="1"]').click();
  await page.getByRole('button', { name: 'Add note' }).click();
  const note = page.getByRole('textbox', { name: 'Note on step 2' });
  await page.keyboard.type('Is this');
  assert.equal(await note.inputValue(), 'Is this');
  // the row is mounted no more
  await page.locator('[data-step="5"]').click();
  await page.locator('.left-scroll').evaluate((element) => element.scrollTo(0, 1e6));
  await note.waitFor({ state: 'detached' });
  await page.getByRole('searchbox').focus();
  await page.locator('.left-scroll').evaluate((element) => element.scrollTo(0, 0));
  await note.waitFor();
  assert.equal(await note.inputValue(), 'Is this');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'searchbox', 'it does not take the focus');
  // a note on another step is another note
  await page.locator('[data-step="5"] .text').click();
  await page.getByRole('button', { name: 'Add note' }).click();
  await page.getByRole('textbox', { name: 'Note on step 6' }).fill('And this?');
  assert.equal(await note.inputValue(), 'Is this');
  await page.setViewportSize({ width: 500, height: 800 });
  await page.locator('.narrow').waitFor();
  await note.waitFor();
  assert.equal(await note.inputValue(), 'Is this');
  await page.setViewportSize({ width: 1000, height: 800 });
  await page.waitForTimeout(250);
  await page.reload();
  await note.waitFor();
  await note.press('End');
  await page.keyboard.type(' so?');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Note on step 6' }).press('Escape');
  assert.equal(await page.locator('.note-box').count(), 0);
  assert.deepEqual(await view.calls(), [{ name: 'addNote', argument: { step: 1, text: 'Is this so?' } }]);
  await page.waitForTimeout(250);
  await page.reload();
  await page.locator('[data-step="1"].open').waitFor();
  assert.equal(await page.locator('.note-box').count(), 0);
  await view.close();
});

test('the answer is where it was after a reload', async () => {
  const view = await harness.open(a);
  const { page } = view;
  await page.getByText('Paragraph 80').waitFor();
  const leave = async (top: number): Promise<void> => {
    await page.locator('.right').evaluate((element, to) => element.scrollTo(0, to), top);
    // what is kept is written a moment later
    await page.waitForFunction((to) => Object.values(sessionStorage).some((kept) => kept.includes(`"answer":${to}`)), top);
    await page.reload();
    await page.locator('.answer-body strong').first().waitFor();
    await page.waitForFunction((to) => Math.abs((document.querySelector('.right')?.scrollTop ?? -1) - to) <= 1, top);
  };
  await leave(700);
  await leave(0);
  await view.close();
});

test('a trace that is shown again is as it was left, also after a reload in between', async () => {
  const view = await harness.open(a);
  const { page } = view;
  await page.locator('[data-step="3"]').click();
  await page.locator('[data-step="3"].open').waitFor();
  await page.locator('.left-scroll').evaluate((element) => element.scrollTo(0, 260));
  await page.locator('.right').evaluate((element) => element.scrollTo(0, 500));
  await page.waitForTimeout(300);
  // what can be done with the step selected is shown no more: it is the row that stays where it was
  const top = () => page.locator('[data-step="12"]').evaluate((row) => Math.round(row.getBoundingClientRect().top));
  const place = await top();
  await show(page, b);
  assert.equal(await page.locator('[data-step].open').count(), 0);
  assert.deepEqual([await scrolled(page, '.left-scroll'), await scrolled(page, '.right')], [0, 0]);
  await page.locator('[data-step="2"]').click();
  await show(page, a);
  const again = await top();
  assert.ok(Math.abs(again - place) <= 1, `${again} instead of ${place}`);
  assert.equal(await scrolled(page, '.right'), 500);
  await page.locator('.left-scroll').evaluate((element) => element.scrollTo(0, 60));
  await page.locator('[data-step="3"].open').waitFor();
  await page.waitForTimeout(300);
  await page.reload();
  await show(page, b);
  await page.locator('[data-step="2"].open').waitFor();
  await show(page, a);
  await page.locator('[data-step="3"].open').waitFor();
  assert.equal(await scrolled(page, '.left-scroll'), 60);
  await view.close();
});
