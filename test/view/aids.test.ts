import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startHarness } from './harness.ts';
import type { Harness } from './harness.ts';
import { THEMES } from './themes.ts';
import { sampleTrace } from './traces.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

test('a line of thought that was left and taken up again says where, at both ends', async () => {
  const view = await harness.open({ ...sampleTrace(), height: 4000 });
  const { page } = view;
  const left = page.locator('.note', { hasText: /left here, taken up again at step \d+: / }).first();
  await left.waitFor();
  const numbers = /step (\d+)/.exec(await left.innerText());
  const row = page.locator('[role="treeitem"]', { has: left }).first();
  const at = Number(await row.getAttribute('data-step')) + 1;
  const back = page.locator(`[data-step="${Number(numbers?.[1]) - 1}"] .note`);
  assert.match(await back.innerText(), new RegExp(`back to what was left after step ${at}$`));
  assert.equal(await row.evaluate((element) => element.classList.contains('dropped')), false, 'it was not dropped');
  assert.ok((await page.locator('.note', { hasText: /^\W*dropped at step/ }).count()) > 0, 'those that were dropped say so as before');
  await view.close();
});

for (const theme of THEMES)
  test(`what is behind a block of the answer stands out, the other steps step back; a click on a step dims nothing: ${theme}`, async () => {
    const view = await harness.open({ ...sampleTrace(), theme, height: 900 });
    const { page } = view;
    await page.getByRole('treeitem').first().waitFor();
    await page.waitForTimeout(300);
    const colours = (): Promise<{ lit: boolean; colour: string }[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll('.row.step:not(:hover, :focus, .dropped)')].map((row) => ({
          lit: row.classList.contains('lit'),
          colour: getComputedStyle(row.querySelector('.gist, .text') ?? row).color,
        })),
      );
    const [plain] = (await colours()).map(({ colour }) => colour);
    await page.locator('button.margin').first().click();
    await page.waitForTimeout(100);
    const after = await colours();
    assert.ok(after.some(({ lit }) => lit) && after.some(({ lit }) => !lit));
    for (const { lit, colour } of after) assert.equal(colour === plain, lit);
    await page.locator('button.margin').first().click();
    assert.ok(
      (await colours()).every(({ colour }) => colour === plain),
      'the same button takes it back',
    );
    await page.locator('.row.step:not(.lit) .gist').last().click();
    await page.mouse.move(0, 0);
    assert.ok((await colours()).every(({ colour }) => colour === plain));
    await view.close();
  });
