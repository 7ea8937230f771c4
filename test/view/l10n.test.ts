import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { FIXED_NAMES, startHarness } from './harness.ts';
import type { Harness } from './harness.ts';
import { sampleTrace } from './traces.ts';

/** Pictures go here when it is set, to be looked at. */
const PICTURES = process.env['L10N_PICTURES'];
const WIDTHS = [320, 800, 1400];

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const stringsOf = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../l10n/bundle.l10n.${language}.json`), 'utf8')) as Record<string, string>;

/** What sticks out of the view, or is cut in a button or heading without an ellipsis to say so. */
async function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const out: string[] = [];
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth > clientWidth) out.push(`the page scrolls sideways: ${scrollWidth} > ${clientWidth}`);
    for (const element of document.querySelectorAll<HTMLElement>('button, h1, h2, h3, label, .notice p, .figures, .counts-text, nav')) {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.bottom < 0 || element.closest('.sr-only') !== null) continue;
      const name = `${element.tagName} ${element.className} “${element.textContent.trim().slice(0, 40)}”`;
      let scrolls = false;
      for (let up = element.parentElement; up !== null && up !== document.body; up = up.parentElement)
        if (['auto', 'scroll'].includes(getComputedStyle(up).overflowX) && up.scrollWidth > up.clientWidth) scrolls = true;
      if (!scrolls && (box.left < -1 || box.right > clientWidth + 1)) out.push(`${name} reaches from ${box.left} to ${box.right}`);
      const style = getComputedStyle(element);
      if (element.scrollWidth > element.clientWidth + 1 && style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis')
        out.push(`${name} is cut`);
    }
    return out;
  });
}

for (const [language, words] of [
  [
    'de',
    [
      'Wo dieser Gedankengang hilft',
      'Antwort',
      'Fragen',
      'Standardaufwand',
      'gedacht',
      'Annahmen',
      'Nimmt an: ',
      'Prüft sich selbst, bestanden: ',
    ],
  ],
  ['zh-cn', ['此推理的有用之处', '回答', '提问', '默认强度', '已思考', '个假设', '假定：', '自我检查，通过：']],
] as const) {
  test(`${language}: the words that the host hands over are those that are shown, and there is room for them`, async () => {
    for (const width of WIDTHS) {
      const view = await harness.open({ ...sampleTrace(), strings: stringsOf(language), width, height: 800 });
      const { page } = view;
      await page.getByRole('treeitem').first().waitFor();
      await page.waitForTimeout(400);
      if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${language}-${width}.png`) });
      // whatever stands highest: all findings are there
      await page.locator('.counts button.quiet').click();
      const shown = await page.locator('main').innerText();
      for (const word of words)
        // headings are in capitals
        assert.ok(shown.toLowerCase().includes(word.toLowerCase()), `${word} at ${width}: ${shown.slice(0, 600)}`);
      assert.doesNotMatch(shown, /Where this reasoning|default effort|\d+ assumptions?\b|does not say so|Checks itself/i);
      for (const [role, name] of FIXED_NAMES) assert.equal(await page.getByRole(role, { name, exact: true }).count(), 1, `${role} ${name}`);
      assert.deepEqual(await misfits(page), [], `${language} at ${width}`);
      assert.deepEqual(view.complaints, []);
      await view.close();
    }
  });

  test(`${language}: why a request failed, and times, as the reader says and writes them`, async () => {
    const { events, shown } = sampleTrace();
    const view = await harness.open({
      shown,
      events: [
        ...events.slice(0, 60),
        {
          seq: 61,
          at: 12_345,
          event: {
            type: 'error',
            failure: { code: 'rate-limit', message: 'DeepSeek limits how much may be asked (slow down); ask again in 37 seconds.' },
          },
        },
      ],
      strings: stringsOf(language),
      context: { locale: language === 'de' ? 'de-DE' : 'zh-CN' },
    });
    await view.page.locator('.notice.error').waitFor();
    const notice = await view.page.locator('.notice.error').innerText();
    assert.doesNotMatch(notice, /limits how|ask again/);
    for (const part of ['DeepSeek', 'slow down', '37', language === 'de' ? 'in 37 Sekunden' : '37 秒后'])
      assert.ok(notice.includes(part), notice);
    assert.match(await view.page.locator('.header .figures').innerText(), language === 'de' ? /\d,\d s/ : /\d\.\d 秒/);
    await view.close();
  });

  test(`${language}: before there is a trace`, async () => {
    const view = await harness.open({ strings: stringsOf(language), width: 320, height: 640 });
    const heading = stringsOf(language)['See how a model gets to its answer'] ?? '';
    await view.page.getByRole('heading', { name: heading }).waitFor();
    if (PICTURES !== undefined) await view.page.screenshot({ path: join(PICTURES, `${language}-empty.png`) });
    assert.deepEqual(await misfits(view.page), []);
    await view.close();
  });
}
