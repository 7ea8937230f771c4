import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startHarness } from './harness.ts';
import type { Harness, OpenOptions } from './harness.ts';
import { FRESH_THEMES, THEMES } from './themes.ts';
import type { Theme } from './themes.ts';
import { headFor, sampleTrace, shownOf, stamp, textTrace } from './traces.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return await page.evaluate(async () => {
    const run = (
      window as unknown as {
        axe: {
          run: (options: unknown) => Promise<{ violations: { id: string; nodes: { html: string; any: { message: string }[] }[] }[] }>;
        };
      }
    ).axe.run;
    const { violations: found } = await run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`));
  });
}

const sample = sampleTrace();
const cut = sample.events.slice(0, 40);
const rich = textTrace(
  'Rich',
  'Let me see. `a` is 1.\n\n```ts\nconst a = 1;\n```\n\nWait, no. It is 2.',
  '# Title\n\nText with [a link](https://example.com) and `code`.\n\n1. one\n2. two\n\n- [x] done\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n> quoted\n\n```ts\nconst a: string = "b"; // c\n```\n\n$x^2$ and ![image](https://example.com/a.png)',
);
const states: Readonly<Record<string, OpenOptions & { act?: (page: Page) => Promise<void> }>> = {
  done: { ...sample },
  rich: { ...rich },
  finding: { ...sample, act: (page) => page.locator('.finding-button').first().click() },
  block: { ...sample, act: (page) => page.locator('button.margin').nth(1).click() },
  menu: { ...sample, act: (page) => page.getByRole('button', { name: 'More' }).click() },
  filter: { ...sample, act: (page) => page.getByRole('button', { name: /some kinds/ }).click() },
  search: { ...sample, act: (page) => page.getByRole('searchbox').fill('attempt') },
  help: {
    ...sample,
    act: async (page) => {
      await page.getByRole('treeitem').first().focus();
      await page.keyboard.press('?');
    },
  },
  narrow: { ...sample, width: 320 },
  thinking: { shown: { ...sample.shown, live: true }, events: cut },
  failed: {
    shown: sample.shown,
    events: [
      ...cut,
      {
        seq: cut.length + 1,
        at: 9000,
        event: { type: 'error', failure: { code: 'server', message: 'The server failed.', detail: 'oops' } },
      },
    ],
  },
  marked: {
    ...sample,
    height: 900,
    act: async (page) => {
      await page.locator('[data-phase="0"]').focus();
      for (let i = 0; i < 7; i++) await page.keyboard.press('Shift+ArrowDown');
      await page.locator('.row.marked').nth(7).waitFor();
    },
  },
  cutoff: { shown: sample.shown, events: [...cut, { seq: cut.length + 1, at: 9000, event: { type: 'finish', reason: 'length' } }] },
  encrypted: {
    shown: shownOf(headFor('x')),
    events: stamp([
      { type: 'open', part: 0, kind: 'reasoning', visibility: 'encrypted' },
      { type: 'open', part: 1, kind: 'answer', visibility: 'raw' },
      { type: 'text', part: 1, text: 'Yes.' },
      { type: 'finish', reason: 'stop' },
    ]),
  },
  empty: {},
  'no key': {
    composer: {
      model: 'A/b',
      effort: 'high',
      context: [{ id: '1', kind: 'file', label: 'a.ts', preview: 'x' }],
      canAsk: true,
      missing: 'key',
      followUp: null,
    },
  },
  untrusted: { composer: { model: null, effort: 'default', context: [], canAsk: false, missing: null, followUp: null } },
};

for (const [name, { act, ...options }] of Object.entries(states)) {
  // the states differ in their parts, and the last themes from the others in their colours: they are looked at where most is shown
  const themes: readonly Theme[] = ['finding', 'rich', 'failed', 'empty'].includes(name) ? [...THEMES, ...FRESH_THEMES] : THEMES;
  test(`axe finds nothing: ${name}`, async (t) => {
    const view = await harness.open(options);
    await view.page.waitForTimeout(250);
    await act?.(view.page);
    if (name === 'rich') await view.page.waitForTimeout(700);
    for (const theme of themes) {
      await t.test(theme, async () => {
        await view.wear(theme);
        await view.page.waitForTimeout(100);
        assert.deepEqual(await violations(view.page), []);
      });
    }
    assert.deepEqual(view.complaints, []);
    await view.close();
  });
}
