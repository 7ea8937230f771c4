import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { FIXED_NAMES, startHarness } from './harness.ts';
import type { Harness } from './harness.ts';
import { headFor, sampleTrace, shownOf, stamp } from './traces.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

test('every part has the role and the name that it is known by', async () => {
  const view = await harness.open(sampleTrace());
  const { page } = view;
  await page.getByRole('treeitem').first().waitFor();
  for (const [role, name] of FIXED_NAMES) assert.equal(await page.getByRole(role, { name, exact: true }).count(), 1, `${role} ${name}`);
  // the contract's own selectors, for those who do not compute roles
  for (const selector of [
    '[role="textbox"][aria-label="Prompt"]',
    '[role="searchbox"]',
    '[role="slider"]',
    '[role="status"][data-state="done"]',
  ])
    assert.equal(await page.locator(selector).count(), 1, selector);
  assert.ok((await page.locator('[role="region"] [data-block]').count()) > 2, 'linked blocks');
  assert.ok((await page.locator('[role="listitem"][data-finding]').count()) > 0, 'findings');
  assert.deepEqual(view.complaints, []);
  assert.deepEqual(view.strayRequests, []);
  await view.close();
});

test('rows tell their level, place and kind, counting those that are not mounted', async () => {
  const view = await harness.open({ ...sampleTrace(), height: 900 });
  const { page } = view;
  await page.getByRole('treeitem').first().waitFor();
  const rows = await page.evaluate(() =>
    [...document.querySelectorAll('[role="treeitem"]')].map((row) => ({
      level: row.getAttribute('aria-level'),
      place: Number(row.getAttribute('aria-posinset')),
      size: Number(row.getAttribute('aria-setsize')),
      expanded: row.getAttribute('aria-expanded'),
      phase: (row as HTMLElement).dataset['phase'],
      step: (row as HTMLElement).dataset['step'],
      kind: (row as HTMLElement).dataset['kind'],
    })),
  );
  const phases = rows.filter((row) => row.phase !== undefined);
  const steps = rows.filter((row) => row.step !== undefined);
  assert.ok(phases.length > 0 && steps.length > 5);
  assert.ok(phases.every((row) => row.level === '1' && row.expanded === 'true' && row.size >= phases.length));
  // each row is the next among its siblings: phases, their steps, and what hangs on a step
  const places = [0, 0, 0, 0];
  for (const row of rows) {
    const level = Number(row.level);
    places.fill(0, level + 1);
    assert.equal(row.place, ++places[level]!, `${row.step ?? row.phase}`);
    assert.ok(row.size >= row.place);
    if (row.step !== undefined) assert.ok((level === 2 || level === 3) && row.kind !== undefined);
  }
  assert.ok(rows.some(({ level }) => level === '3'));
  assert.ok(
    steps.some((row) => row.size > steps.length) || phases.some((row) => row.size > phases.length),
    'rows beyond the mounted ones count',
  );
  assert.equal(await page.locator('[role="treeitem"][tabindex="0"]').count(), 1, 'one row is reached by Tab');
  await view.close();
});

const done = (...events: Parameters<typeof stamp>[0]) =>
  stamp([{ type: 'open', part: 0, kind: 'reasoning', visibility: 'raw' }, ...events]);
const text = { type: 'text', part: 0, text: 'Let me think about the cache. It is empty.' } as const;

