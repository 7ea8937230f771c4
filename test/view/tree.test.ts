import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startHarness } from './harness.ts';
import type { Harness } from './harness.ts';
import { longReasoning, sampleTrace, textTrace } from './traces.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const focused = (page: Page) =>
  page.evaluate(() => {
    const { dataset } = document.activeElement as HTMLElement;
    return dataset['phase'] !== undefined
      ? `phase ${dataset['phase']}`
      : dataset['step'] !== undefined
        ? `step ${dataset['step']}`
        : document.activeElement?.tagName;
  });

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    // a row that had to be mounted gets the focus with the next picture
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
}

test('the tree answers to the keys of the WAI-ARIA pattern', async () => {
  const view = await harness.open(sampleTrace());
  const { page } = view;
  await page.locator('[data-phase="0"]').focus();
  await press(page, 'ArrowDown');
  assert.equal(await focused(page), 'step 0');
  await press(page, 'ArrowRight');
  assert.equal(await page.locator('[data-step="0"]').getAttribute('aria-expanded'), 'true');
  await press(page, 'ArrowLeft');
  assert.equal(await page.locator('[data-step="0"]').getAttribute('aria-expanded'), 'false');
  await press(page, 'ArrowLeft');
  assert.equal(await focused(page), 'phase 0');
  await press(page, 'ArrowLeft');
  assert.equal(await page.locator('[data-phase="0"]').getAttribute('aria-expanded'), 'false');
  await press(page, 'ArrowDown');
  assert.equal(await focused(page), 'phase 1', 'folded steps are passed over');
  await press(page, 'End');
  const last = await focused(page);
  assert.match(String(last), /^step \d+$/);
  await press(page, 'Home');
  assert.equal(await focused(page), 'phase 0');
  await press(page, 'ArrowRight', 'ArrowRight');
  assert.equal(await focused(page), 'step 0');
  await press(page, 'c');
  assert.equal(await page.locator('[data-step]').count(), 0, 'all folded');
  assert.equal(await focused(page), 'phase 0', 'the focus is where its row went');
  await press(page, '*');
  assert.equal(await page.locator('[data-phase="0"]').getAttribute('aria-expanded'), 'true');
  await view.close();
});

