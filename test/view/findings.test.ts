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

const KEY = `ghp_${'aB3d'.repeat(9)}`;
const FILLER = Array.from({ length: 60 }, (_, i) => `Paragraph ${i + 1} says how the queue is drained and filled again.`).join('\n\n');
const trace = textTrace('answer only', longReasoning(3000), `${FILLER}\n\nUse the key \`${KEY}\` for it.\n\n${FILLER}`);

/** Whether the words stand within the pane that holds them. */
const inSight = (page: Page) =>
  page.waitForFunction(
    (key) => {
      const words = [...document.querySelectorAll('.answer-body code')].find((code) => code.textContent === key);
      const pane = document.querySelector('.wide .right, .narrow .columns')?.getBoundingClientRect();
      const place = words?.getBoundingClientRect();
      return pane !== undefined && place !== undefined && place.top >= pane.top && place.bottom <= pane.bottom;
    },
    KEY,
    { timeout: 3000 },
  );

for (const width of [1000, 400])
  test(`a finding that lies in the answer alone leads there, ${width} pixels wide`, async () => {
    const view = await harness.open({ ...trace, width });
    const { page } = view;
    const chip = page.locator('.chip.count', { hasText: 'secret' });
    await chip.click();
    assert.ok((await page.locator('[data-step]').count()) > 0, 'a kind without a step hides none');
    assert.equal(await page.getByRole('button', { name: 'filtered' }).count(), 0, 'and does not say that it does');
    const finding = page.locator('[data-finding="secret"]');
    await finding.getByRole('button').click();
    assert.equal(await finding.getByRole('button').getAttribute('aria-pressed'), 'true');
    await inSight(page);
    assert.ok((await page.evaluate(() => CSS.highlights.get('answer-quote')?.size ?? 0)) > 0);
    // by key the focus goes there too
    await page.evaluate(() => document.querySelector('.wide .right, .narrow .columns')?.scrollTo(0, 0));
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('n');
    await inSight(page);
    assert.match((await page.locator('.answer :focus').textContent()) ?? '', /Use the key/);
    // folded phases say that they are folded, under such a kind as without
    await page.locator('[data-phase="0"]').focus();
    await page.keyboard.press('c');
    await page.locator('[data-phase="0"][aria-expanded="false"]').waitFor({ timeout: 3000 });
    await view.close();
  });

test('a finding with a step is gone to whatever is filtered', async () => {
  const view = await harness.open({
    ...textTrace('both', longReasoning(3000), 'Use `flush()` and `drain()`.'),
    grounding: {
      places: [],
      findings: [
        {
          kind: 'mention-missing',
          steps: [],
          confidence: 0.9,
          shown: true,
          message: 'Calls `drain()`, which does not exist.',
          why: '',
          quotes: [{ in: 'answer', start: 16, end: 23 }],
        },
      ],
    },
  });
  const { page } = view;
  await page.locator('[data-step]').first().waitFor();
  const chip = page.locator('.chip.count').first();
  await chip.click();
  assert.equal(await page.locator('[data-finding]').count(), 1);
  assert.ok((await page.locator('[data-step]').count()) > 0);
  await chip.click();
  // the finding's step is of another kind than those shown
  await page.getByRole('button', { name: 'Show only some kinds of steps' }).click();
  await page.getByRole('checkbox', { name: /Doubt/ }).check();
  await page.keyboard.press('Escape');
  const finding = page
    .locator('[data-finding]')
    .filter({ hasText: /step \d+/ })
    .first();
  const step = Number(/step (\d+)/.exec((await finding.textContent()) ?? '')?.[1]) - 1;
  await finding.getByRole('button').click();
  await page.locator(`[data-step="${step}"]`).waitFor({ timeout: 3000 });
  await view.close();
});
