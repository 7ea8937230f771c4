import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startHarness } from './harness.ts';
import type { Harness } from './harness.ts';
import { headFor, longReasoning, sampleTrace, shownOf, stamp, textTrace } from './traces.ts';

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
  // some words of it in a row, without what Markdown takes away
  const words = /[\w\s,']{8,30}/.exec(await child.locator('.gist').innerText())?.[0].trim() ?? '';
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
  const there = await focused(page);
  await press(page, 'Escape');
  assert.equal(await finding.getByRole('button').getAttribute('aria-pressed'), 'false', 'nothing is selected any more');
  assert.equal(await page.evaluate(() => CSS.highlights.has('quote')), false);
  assert.equal(await focused(page), there, 'the focus stays');
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

test('a filter that nothing passes any longer says so, and can be taken back where it was chosen', async () => {
  const view = await harness.open({
    shown: shownOf(headFor('turns'), true),
    events: stamp([
      { type: 'open', part: 0, kind: 'reasoning', visibility: 'raw' },
      { type: 'text', part: 0, text: 'Let me' },
    ]),
  });
  const { page } = view;
  await page.locator('[data-step][data-kind="plan"]').waitFor();
  await page.getByRole('button', { name: 'Show only some kinds of steps' }).click();
  const plan = page.getByRole('checkbox', { name: /Plan/ });
  await plan.check();
  // with its end, the step is seen to be of another kind
  await page.evaluate(() =>
    window.fakeHost.push([{ seq: 3, at: 90, event: { type: 'text', part: 0, text: ' check that 3 * 4 = 12: yes, it is.' } }]),
  );
  await page.getByText('No step is of the kinds chosen in the filter.').waitFor();
  assert.equal(await page.locator('[data-row]').count(), 0);
  await plan.uncheck();
  await page.locator('[data-step][data-kind="check"]').waitFor();
  assert.equal(await page.getByText('No step is of the kinds chosen in the filter.').count(), 0);
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

test('words that go on from one step into the next are found, and marked in both', async () => {
  const view = await harness.open(textTrace('across', 'The list is *empty* here. Then it fails. Nothing else does.', 'Done.'));
  const { page } = view;
  await page.locator('[data-step="0"]').focus();
  await press(page, '/');
  await page.keyboard.type('empty here. then it');
  await page.locator('.hits', { hasText: '1 of 1' }).waitFor({ timeout: 3000 });
  const marked = () => page.evaluate(() => [...(CSS.highlights.get('search') ?? [])].map(String));
  assert.deepEqual(await marked(), ['empty here.', 'Then it'], 'and nothing of what stands between the two rows');
  // a step that is selected has buttons below its text
  await page.locator('[data-step="0"]').click();
  await press(page, 'Shift');
  assert.deepEqual(await marked(), ['empty here.', 'Then it']);
  await view.close();
});

test('a search for a name with marks of Markdown in it marks that name, not what it would be without', async () => {
  const view = await harness.open(textTrace('names', 'The field is _id, which is valid and did hold.', 'Done.'));
  const { page } = view;
  await page.locator('[data-step="0"]').focus();
  await press(page, '/');
  await page.keyboard.type('_id');
  await page.locator('.hits', { hasText: '1 of 1' }).waitFor({ timeout: 3000 });
  assert.deepEqual(await page.evaluate(() => [...(CSS.highlights.get('search') ?? [])].map(String)), ['_id']);
  await view.close();
});

test('Escape takes one thing at a time: a list that is open, rows that are marked, what is selected', async () => {
  const view = await harness.open(sampleTrace());
  const { page } = view;
  await page.locator('[data-phase="0"]').focus();
  await press(page, 'n');
  const selected = page.locator('.finding.selected');
  assert.equal(await selected.count(), 1);
  await press(page, 'Shift+ArrowDown');
  assert.ok((await page.locator('.row.marked').count()) > 1);
  await press(page, 'Escape');
  assert.deepEqual([await page.locator('.row.marked').count(), await selected.count()], [0, 1], 'the rows');
  const filter = page.getByRole('button', { name: 'Show only some kinds of steps' });
  await filter.focus();
  await press(page, 'Enter');
  await page.locator('.popover').waitFor();
  // the focus may be on the button that opened it
  await filter.focus();
  await press(page, 'Escape');
  assert.deepEqual([await page.locator('.popover').count(), await selected.count()], [0, 1], 'the list');
  await press(page, 'Escape');
  assert.equal(await selected.count(), 0, 'the finding');
  await view.close();
});

test('a search leaves no trail: only what the reader stays with is opened, Escape goes back to where it began', async () => {
  const filler = (seed: number) => longReasoning(14_000, seed);
  const reasoning = [
    filler(1),
    'A **ripe** `pome` stands here first.',
    filler(2),
    'The pomegranate is a\nred **fruit** with `many()` seeds.',
    filler(3),
  ].join('\n\n');
  const view = await harness.open(textTrace('trail', reasoning, 'Done.'));
  const { page } = view;
  const opened = () => page.evaluate(() => document.querySelectorAll('[data-step].open').length);
  /** The first row that is whole in sight, and where: what comes above the rows moves the scroll, not the reader. */
  const reader = () =>
    page.locator('.left-scroll').evaluate((element) => {
      const edge = element.getBoundingClientRect().top;
      const row = [...element.querySelectorAll<HTMLElement>('[data-row]')].find((one) => one.getBoundingClientRect().top >= edge);
      return row === undefined ? 'nobody' : `${row.dataset['row'] ?? ''} at ${Math.round(row.getBoundingClientRect().top - edge)}`;
    });
  const kept = () =>
    page.evaluate(() => {
      const { texts, touched } = JSON.parse(sessionStorage.getItem('vscode-state') ?? '{}') as { texts: number[]; touched: unknown[] };
      return [texts.length, touched.length];
    });
  await page.locator('[data-phase="0"]').focus();
  await press(page, 'e');
  await page.locator('.left-scroll').evaluate((element) => element.scrollTo(0, 300));
  await page.waitForTimeout(300);
  const began = await reader();
  const box = page.getByRole('searchbox');
  await box.focus();
  await press(page, 'p', 'o', 'm', 'e');
  await page.locator('.hits', { hasText: '1 of 2' }).waitFor({ timeout: 3000 });
  await page.waitForTimeout(250);
  assert.deepEqual(await kept(), [0, 0], 'nothing of it is kept while the search goes on');
  await press(page, 'g');
  await page.locator('.hits', { hasText: '1 of 1' }).waitFor({ timeout: 3000 });
  await page.locator('[data-step].open', { hasText: 'pomegranate' }).waitFor({ timeout: 3000 });
  assert.equal(await opened(), 1);
  // words are found as they are drawn, over a broken line and marks
  await box.fill('is a red fruit with many() seeds');
  await page.locator('.hits', { hasText: '1 of 1' }).waitFor({ timeout: 3000 });
  await box.fill('red fruit with many() seeds');
  await page.locator('.hits', { hasText: '1 of 1' }).waitFor({ timeout: 3000 });
  await page.waitForFunction(() => (CSS.highlights.get('search')?.size ?? 0) === 1);
  // back over the letters, the first hit is that of the place where the search began
  await box.fill('pome');
  await page.locator('[data-step].open', { hasText: 'stands here first' }).waitFor({ timeout: 3000 });
  assert.ok(await page.locator('[data-step].open').isVisible());
  await press(page, 'Escape');
  await page.waitForTimeout(100);
  assert.equal(await opened(), 0);
  assert.equal(await reader(), began, 'the reader is back where the search began');
  await page.waitForTimeout(250);
  assert.deepEqual(await kept(), [0, 0]);
  // what finds nothing goes back as well
  await page.keyboard.type('pomes');
  await page.locator('.hits', { hasText: 'nothing found' }).waitFor({ timeout: 3000 });
  await press(page, 'Shift');
  assert.deepEqual([await opened(), await reader()], [0, began]);
  // Enter stays
  await box.fill('pome');
  await press(page, 'Enter');
  await page.locator('.hits', { hasText: '2 of 2' }).waitFor({ timeout: 3000 });
  const place = await reader();
  assert.notEqual(place, began);
  await press(page, 'Escape');
  await page.waitForTimeout(250);
  assert.ok((await opened()) > 0);
  assert.equal(await reader(), place);
  assert.equal((await kept())[0], 2);
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
  // all of it is read
  await page.locator('.course').waitFor();
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

test('a step that is higher than the pane is read by keys from its beginning to its end', async () => {
  const code = Array.from({ length: 60 }, (_, i) => `const thing${i} = ${i};`).join('\n');
  const reasoning = `Let me look at the file. It has a list.\n\nLet me check each of them:\n\n\`\`\`ts\n${code}\n\`\`\`\n\nThat is all. So the list is fine.`;
  const view = await harness.open({ ...textTrace('high', reasoning, 'Fine.'), height: 520 });
  const { page } = view;
  await page.locator('[data-phase="0"]').focus();
  const high = page.locator('[data-step]').filter({ hasText: 'thing0' });
  const step = Number(await high.getAttribute('data-step'));
  await high.focus();
  await press(page, ' ');
  await page.waitForTimeout(150);
  const row = page.locator(`[data-step="${step}"]`);
  /** How far the row's top and bottom are from those of the pane; above 0: beyond its edge. */
  const hidden = async () => {
    const pane = (await page.locator('.left-scroll').boundingBox())!;
    const box = (await row.boundingBox())!;
    return { above: Math.round(pane.y - box.y), below: Math.round(box.y + box.height - pane.y - pane.height), height: pane.height };
  };
  assert.ok((await row.boundingBox())!.height > 1.5 * (await hidden()).height, 'it is higher than the pane');
  await page.locator(`[data-step="${step - 1}"]`).focus();
  await press(page, 'ArrowDown');
  assert.equal(await focused(page), `step ${step}`);
  assert.ok((await hidden()).above <= 0, 'its beginning is in sight first');
  for (const [down, up] of [
    ['ArrowDown', 'ArrowUp'],
    ['PageDown', 'PageUp'],
  ] as const) {
    let before = await hidden();
    for (let i = 0; i < 60 && before.below > 0; i++) {
      await press(page, down);
      assert.equal(await focused(page), `step ${step}`, `${down} stays in the step until its end was in sight`);
      const now = await hidden();
      assert.ok(now.above > before.above && now.above - before.above < now.height, 'no line is passed over');
      before = now;
    }
    assert.ok(before.below <= 0);
    for (let i = 0; i < 60 && (await hidden()).above > 0; i++) await press(page, up);
    assert.equal(await focused(page), `step ${step}`);
    assert.ok((await hidden()).above <= 0);
  }
  await press(page, 'ArrowUp');
  assert.equal(await focused(page), `step ${step - 1}`, 'from its beginning to the row before');
  await press(page, 'ArrowDown');
  for (let i = 0; i < 60 && (await hidden()).below > 0; i++) await press(page, 'ArrowDown');
  await press(page, 'ArrowDown');
  assert.equal(await focused(page), `step ${step + 1}`, 'from its end to the row after');
  assert.ok(await page.locator(`[data-step="${step + 1}"]`).isVisible());
  await view.close();
});

test('where the whole reasoning is one row, keys scroll it, and its end holds', async () => {
  const reasoning = Array.from({ length: 80 }, (_, i) => `Line ${i} of what was thought.`).join('\n\n');
  const view = await harness.open({
    ...textTrace('one', reasoning, 'Fine.'),
    height: 520,
    before: () => {
      globalThis.Worker = function () {
        throw new Error('no workers here');
      } as unknown as typeof Worker;
    },
  });
  const { page } = view;
  await page.getByText('could not be analysed').waitFor();
  await page.locator('[data-step]').focus();
  await press(page, 'Enter');
  await page.waitForTimeout(200);
  const top = () => page.locator('.left-scroll').evaluate((element) => Math.round(element.scrollTop));
  await press(page, 'ArrowDown');
  const line = await top();
  assert.ok(line > 0);
  await press(page, 'PageDown');
  assert.ok((await top()) > line + 100);
  await press(page, 'End');
  const end = await top();
  const most = await page.locator('.left-scroll').evaluate((element) => element.scrollHeight - element.clientHeight);
  assert.ok(most - end < 40, `${end} of ${most}`);
  await press(page, 'ArrowDown', 'PageDown', 'End');
  assert.equal(await top(), end);
  await press(page, 'Home');
  assert.ok((await top()) < 80);
  await view.close();
});

test('folding all keeps the focus in its phase', async () => {
  const view = await harness.open({ ...sampleTrace(), height: 1200 });
  const { page } = view;
  const step = await page.locator('[data-phase="2"] + [data-step]').getAttribute('data-step');
  await page.locator(`[data-step="${step ?? ''}"]`).focus();
  await press(page, 'c');
  assert.equal(await focused(page), 'phase 2');
  await press(page, 'c');
  assert.equal(await focused(page), 'phase 2');
  await view.close();
});

test('a button that goes when it is pressed hands the focus to the tree', async () => {
  const view = await harness.open(sampleTrace());
  const { page } = view;
  await page.locator('[data-step="2"]').focus();
  await page.locator('.chip.count').first().focus();
  await press(page, 'Enter');
  await page.getByRole('button', { name: 'filtered' }).focus();
  await press(page, 'Enter');
  assert.equal(await focused(page), 'step 2');
  await page.getByRole('button', { name: 'Show only some kinds of steps' }).click();
  await page.getByRole('checkbox', { name: /Doubt/ }).check();
  await page.getByRole('button', { name: 'Show all' }).focus();
  await press(page, 'Enter');
  assert.match(String(await focused(page)), /^(phase|step) \d+$/);
  assert.ok(await page.locator('[data-row]:focus').isVisible());
  await view.close();

  const { shown, events } = sampleTrace(true);
  const live = await harness.open({ shown, events: events.slice(0, 60) });
  await live.page.locator('.row.live').waitFor();
  await live.page.locator('.left-scroll').hover();
  await live.page.mouse.wheel(0, -100);
  await live.page.waitForTimeout(200);
  await live.page.getByRole('button', { name: 'Follow' }).focus();
  await press(live.page, 'Enter');
  assert.ok(await live.page.locator('.row.live').evaluate((row) => row === document.activeElement));
  assert.equal(await live.page.getByRole('button', { name: 'Follow' }).count(), 0, 'it follows');
  await live.close();
});

test('by key, the focus goes along to the step of a finding and of a block; by mouse it stays', async () => {
  const view = await harness.open({ ...sampleTrace(), width: 320, height: 700 });
  const { page } = view;
  const inSight = () =>
    page.evaluate(() => {
      const box = document.activeElement!.getBoundingClientRect();
      return box.bottom > 0 && box.top < innerHeight;
    });
  await page.locator('.finding-button').first().focus();
  await press(page, 'Enter');
  assert.match(String(await focused(page)), /^step \d+$/);
  assert.ok(await inSight());
  await page.locator('button.margin').first().focus();
  await press(page, 'Enter');
  assert.match(String(await focused(page)), /^step \d+$/);
  assert.ok(await inSight());
  await page.locator('.finding-button').nth(1).click();
  assert.equal(await focused(page), 'BUTTON');
  await view.close();
});
