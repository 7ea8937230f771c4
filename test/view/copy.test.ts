import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { StampedEvent } from '../../src/core/events.ts';
import { startHarness } from './harness.ts';
import type { Harness, OpenOptions } from './harness.ts';
import { sampleTrace, textTrace, toolTrace } from './traces.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const picture = (page: Page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await picture(page);
  }
}

const reasoningOf = (events: readonly StampedEvent[]): string =>
  events.map(({ event }) => (event.type === 'text' && event.part === 0 ? event.text : '')).join('');
/** Many steps, no two with the same words. */
const LONG = Array.from({ length: 400 }, (_, i) => `Let me look at part ${i} of the file. So \`p${i}\` is read first.`).join('\n\n');

async function open(options: OpenOptions): Promise<{ page: Page; close: () => Promise<void> }> {
  const view = await harness.open({
    height: 600,
    ...options,
    before: () => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      addEventListener('copy', (event) => {
        seen.push(event.defaultPrevented ? (event.clipboardData?.getData('text/plain') ?? '') : `native: ${String(getSelection())}`);
      });
    },
  });
  await view.page.getByRole('treeitem').first().waitFor();
  await view.page.waitForTimeout(250);
  return { page: view.page, close: () => view.close() };
}
const seen = (page: Page) => page.evaluate(() => (window as unknown as { seen: string[] }).seen.splice(0).at(-1) ?? 'no event');
async function copied(page: Page): Promise<string> {
  await page.keyboard.press('Control+c');
  await picture(page);
  return seen(page);
}
/** As VS Code copies on the desktop: its menu has the page do it, which tells what has the caret. */
async function copiedByHost(page: Page): Promise<string> {
  await page.evaluate("document.execCommand('copy')");
  return seen(page);
}
/** The text from the words that a row begins with to those that another ends with. */
function between(text: string, first: string, last: string): string {
  const clean = (row: string): string => row.replace(/`/g, '').slice(0, 40);
  const at = text.replace(/`/g, '').indexOf(clean(first));
  const end = text.replace(/`/g, '').indexOf(clean(last), at);
  assert.ok(at >= 0 && end >= at, `${first} … ${last}`);
  return text.replace(/`/g, '').slice(at, end + clean(last).length);
}
const gist = (page: Page, step: number) => page.locator(`[data-step="${step}"] :is(.gist, .text)`).innerText();
/** Scrolls until a row is mounted that was not, and gives its step. */
async function farStep(page: Page): Promise<number> {
  await page.locator('.left-scroll').hover();
  for (let i = 0; i < 10; i++) {
    await page.mouse.wheel(0, 240);
    await page.waitForTimeout(30);
  }
  return page.evaluate(() => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-step]')];
    const { top, bottom } = document.querySelector('.left-scroll')!.getBoundingClientRect();
    const row = rows.find((one) => one.getBoundingClientRect().top > (top + bottom) / 2);
    return Number(row?.dataset['step']);
  });
}

test('Shift and a click mark rows as far as a row that was not mounted; the copy is their text', async () => {
  const { page, close } = await open(textTrace('far', LONG, 'Done.'));
  await page.locator('[data-phase="0"]').focus();
  await press(page, '*');
  const first = await gist(page, 2);
  await page.locator('[data-step="2"] .gist').click();
  const far = await farStep(page);
  // another row has had the focus since
  await page.evaluate((step) => document.querySelector<HTMLElement>(`[data-step="${step + 1}"]`)?.focus({ preventScroll: true }), far);
  await picture(page);
  assert.equal(await page.locator('[data-step="2"]').count(), 0, 'the first row is mounted no more');
  const last = await gist(page, far);
  await page.locator(`[data-step="${far}"] .gist`).click({ modifiers: ['Shift'] });
  await picture(page);
  const text = await copied(page);
  assert.ok(text.startsWith('<reasoning>\n') && text.endsWith('</reasoning>\n'), text.slice(0, 200));
  const words = text.replace(/`/g, '');
  assert.ok(words.includes(between(LONG, first, last)), 'from the first row to the last');
  assert.ok(LONG.includes(text.slice('<reasoning>\n'.length, -'\n</reasoning>\n'.length)), 'and it is the text itself');
  assert.ok(!words.includes((await gist(page, far + 1)).slice(0, 40)));
  assert.equal(await page.locator(`[data-step="${far}"]`).getAttribute('aria-selected'), 'true');
  assert.equal(await page.locator(`[data-step="${far + 1}"]`).getAttribute('aria-selected'), 'false');
  await close();
});

test('words marked from a row that is mounted no more are copied as the text of the steps', async () => {
  const { page, close } = await open(textTrace('away', LONG, 'Done.'));
  await page.locator('[data-phase="0"]').focus();
  await press(page, '*');
  const first = await gist(page, 2);
  const box = (await page.locator('[data-step="2"] .gist').boundingBox())!;
  await page.mouse.move(box.x + 5, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 60, { steps: 4 });
  // the focus goes elsewhere while words are marked, as when a search is left
  await page.locator('[data-step="4"]').focus();
  const far = await farStep(page);
  const last = await gist(page, far);
  const end = (await page.locator(`[data-step="${far}"] .gist`).boundingBox())!;
  await page.mouse.move(end.x + 80, end.y + 10, { steps: 3 });
  await page.mouse.up();
  assert.equal(await page.locator('[data-step="2"]').count(), 0, 'the first row is mounted no more');
  const text = (await copied(page)).replace(/`/g, '');
  assert.ok(text.startsWith('<reasoning>\n'), text.slice(0, 200));
  assert.ok(text.includes(between(LONG, first, last)));
  await close();
});