for (const [state, events, live, says] of [
  ['thinking', done(text), true, /still thinking/],
  [
    'answering',
    [...done(text, { type: 'open', part: 1, kind: 'answer', visibility: 'raw' }, { type: 'text', part: 1, text: 'Because' })],
    true,
    /Because/,
  ],
  ['stopped', done(text, { type: 'finish', reason: 'stopped' }), false, /Stopped by you/],
  ['cutoff', done(text, { type: 'finish', reason: 'length' }), false, /used up all the tokens/],
  ['cutoff', done(text, { type: 'finish', reason: 'aborted' }), false, /without an end mark/],
  [
    'failed',
    done(text, { type: 'error', failure: { code: 'server', message: 'The server failed (503); try again.' } }),
    false,
    /The server failed \(503\); try again\. What had arrived is kept/,
  ],
  ['failed', stamp([{ type: 'error', failure: { code: 'no-key', message: 'No key is stored.' } }]), false, /Set API Key/],
  [
    'done',
    stamp([
      { type: 'open', part: 0, kind: 'answer', visibility: 'raw' },
      { type: 'text', part: 0, text: '42' },
      { type: 'finish', reason: 'stop' },
    ]),
    false,
    /sent no reasoning/,
  ],
  [
    'done',
    stamp([
      { type: 'open', part: 0, kind: 'reasoning', visibility: 'encrypted' },
      { type: 'open', part: 1, kind: 'answer', visibility: 'raw' },
      { type: 'text', part: 1, text: '42' },
      { type: 'finish', reason: 'stop' },
    ]),
    false,
    /reasoning is encrypted/,
  ],
  [
    'done',
    stamp([
      { type: 'open', part: 0, kind: 'answer', visibility: 'raw' },
      { type: 'text', part: 0, text: '42' },
      { type: 'usage', usage: { reasoningTokens: 812 } },
      { type: 'finish', reason: 'stop' },
    ]),
    false,
    /counted 812 tokens/,
  ],
  [
    'done',
    stamp([
      { type: 'open', part: 0, kind: 'reasoning', visibility: 'summary' },
      { type: 'text', part: 0, text: 'Thought about it.' },
      { type: 'finish', reason: 'stop' },
    ]),
    false,
    /summary of the reasoning/,
  ],
] as const) {
  test(`state ${state}: ${String(says)}`, async () => {
    const view = await harness.open({ shown: shownOf(headFor('Why?'), live), events });
    await view.page.locator(`[role="status"][data-state="${state}"]`).waitFor({ state: 'attached', timeout: 3000 });
    assert.match(await view.page.locator('#app').innerText(), says);
    await view.close();
  });
}

for (const [name, composer, says, button] of [
  ['nothing asked yet', { canAsk: true, missing: null }, /foldable tree/, 'Open a Sample Trace'],
  ['no model', { canAsk: true, missing: 'model', model: null }, /No model is chosen/, 'Select Model…'],
  ['no key', { canAsk: true, missing: 'key' }, /needs an API key/, 'Set API Key…'],
  ['untrusted', { canAsk: false, missing: null }, /not trusted/, 'Open a Sample Trace'],
] as const) {
  test(`empty view, ${name}`, async () => {
    const view = await harness.open({ composer: { model: 'A/b', effort: 'default', context: [], followUp: null, ...composer } });
    await view.page.getByRole('button', { name: button }).click();
    assert.match(await view.page.locator('main').innerText(), says);
    assert.equal((await view.calls()).length, 1);
    assert.equal(await view.page.locator('[role="status"]').getAttribute('data-state'), 'idle');
    await view.close();
  });
}

test('asking and stopping are one key and one button', async () => {
  const view = await harness.open({
    composer: {
      model: 'A/b',
      effort: 'default',
      context: [{ id: 'x', kind: 'file', label: 'a.ts', preview: 'code' }],
      canAsk: true,
      missing: null,
      followUp: null,
    },
  });
  const { page } = view;
  await page.getByRole('textbox', { name: 'Prompt' }).fill('Why is it so?');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove a.ts' }).click();
  await page.getByLabel('Effort').selectOption('high');
  const { shown, events } = sampleTrace(true);
  await page.evaluate(([s, e]) => window.fakeHost.show(s as never, e as never), [shown, events.slice(0, 30)] as const);
  await page.getByRole('button', { name: 'Stop' }).click();
  assert.deepEqual(await view.calls(), [
    { name: 'ask', argument: { prompt: 'Why is it so?' } },
    { name: 'removeContext', argument: { id: 'x' } },
    { name: 'setEffort', argument: { effort: 'high' } },
    { name: 'stop', argument: undefined },
  ]);
  await view.close();
});

test('translations given by the host are used', async () => {
  const view = await harness.open({ ...sampleTrace(), strings: { Answer: 'Antwort', '{0} steps': '{0} Schritte', Ask: 'Fragen' } });
  await view.page.getByRole('heading', { name: 'Antwort' }).waitFor();
  await view.page
    .getByText(/\d+ Schritte/)
    .first()
    .waitFor({ timeout: 3000 });
  await view.close();
});