test('what hangs on a step can be folded away, by key and by mouse, and is found all the same', async () => {
  const view = await harness.open({ ...sampleTrace(), height: 1600 });
  const { page } = view;
  const nested = page.locator('[role="treeitem"][aria-level="3"]');
  await nested.first().waitFor();
  const step = Number(await nested.first().getAttribute('data-step'));
  const head = page.locator(`[data-step="${step - 1}"]`);
  const child = page.locator(`[data-step="${step}"]`);
  assert.equal(await head.getAttribute('aria-level'), '2');
  await child.focus();
  // its first words, without what Markdown takes away
  const words = /^[\w\s,']{8,30}/.exec(await child.locator('.gist').innerText())?.[0].trim() ?? '';
  assert.ok(words.length > 6);
  await press(page, 'ArrowLeft');
  assert.equal(await focused(page), `step ${step - 1}`, 'from a nested step to the one that it hangs on');
  await press(page, 'ArrowLeft');
  assert.equal(await child.count(), 0);
  assert.equal(await head.getAttribute('aria-expanded'), 'false');
  await press(page, 'ArrowRight');
  await child.waitFor();
  assert.equal(await head.getAttribute('aria-expanded'), 'true');
  await head.locator('.twistie').click();
  await child.waitFor({ state: 'detached' });
  await page.getByRole('searchbox').fill(words);
  await child.waitFor();
  await view.close();
});

test('typing goes to the next row that begins so; letters of commands go on inside a word', async () => {
  const view = await harness.open(
    textTrace('typing', 'Let me look at the file. Nothing is wrong here. Then comes the parser. The end comes, it seems.', 'Fine.'),
  );
  const { page } = view;
  await page.locator('[data-phase="0"]').focus();
  await page.keyboard.type('the');
  await press(page, 'Shift');
  const words = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  assert.match(await words(), /Then comes/);
  await page.keyboard.type(' ');
  await page.waitForTimeout(800);
  await page.keyboard.type('the e');
  await press(page, 'Shift');
  assert.match(await words(), /The end comes/, 'a letter that is a command elsewhere belongs to the word');
  await view.close();
});

test('the focus survives that its row is scrolled away', async () => {
  const view = await harness.open({ ...textTrace('long', longReasoning(60_000), 'Done.'), height: 500 });
  const { page } = view;
  await page.locator('[data-phase="0"]').focus();
  await press(page, '*', 'ArrowDown', 'ArrowDown');
  assert.equal(await focused(page), 'step 1');
  await page.locator('.left-scroll').evaluate((element) => element.scrollTo(0, 9000));
  await page.waitForTimeout(100);
  assert.equal(await focused(page), 'step 1');
  assert.ok((await page.locator('[role="treeitem"]').count()) < 80, 'few rows are mounted');
  await press(page, 'ArrowDown');
  assert.equal(await focused(page), 'step 2');
  assert.ok(await page.locator('[data-step="2"]').isVisible());
  await view.close();
});

test('folding above changes nothing of where the reader is; fold, scroll and selection survive a reload', async () => {
  const view = await harness.open({ ...sampleTrace(), height: 700 });
  const { page } = view;
  await page.locator('[data-phase="0"]').waitFor();
  await page.locator('.left-scroll').evaluate((element) => element.scrollTo(0, 900));
  await page.waitForTimeout(60);
  const top = () => page.locator('[data-step="40"]').evaluate((row) => Math.round(row.getBoundingClientRect().top));
  const before = await top();
  // a text above the edge is opened by another way than the mouse: as a finding would
  await page.evaluate(() => document.querySelector<HTMLElement>('[data-step="26"]')?.click());
  await page.waitForTimeout(120);
  assert.ok(Math.abs((await top()) - before) <= 1 || (await page.locator('[data-step="26"]').isVisible()));
  await page.locator('[data-step="41"]').click();
  await page.waitForTimeout(400);
  const place = await top();
  await page.reload();
  await page.locator('[data-step="41"][aria-expanded="true"]').waitFor({ timeout: 3000 });
  await page.waitForTimeout(150);
  assert.ok(Math.abs((await top()) - place) <= 2, `${await top()} instead of ${place}`);
  await view.close();
});

test('a finding goes to its step, opens it and marks its words', async () => {
  const view = await harness.open(sampleTrace());
  const { page } = view;
  await page.locator('[data-phase="0"]').focus();
  await press(page, 'c', 'n');
  const finding = page.locator('[data-finding]').first();
  assert.equal(await finding.getByRole('button').getAttribute('aria-pressed'), 'true');
  assert.match(String(await focused(page)), /^step \d+$/);
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-expanded')), 'true');
  assert.ok((await page.evaluate(() => CSS.highlights.get('quote')?.size ?? 0)) > 0, 'quoted words are marked');
  await view.close();
});

test('a block of the answer lights the steps behind it, and a step its blocks', async () => {
  const view = await harness.open(sampleTrace());
  const { page } = view;
  await page.locator('button.margin').first().click();
  const lit = await page.locator('[data-step].lit').count();
  assert.ok(lit > 0);
  const step = await page.locator('[data-step].lit').first().getAttribute('data-step');
  await page.locator(`[data-step="${step ?? ''}"]`).click();
  await page.keyboard.press('Enter');
  assert.ok((await page.locator('[data-block].lit').count()) > 0);
  await view.close();
});

test('kinds and findings filter the tree', async () => {
  const view = await harness.open(sampleTrace());
  const { page } = view;
  const shown = (expected: string) =>
    page.waitForFunction(
      (only) => {
        const kinds = new Set([...document.querySelectorAll<HTMLElement>('[data-step]')].map((row) => row.dataset['kind']));
        return only === 'many' ? kinds.size > 1 : kinds.size === 1 && kinds.has(only);
      },
      expected,
      { timeout: 5000 },
    );
  await shown('many');
  await page.getByRole('button', { name: 'Show only some kinds of steps' }).click();
  await page.getByRole('checkbox', { name: /Doubt/ }).check();
  await page.keyboard.press('Escape');
  await shown('doubt');
  await page.getByRole('button', { name: 'filtered' }).click();
  await shown('many');
  const chip = page.locator('.chip.count').first();
  await chip.click();
  assert.equal(await chip.getAttribute('aria-pressed'), 'true');
  assert.equal(
    await page
      .locator('[data-finding]')
      .evaluateAll((items) => new Set(items.map((item) => (item as HTMLElement).dataset['finding'])).size),
    1,
  );
  await view.close();
});

test('search reaches what is folded and what is not mounted', async () => {
  const reasoning = `${longReasoning(80_000)}\n\nHere stands the pomegranate alone.\n\n${longReasoning(20_000, 7)}`;
  const view = await harness.open(textTrace('search', reasoning, 'Done.'));
  const { page } = view;
  await page.locator('[data-phase="0"]').focus();
  await press(page, '/');
  await page.keyboard.type('pomegranate');
  await page.locator('.hits', { hasText: '1 of 1' }).waitFor({ timeout: 3000 });
  const row = page.locator('[data-step]', { hasText: 'pomegranate' });
  await row.waitFor({ timeout: 3000 });
  assert.ok(await row.isVisible());
  assert.equal(await page.evaluate(() => CSS.highlights.get('search')?.size), 1);
  await page.keyboard.press('ArrowDown');
  await press(page, 'Shift');
  assert.match((await page.locator('[data-step]:focus').textContent()) ?? '', /pomegranate/, 'the focus goes to the hit');
  await view.close();
});

test('copying a range gives the text itself, in order, between marks; a row gives its step', async () => {
  const view = await harness.open(sampleTrace());
  const { page } = view;
  const copied = () =>
    page.evaluate(() => {
      const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
      (document.activeElement ?? document.body).dispatchEvent(event);
      return event.clipboardData?.getData('text/plain') ?? '';
    });
  await page.locator('[data-step="1"]').focus();
  assert.match(await copied(), /^The user has a small webhook dispatcher/);
  await press(page, 'Control+a');
  const all = await copied();
  const { shown, events } = sampleTrace();
  const reasoning = events.map(({ event }) => (event.type === 'text' && event.part === 0 ? event.text : '')).join('');
  assert.equal(all, `<reasoning>\n${reasoning.trim()}\n</reasoning>\n`, shown.head.title);
  await view.close();
});

test('the strip is a slider over the steps', async () => {
  const view = await harness.open(sampleTrace());
  const { page } = view;
  const slider = page.getByRole('slider');
  await slider.focus();
  await press(page, 'End');
  const most = await slider.getAttribute('aria-valuemax');
  assert.equal(await slider.getAttribute('aria-valuenow'), most);
  assert.ok(await page.locator(`[data-step="${Number(most) - 1}"]`).isVisible());
  await press(page, 'Home', 'ArrowRight');
  assert.equal(await slider.getAttribute('aria-valuenow'), '2');
  assert.match((await slider.getAttribute('aria-valuetext')) ?? '', /step 2 of \d+: 2 · \w+: The user has/);
  await view.close();
});