test('words marked from the reasoning into the answer: the text of the steps, then the words of the answer', async () => {
  const { page, close } = await open({ ...sampleTrace(), width: 320, height: 700 });
  await page.locator('.answer').evaluate((answer) => answer.scrollIntoView());
  await page.locator('.columns').evaluate((element) => element.scrollBy(0, -250));
  await page.waitForTimeout(200);
  const from = (await page.locator('[data-step] .gist').last().boundingBox())!;
  const to = (await page.locator('.answer-body p').first().boundingBox())!;
  await page.mouse.move(from.x + 5, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x + 60, to.y + 10, { steps: 6 });
  await page.mouse.up();
  const text = await copied(page);
  const inside = /^<reasoning>\n([^]*)\n<\/reasoning>\n\n\n?([^]*)$/.exec(text);
  assert.ok(inside !== null, text);
  assert.ok(reasoningOf(sampleTrace().events).includes(inside[1] ?? '-'));
  const answer = await page.locator('.answer').innerText();
  assert.ok((inside[2] ?? '').length > 3 && answer.startsWith((inside[2] ?? '-').split('\n')[0] ?? '-'), inside[2]);
  // what was marked stays marked
  assert.ok(await page.evaluate(() => document.querySelector('.answer')?.contains(getSelection()?.focusNode ?? null)));
  await close();
});

