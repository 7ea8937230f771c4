import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startHarness } from './harness.ts';
import type { Harness } from './harness.ts';
import { textTrace } from './traces.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const ANSWER = `- הרשימה נקראת מימין לשמאל
- \`code\` וגם מילים
- an item in English

1. ראשון

   עוד פסקה

2. שני

> ציטוט של מישהו

| א | ב |
|---|---|
| ג | ד |

- a list in English
- ועוד`;

test('lists, quotes and tables in a language that is read from the right have their marks there', async () => {
  const view = await harness.open({ ...textTrace('rtl', 'Let me think. It is so.', ANSWER), width: 1600, height: 1000 });
  const { page } = view;
  await page.locator('.answer blockquote').waitFor();
  await page.waitForTimeout(600);
  const seen = await page.evaluate(() => {
    const of = (element: Element) => {
      const style = getComputedStyle(element);
      return [element.localName, style.direction, style.paddingLeft !== '0px' ? 'left' : style.paddingRight !== '0px' ? 'right' : ''];
    };
    return [...document.querySelectorAll('.answer :is(ul, ol, blockquote, table)')].map(of);
  });
  assert.deepEqual(seen, [
    ['ul', 'rtl', 'right'],
    ['ol', 'rtl', 'right'],
    ['blockquote', 'rtl', 'right'],
    ['table', 'rtl', ''],
    ['ul', 'ltr', 'left'],
  ]);
  /** Where the words of each item begin: by their own language, whatever the list's. */
  const sides = await page.evaluate(() =>
    [...document.querySelectorAll('.answer ul > li')].map((item) => {
      const range = document.createRange();
      range.selectNodeContents(item);
      const margin = item.querySelector('.margin');
      if (margin !== null) range.setStartAfter(margin);
      const words = range.getBoundingClientRect();
      const box = item.getBoundingClientRect();
      return Math.abs(words.left - box.left) < Math.abs(words.right - box.right) ? 'left' : 'right';
    }),
  );
  assert.deepEqual(sides, ['right', 'right', 'left', 'left', 'right']);
  await view.close();
});
