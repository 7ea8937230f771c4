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

const REASONING = 'Let me look at `src/cart.ts` first. It calls `addLine` and `Money.round()`. So the sum is wrong.';
const ANSWER = 'The fault is in src/cart.ts, in `addLine`.';
const trace = textTrace('cart', REASONING, ANSWER);

test('a note is written on a step by keyboard, shown, and taken back', async () => {
  const view = await harness.open(trace);
  const { page } = view;
  await page.locator('[data-step="1"]').click();
  await page.getByRole('button', { name: 'Add note' }).click();
  await page.getByRole('textbox', { name: 'Note on step 2' }).fill('Is this so?');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-step')), '1', 'the focus goes back to the row');
  const note = { step: 1, text: 'Is this so?', at: '2025-06-01T10:00:00.000Z', by: 'me' };
  await page.evaluate((notes) => {
    window.fakeHost.tell.notes({ trace: 'trace-cart', notes: [notes] });
  }, note);
  await page.getByText('Is this so?').waitFor();
  await page.getByRole('button', { name: 'Remove this note' }).focus();
  await page.keyboard.press('Enter');
  await page.evaluate(() => window.fakeHost.tell.notes({ trace: 'trace-cart', notes: [] }));
  await page.getByText('Is this so?').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-step')), '1', 'the button went, the focus did not');
  assert.deepEqual(await view.calls(), [
    { name: 'addNote', argument: { step: 1, text: 'Is this so?' } },
    { name: 'removeNote', argument: { step: 1, at: note.at } },
  ]);
  await view.close();
});

test('a question about a step goes into the prompt box', async () => {
  const view = await harness.open(trace);
  const { page } = view;
  await page.locator('[data-step="1"]').click();
  await page.getByRole('button', { name: 'Ask about this' }).click();
  assert.match(await page.getByRole('textbox', { name: 'Prompt' }).inputValue(), /you wrote: “It calls addLine/);
  await page.getByRole('textbox', { name: 'Prompt' }).and(page.locator(':focus')).waitFor({ timeout: 3000 });
  // the question is typed behind the quote, not over it
  await page.keyboard.type('Why?');
  const first = await page.getByRole('textbox', { name: 'Prompt' }).inputValue();
  assert.match(first, /you wrote: “It calls addLine[^”]*”\n\nWhy\?$/);
  // what was typed stays when another step is asked about
  await page.locator('[data-step="2"]').click();
  await page.getByRole('button', { name: 'Ask about this' }).click();
  await page.getByRole('textbox', { name: 'Prompt' }).and(page.locator(':focus')).waitFor({ timeout: 3000 });
  await page.keyboard.type('And this?');
  const both = await page.getByRole('textbox', { name: 'Prompt' }).inputValue();
  assert.ok(both.startsWith(`${first}\n\n`), both);
  assert.match(both, /you wrote: “So the sum is wrong[^”]*”\n\nAnd this\?$/);
  // asked about twice, a step is quoted once
  await page.getByRole('button', { name: 'Ask about this' }).click();
  await page.keyboard.type('!');
  assert.equal(await page.getByRole('textbox', { name: 'Prompt' }).inputValue(), `${both}!`);
  await view.close();
});

test('files and symbols of the workspace are links, what does not exist is marked and found first', async () => {
  const view = await harness.open({
    ...trace,
    grounding: {
      places: [
        {
          in: 'reasoning',
          start: REASONING.indexOf('src/cart.ts'),
          end: REASONING.indexOf('src/cart.ts') + 11,
          file: 'src/cart.ts',
          line: null,
        },
        { in: 'reasoning', start: REASONING.indexOf('addLine'), end: REASONING.indexOf('addLine') + 7, file: 'src/cart.ts', line: 11 },
      ],
      findings: [
        {
          kind: 'mention-missing',
          steps: [1],
          confidence: 0.9,
          shown: true,
          message: 'Calls `Money.round()`, which does not exist in this workspace.',
          why: 'It will not work.',
          quotes: [{ in: 'reasoning', start: REASONING.indexOf('Money'), end: REASONING.indexOf('Money') + 13 }],
        },
      ],
    },
  });
  const { page } = view;
  assert.equal(await page.locator('[data-finding]').first().getAttribute('data-finding'), 'mention-missing');
  await page.locator('.answer').getByRole('button', { name: 'addLine' }).click();
  await page.locator('.answer').getByRole('button', { name: 'src/cart.ts' }).click();
  await page.waitForFunction(() => (CSS.highlights.get('missing')?.size ?? 0) === 1);
  assert.deepEqual(await view.calls(), [
    { name: 'openPlace', argument: { file: 'src/cart.ts', line: 11 } },
    { name: 'openPlace', argument: { file: 'src/cart.ts', line: null } },
  ]);
  await view.close();
});

test('what a model says of a trace stands beside what was found here, under its name', async () => {
  const { shown, events } = trace;
  const explanation = {
    by: 'other-model',
    at: '2025-06-01T10:00:00.000Z',
    kinds: [{ step: 1, kind: 'doubt' as const }],
    titles: [{ at: 0, title: 'Looking at the cart' }],
    findings: [{ kind: 'assumption' as const, steps: [2], message: 'Assumes that the tax is included.', quotes: [] }],
    dropped: 1,
  };
  const view = await harness.open({ shown: { ...shown, explanation }, events });
  const { page } = view;
  await page.getByRole('heading', { name: 'Explained by other-model' }).waitFor();
  await page.getByRole('button', { name: /the tax is included/ }).click();
  assert.equal(await page.locator('[data-step="2"]').getAttribute('aria-expanded'), 'true');
  await page.getByRole('button', { name: 'Looking at the cart from step 1' }).waitFor();
  const badge = page.locator(
    '[data-step="1"] [title="other-model calls it: Doubt"], [data-step="1"] [aria-label*="other-model calls it: Doubt"]',
  );
  await badge.first().waitFor();
  assert.doesNotMatch((await page.locator('[data-step="1"]').getAttribute('aria-label')) ?? '', /^Doubt/, 'what was found here stays');
  assert.equal(await page.getByRole('list', { name: 'Findings' }).getByText('tax').count(), 0);
  await view.close();
});

test('code of the answer is copied and inserted as it is', async () => {
  const view = await harness.open(textTrace('code', REASONING, 'Do this:\n\n```ts\nconst a = 1;\n```\n'));
  await view.page.getByRole('button', { name: 'Copy', exact: true }).click();
  await view.page.getByRole('button', { name: 'Insert' }).click();
  assert.deepEqual(await view.calls(), [
    { name: 'copy', argument: { text: 'const a = 1;' } },
    { name: 'insertCode', argument: { text: 'const a = 1;' } },
  ]);
  await view.close();
});
