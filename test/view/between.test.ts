import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startHarness } from './harness.ts';
import type { Harness } from './harness.ts';
import { headFor, shownOf, stamp, toolTrace } from './traces.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

test('a call of a tool and a locked part stand where they came; an opened row shows all of the call', async () => {
  const view = await harness.open(toolTrace(`{"path":"src/a.ts","why":"${'long '.repeat(60)}<b>end</b>"}`));
  const { page } = view;
  await page.getByText(/Calls read_file: /).waitFor();
  const words = await page.getByRole('tree').innerText();
  const places = [
    'I need its limits',
    'Calls read_file',
    'Result of read_file: const limit = 5;',
    'its provider only',
    'So the limit is five',
  ];
  const at = places.map((part) => words.indexOf(part));
  assert.ok(
    at.every((place, i) => place > (at[i - 1] ?? -1)),
    `in order: ${at.join()}\n${words}`,
  );
  const row = page.locator('[data-step]').filter({ hasText: 'I need its limits' });
  await row.locator('.twistie').click();
  assert.match(await row.innerText(), /<b>end<\/b>"\}/);
  // what stands below does not lie over it
  const boxes = await page
    .locator('[data-row]')
    .evaluateAll((rows) => rows.map((r) => r.getBoundingClientRect()).map(({ top, bottom }) => [top, bottom]));
  boxes.forEach(([top], i) => assert.ok(i === 0 || Math.abs(top! - boxes[i - 1]![1]!) < 1.5, JSON.stringify(boxes)));
  assert.deepEqual(view.complaints, []);
  await view.close();
});

test('reasoning that is locked is said to be so once; a failure before anything came stands alone', async () => {
  const locked = await harness.open({
    shown: { ...shownOf(headFor('locked')), notice: 'It thought 900 tokens and shows none of them.' },
    events: stamp([
      { type: 'open', part: 0, kind: 'reasoning', visibility: 'encrypted' },
      { type: 'open', part: 1, kind: 'answer', visibility: 'raw' },
      { type: 'text', part: 1, text: 'Yes.' },
      { type: 'finish', reason: 'stop' },
    ]),
  });
  await locked.page.getByText('The reasoning is encrypted').waitFor();
  assert.equal(await locked.page.getByText('It thought 900 tokens').count(), 1);
  assert.equal(await locked.page.locator('.banner').count(), 0);
  await locked.close();
  for (const width of [320, 900]) {
    const failed = await harness.open({
      width,
      shown: shownOf(headFor('failed')),
      events: stamp([{ type: 'error', failure: { code: 'unauthorized', message: 'The key is not accepted.' } }]),
    });
    await failed.page.getByText('The key is not accepted.').waitFor();
    assert.equal(await failed.page.getByRole('region', { name: 'Answer' }).count(), 0);
    await failed.close();
  }
});