test('Shift and arrow keys mark a range of rows, which a copy holds; another move ends it', async () => {
  const { page, close } = await open({ ...sampleTrace(), height: 800 });
  const all = reasoningOf(sampleTrace().events);
  await page.locator('[data-step="1"]').focus();
  await press(page, 'Shift+ArrowDown', 'Shift+ArrowDown');
  const marked = () =>
    page
      .locator('[data-row].marked')
      .evaluateAll((rows) => rows.map((row) => `${(row as HTMLElement).dataset['step'] ?? ''} ${row.getAttribute('aria-selected') ?? ''}`));
  assert.deepEqual(await marked(), ['1 true', '2 true', '3 true']);
  const text = (await copied(page)).replace(/^<reasoning>\n|\n<\/reasoning>\n$/g, '');
  assert.ok(all.includes(text) && text.startsWith('The user has a small webhook dispatcher'), text);
  const third = (await gist(page, 3)).slice(0, 20).replace(/`/g, '');
  assert.ok(text.replace(/`/g, '').includes(third));
  await press(page, 'Shift+ArrowUp');
  assert.deepEqual(await marked(), ['1 true', '2 true']);
  assert.ok(!(await copied(page)).replace(/`/g, '').includes(third));
  await press(page, 'Shift+ArrowUp', 'Shift+ArrowUp');
  assert.deepEqual(await marked(), ['0 true', '1 true'], 'the range turns over the row in which it began');
  await press(page, 'ArrowDown');
  assert.deepEqual(await marked(), []);
  assert.doesNotMatch(await copied(page), /<reasoning>/, 'the row alone again');
  await press(page, 'Shift+End');
  const rest = await copied(page);
  assert.ok(rest.endsWith(`${all.trim().slice(-80)}\n</reasoning>\n`), 'also what is not mounted');
  await press(page, 'Escape');
  assert.deepEqual(await marked(), []);
  await close();
});

test('under a filter a copy of all holds what the filter shows, and nothing else', async () => {
  const { page, close } = await open({ ...sampleTrace(), height: 3200 });
  const others = await page.locator('[data-step]:not([data-kind="doubt"]) .gist').allInnerTexts();
  assert.ok(others.length > 60, 'all are mounted');
  await page.getByRole('button', { name: 'Show only some kinds of steps' }).click();
  await page.getByRole('checkbox', { name: /Doubt/ }).check();
  await page.keyboard.press('Escape');
  await picture(page);
  const shown = await page.locator('[data-step] .gist').allInnerTexts();
  assert.ok(shown.length > 1);
  await page.locator('[data-step]').first().focus();
  await press(page, 'Control+a');
  const text = (await copied(page)).replace(/[`*]/g, '');
  for (const words of shown) assert.ok(text.includes(words.replace(/…$/, '').slice(0, 60)), words);
  for (const words of others) assert.ok(words.length < 20 || !text.includes(words.replace(/…$/, '').slice(0, 60)), words);
  // a phase holds its own, of what is shown
  await page.locator('[data-phase]').first().focus();
  await press(page, 'Escape');
  const phase = (await copied(page)).replace(/[`*]/g, '');
  assert.ok(phase.includes((shown[0] ?? '-').slice(0, 60)) && phase.length < text.length, phase);
  await close();
});

const TOOLS = toolTrace('{"path":"src/a.ts"}');

test('calls of tools stand in every copy where they came', async () => {
  const { page, close } = await open(TOOLS);
  const want = [
    'Let me read the file first. I need its limits.',
    '<tool-call name="read_file">\n{"path":"src/a.ts"}\n</tool-call>',
    '<tool-result name="read_file">\nconst limit = 5;\n</tool-result>',
    '[A part of the reasoning here can be read by its provider only.]',
    'So the limit is five. That is enough.',
  ];
  await page.locator('[data-row]').first().focus();
  await press(page, 'Control+a');
  assert.equal(await copied(page), `<reasoning>\n${want.join('\n\n')}\n</reasoning>\n`);
  await page.locator('[data-step]').filter({ hasText: 'I need its limits' }).focus();
  await press(page, 'Escape');
  assert.ok((await copied(page)).endsWith(want.slice(1, 4).join('\n\n')));
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Copy reasoning' }).click();
  assert.equal(
    await page.evaluate(() => (window.fakeHost.calls.at(-1)?.argument as { text: string }).text),
    `<reasoning>\n${want.join('\n\n')}\n</reasoning>\n`,
  );
  await close();
});

test('where VS Code does the copying, the row with the focus is copied, wherever the caret is', async () => {
  const { page, close } = await open(sampleTrace());
  const words = /^The user has a small webhook dispatcher/;
  await page.getByRole('searchbox').focus();
  await page.locator('[data-step="1"]').focus();
  assert.match(await copiedByHost(page), words, 'after the search');
  await page.getByRole('textbox', { name: 'Prompt' }).click();
  await page.locator('[data-step="1"]').focus();
  assert.match(await copiedByHost(page), words, 'after the prompt');
  await page.locator('.answer-body p').first().click();
  await page.locator('[data-step="1"]').focus();
  assert.match(await copiedByHost(page), words, 'after a click into the answer');
  await press(page, 'Control+a');
  await page.evaluate("document.execCommand('selectAll')");
  await picture(page);
  const { events } = sampleTrace();
  assert.equal(await copiedByHost(page), `<reasoning>\n${reasoningOf(events).trim()}\n</reasoning>\n`);
  assert.equal(await page.evaluate(() => String(getSelection())), '', 'only the reasoning is marked');
  // what stands in a text box, and what is marked elsewhere, is copied as everywhere
  await page.getByRole('searchbox').fill('delay');
  await page.getByRole('searchbox').selectText();
  assert.match(await copiedByHost(page), /^native: /);
  await page.locator('.answer-body p').first().selectText();
  assert.match(await copiedByHost(page), /^native: \w/);
  await close();
});
