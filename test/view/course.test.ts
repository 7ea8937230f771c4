import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { createAnalyser } from '../../src/core/analyser.ts';
import { courseOf, percentOf } from '../../src/core/course.ts';
import { createInspection } from '../../src/core/inspection.ts';
import { figuresOf } from '../../src/core/picture/figures.ts';
import { ENGLISH } from '../../src/core/picture/words.ts';
import { startHarness } from './harness.ts';
import type { Harness } from './harness.ts';
import { headFor, sampleTrace, shownOf, stamp, textTrace } from './traces.ts';
import type { TestTrace } from './traces.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

/** A trace and its analysis, made here as the view makes it. */
function inspected({ shown, events }: TestTrace) {
  const inspection = createInspection(shown.head, createAnalyser);
  for (const event of events) inspection.apply(event);
  return { trace: inspection.trace, analysis: inspection.analyser().snapshot() };
}

/** A reasoning that has its answer early, and goes over it again. */
const sample = textTrace(
  'product',
  `The user wants the product of six and seven. It is a plain multiplication. So the answer is 42.

${Array.from({ length: 8 }, (_, i) => `Let me check that by adding, number ${i + 1}. Seven times six is 42, since six sevens make 42 in all. The sum is the same as before.`).join('\n\n')}`,
  '42',
);
const known = inspected(sample);
const course = courseOf(known.analysis);
const first = course.first ?? 0;
const line = (page: Page) => page.locator('.course');

for (const width of [320, 800, 1400])
  test(`where the answer was first reached, what came after it and how much was repetition, ${width} pixels wide`, async () => {
    assert.ok(course.first !== null && course.idle && course.repetition > 0, 'all of it is known');
    const view = await harness.open({ ...sample, width, height: 800 });
    const { page } = view;
    await line(page).waitFor();
    assert.equal(
      await line(page).innerText(),
      `Answer first reached at step ${first + 1} of ${known.analysis.steps.length} · ` +
        `the ${percentOf(course.after)} % after it changed nothing · ${percentOf(course.repetition)} % repetition`,
    );
    // the picture of the trace says the same
    const told = figuresOf(known.trace, known.analysis, ENGLISH).map(({ value, label }) => `${value} ${label}`);
    assert.ok(told.includes(`${percentOf(course.repetition)} % repetition`), told.join());
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    const box = (await line(page).boundingBox())!;
    assert.ok(box.x >= 0 && box.x + box.width <= width && box.height <= (width === 320 ? 70 : 32), `${box.width} × ${box.height}`);
    await view.close();
  });

for (const width of [1000, 400])
  test(`the step where the answer was first reached is a click or a key away, ${width} pixels wide`, async () => {
    const view = await harness.open({ ...sample, width, height: 700 });
    const { page } = view;
    const button = line(page).getByRole('button', { name: `step ${first + 1} of ${known.analysis.steps.length}`, exact: true });
    await button.click();
    const row = page.locator(`[data-step="${first}"]`);
    await row.waitFor({ timeout: 3000 });
    assert.equal(await row.getAttribute('aria-expanded'), 'true');
    assert.match((await row.getAttribute('class')) ?? '', /\blit\b/);
    const box = (await row.boundingBox())!;
    assert.ok(box.y >= 0 && box.y < 700);
    await button.focus();
    await page.keyboard.press('Enter');
    await page.locator(`[data-step="${first}"]:focus`).waitFor({ timeout: 3000 });
    await view.close();
  });

for (const width of [1000, 400])
  test(`nothing of it while the run goes on; when it is over, what is read stays where it is, ${width} pixels wide`, async () => {
    const { shown, events } = sampleTrace(true);
    const end = events.findIndex(({ event }) => event.type === 'finish');
    const view = await harness.open({ shown, events: events.slice(0, end), width, height: 800 });
    const { page } = view;
    await page.locator('[role="status"][data-state="answering"]').waitFor({ state: 'attached' });
    await page.waitForTimeout(600);
    assert.equal(await line(page).count(), 0);
    const pane = '.wide .left-scroll, .narrow .columns';
    await page.locator(pane).hover();
    await page.mouse.wheel(0, -1200);
    await page.waitForTimeout(300);
    const top = (step: string) => page.locator(`[data-step="${step}"]`).evaluate((row) => row.getBoundingClientRect().top);
    const step = await page.evaluate((of) => {
      const upper = document.querySelector(of)!.getBoundingClientRect().top + 60;
      const rows = [...document.querySelectorAll<HTMLElement>('[data-step]')];
      return rows.find((row) => row.getBoundingClientRect().top > upper)!.dataset['step']!;
    }, pane);
    const before = await top(step);
    await page.evaluate((rest) => window.fakeHost.push(rest as never), events.slice(end));
    await line(page).waitFor({ timeout: 3000, state: 'attached' });
    await page.waitForTimeout(300);
    const moved = (await top(step)) - before;
    assert.ok(Math.abs(moved) <= 1, `what is read moved by ${moved}`);
    await view.close();
  });

test('repetition alone is told as what it is', async () => {
  const sentence = 'The report says that the queue is drained by one worker, which writes what it took to the log. ';
  const trace = textTrace('again', `The user asks why the queue is slow. ${sentence.repeat(9)}`, 'One worker drains it.');
  const { first: place, repetition } = courseOf(inspected(trace).analysis);
  assert.ok(place === null && repetition > 0, JSON.stringify({ place, repetition }));
  const view = await harness.open(trace);
  await line(view.page).waitFor();
  assert.equal(await line(view.page).innerText(), `${percentOf(repetition)} % of the reasoning is repetition`);
  await view.close();
});

test('what is not known is not told', async () => {
  const short = textTrace('short', 'Let me look at `src/cart.ts` first. It calls `addLine`.', 'Thank you.');
  const { analysis } = inspected(short);
  assert.deepEqual([courseOf(analysis).first, courseOf(analysis).repetition], [null, 0]);
  const stopped: TestTrace = {
    shown: shownOf(headFor('stopped')),
    events: stamp([
      ...sampleTrace()
        .events.slice(0, 40)
        .map(({ event }) => event),
      { type: 'finish', reason: 'stopped' },
    ]),
  };
  for (const trace of [short, stopped]) {
    const view = await harness.open(trace);
    await view.page.getByRole('treeitem').first().waitFor();
    await view.page.waitForTimeout(600);
    assert.equal(await line(view.page).count(), 0, trace.shown.head.title);
    await view.close();
  }
});

for (const language of ['de', 'zh-cn'])
  test(`${language}: the figures in the reader’s words, with room for them`, async () => {
    const file = join(import.meta.dirname, `../../l10n/bundle.l10n.${language}.json`);
    const view = await harness.open({ ...sample, strings: JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>, width: 320 });
    const { page } = view;
    await line(page).waitFor();
    const said = await line(page).innerText();
    assert.doesNotMatch(said, /reached|step|after|repetition/i);
    for (const number of [first + 1, known.analysis.steps.length, percentOf(course.after), percentOf(course.repetition)])
      assert.match(said, new RegExp(`\\b${number}\\b`));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    await view.close();
  });
