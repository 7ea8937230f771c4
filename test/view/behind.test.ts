import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { createAnalyser } from '../../src/core/analyser.ts';
import { startHarness } from './harness.ts';
import type { Harness, View } from './harness.ts';
import { textTrace } from './traces.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const NINE = Array.from({ length: 9 }, (_, i) => i);
const CODE = [...NINE.map((i) => `  const bucket${i} = queues.drain(${100 + i});`), ...NINE.map((i) => `  report.flush(${200 + i});`)];
const REASONING = [
  'The capacity is 128 entries, and popItem has to leave the oldest one out.',
  'Let me think about the weather for a while, which has nothing to do with it.',
  'When the capacity of 128 is reached, popItem is called before the new entry goes in.',
  `The buckets are drained from the queues: ${NINE.map((i) => `bucket${i} by queues.drain(${100 + i})`).join(', ')}.`,
  `At the end the report is flushed: ${NINE.map((i) => `report.flush(${200 + i})`).join(', ')}.`,
].join('\n\n');
const ANSWER = `Call \`popItem\` once the capacity of 128 entries is reached.\n\n\`\`\`ts\n${CODE.join('\n')}\n\`\`\`\n\nBananas grow in Ecuador, Colombia and the Philippines.`;
const trace = textTrace('behind', REASONING, ANSWER);

const analyser = createAnalyser({ prompt: 'behind' });
analyser.push(REASONING);
analyser.pushAnswer(ANSWER);
analyser.end({ cutOff: false });
const { links } = analyser.snapshot();
const numbers = (link: number): string => (links[link]?.steps ?? []).map((step) => step + 1).join(', ');
const percent = (link: number): string => `${Math.round((links[link]?.score ?? 0) * 100)} %`;

/** What a screen reader says of a control beyond its name. */
async function description({ page, context }: View, of: Locator): Promise<string> {
  await of.evaluate((element) => (element.id = 'asked'));
  const session = await context.newCDPSession(page);
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#asked' });
  const { nodes } = await session.send('Accessibility.getPartialAXTree', { nodeId, fetchRelatives: false });
  await of.evaluate((element) => element.removeAttribute('id'));
  return String(nodes[0]?.description?.value ?? '');
}

test('the count beside a block says which steps, which words and how well they cover it, to whoever points at it or hears it', async () => {
  const view = await harness.open(trace);
  const margin = view.page.locator('button.margin').first();
  await margin.waitFor();
  const title = (await margin.getAttribute('title')) ?? '';
  assert.match(title, new RegExp(`\\bSteps? ${numbers(0)} shares? `));
  // as they are written in the answer, not as they were compared
  for (const word of ['popItem', 'capacity', '128']) assert.match(title, new RegExp(`\\b${word}\\b`));
  assert.ok(title.includes(percent(0)), title);
  const heard = await description(view, margin);
  assert.ok(heard.includes(numbers(0)) && heard.includes('popItem') && heard.includes(percent(0)), heard);
  await view.close();
});

for (const width of [1000, 320])
  test(`by key, a block that is chosen shows what links it to its steps, and each of them is a key away; ${width} pixels wide`, async () => {
    const view = await harness.open({ ...trace, width, height: 700 });
    const { page } = view;
    const block = page.locator('[data-block="0"]');
    assert.equal(await page.locator('.behind').count(), 0, 'nothing before');
    await block.locator('button.margin').focus();
    await page.keyboard.press('Enter');
    const behind = block.locator('.behind');
    await behind.waitFor({ timeout: 3000 });
    const said = await behind.innerText();
    assert.ok(said.includes(numbers(0)) && said.includes('popItem') && said.includes(percent(0)), said);
    // the words are marked in the answer and in the steps
    for (const name of ['answer-shared', 'shared'])
      await page.waitForFunction((of) => (CSS.highlights.get(of)?.size ?? 0) >= 3, name, { timeout: 3000 });
    const last = links[0]?.steps.at(-1) ?? 0;
    await behind.getByRole('button', { name: `step ${last + 1}`, exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.locator(`[data-step="${last}"]:focus`).waitFor({ timeout: 3000 });
    assert.equal(await page.locator(`[data-step="${last}"]`).getAttribute('aria-expanded'), 'true');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    // what was chosen stays so until it is taken back
    await page.keyboard.press('Escape');
    await behind.waitFor({ state: 'detached', timeout: 3000 });
    await page.waitForFunction(() => !CSS.highlights.has('shared') && !CSS.highlights.has('answer-shared'), null, { timeout: 3000 });
    await view.close();
  });

test('of long code each hunk has its own, and all its steps stand out', async () => {
  const hunks = links.flatMap(({ block, steps }, i) => (/drain|flush/.test(ANSWER.slice(block.start, block.end)) ? [{ i, steps }] : []));
  assert.equal(hunks.length, 2, 'two hunks');
  assert.ok(hunks.every(({ steps }) => steps.length > 0));
  const view = await harness.open({ ...trace, height: 900 });
  const { page } = view;
  const block = page.locator(`[data-block="${hunks[0]?.i}"]`);
  await block.locator('button.margin').click();
  const lines = block.locator('.behind p');
  assert.equal(await lines.count(), 2);
  assert.match(await lines.nth(0).innerText(), /^“const bucket0 .*”: Steps? /);
  assert.match(await lines.nth(1).innerText(), /^“.*”: Steps? /);
  const wanted = [...new Set(hunks.flatMap(({ steps }) => steps))].sort((a, b) => a - b).map(String);
  const lit = await page.locator('.row.lit').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['step']));
  assert.deepEqual(lit, wanted, 'as many as the margin counts');
  await view.close();
});

test('what stands below a block is no part of a copy of the answer', async () => {
  const view = await harness.open({ ...trace, context: { permissions: ['clipboard-read', 'clipboard-write'] } });
  const { page } = view;
  await page.locator('[data-block="0"] button.margin').click();
  await page.locator('.behind').waitFor();
  const words = await page.evaluate(() => {
    getSelection()?.selectAllChildren(document.querySelector('[data-block="0"]')!);
    return getSelection()?.toString() ?? '';
  });
  assert.match(words, /once the capacity of 128 entries is reached/);
  assert.doesNotMatch(words, /covers|share/);
  await view.close();
});

for (const language of ['de', 'zh-cn'])
  test(`${language}: it is said in the reader’s words`, async () => {
    const file = join(import.meta.dirname, `../../l10n/bundle.l10n.${language}.json`);
    const view = await harness.open({ ...trace, strings: JSON.parse(readFileSync(file, 'utf8')) as Record<string, string> });
    const margin = view.page.locator('button.margin').first();
    await margin.click();
    for (const said of [await view.page.locator('.behind').innerText(), (await margin.getAttribute('title')) ?? '']) {
      assert.doesNotMatch(said, /\b(?:steps?|shares?|covers|closest|thoughts)\b/i);
      assert.ok(said.includes('popItem') && said.includes(numbers(0)), said);
    }
    await view.close();
  });
