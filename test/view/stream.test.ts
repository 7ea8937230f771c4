import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { createAnalyser } from '../../src/core/analyser.ts';
import type { StampedEvent } from '../../src/core/events.ts';
import { createInspection } from '../../src/core/inspection.ts';
import { startHarness } from './harness.ts';
import type { Harness } from './harness.ts';
import { chunks, headFor, longReasoning, sampleTrace, shownOf, stamp, textTrace } from './traces.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const head = headFor('Stream');
const opening = stamp([{ type: 'open', part: 0, kind: 'reasoning', visibility: 'raw' }]);
const all: readonly StampedEvent[] = [...opening, ...stamp(chunks(0, longReasoning(14_000), 40), 2)];
const picture = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))));
/** CSS pixels that a pane is scrolled away from its end. */
const awayIn = (pane: Locator) => pane.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);
const push = (page: Page, events: readonly StampedEvent[]) => page.evaluate((batch) => window.fakeHost.push(batch as never), events);

test('until the analysis has started, what came is not said to be nothing, and no tokens are counted', async () => {
  const before = (): void => {
    // a worker that takes for ever to start
    Object.assign(window, {
      Worker: class extends EventTarget {
        postMessage = (): void => undefined;
        terminate = (): void => undefined;
      },
    });
  };
  const view = await harness.open({ shown: shownOf(head, true), events: all.slice(0, 120), before });
  const waiting = view.page.locator('.reasoning .waiting');
  await waiting.getByText('reading…').waitFor();
  const figures = await view.page.locator('.figures').innerText();
  assert.match(figures, /thinking/);
  assert.doesNotMatch(figures, /tokens|\/s/);
  await view.close();
  const empty = await harness.open({ shown: shownOf(head, true), events: opening });
  await empty.page.locator('.reasoning .waiting').getByText('Nothing has come yet.').waitFor();
  await empty.close();
});

test('rows come while it streams, the last phase is open, and nothing above the tail is drawn again', async () => {
  const view = await harness.open({ shown: shownOf(head, true), events: all.slice(0, 120), height: 900 });
  const { page } = view;
  await page.locator('.row.live').waitFor();
  await page.locator('.left-scroll').evaluate((element) => element.scrollTo(0, 0));
  await picture(page);
  const count = await page.locator('[data-step]').count();
  await page.evaluate(() => {
    const seen: string[] = [];
    const rows = [...document.querySelectorAll<HTMLElement>('[data-step]')].filter((row) => Number(row.dataset['step']) < 12);
    const tops = (): number[] => rows.map((row) => Math.round(row.getBoundingClientRect().top));
    const before = tops();
    /** What is no longer there, or elsewhere on the screen. */
    const moved = (): string[] =>
      rows.flatMap((row, i) =>
        row.isConnected && tops()[i] === before[i] ? [] : [`step ${row.dataset['step'] ?? ''} was replaced or moved`],
      );
    Object.assign(window, { seen, moved });
    new MutationObserver((records) => {
      for (const { target, type } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        const row = element?.closest<HTMLElement>('[data-step]');
        // a finding may be noticed later, and then its mark comes to an old row; its words stay as they are
        if (row !== null && row !== undefined && Number(row.dataset['step']) < 12 && element?.closest('.gist, .text') !== null)
          seen.push(`${type} in step ${row.dataset['step'] ?? ''}`);
      }
    }).observe(document.querySelector('[role="tree"]') as Node, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  for (let at = 120; at < 300; at += 6) {
    await push(page, all.slice(at, at + 6));
    await picture(page);
  }
  assert.deepEqual(await page.evaluate(() => (window as unknown as { seen: string[] }).seen), []);
  assert.deepEqual(await page.evaluate(() => (window as unknown as { moved: () => string[] }).moved()), []);
  await page.locator('.left-scroll').evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await picture(page);
  assert.ok((await page.locator('[data-step]').last().getAttribute('data-step')) !== null);
  assert.ok(Number(await page.locator('[data-step]').last().getAttribute('data-step')) > count);
  assert.deepEqual(view.complaints, []);
  await view.close();
});

test('it follows until the reader moves up; a button brings it back', async () => {
  const view = await harness.open({ shown: shownOf(head, true), events: all.slice(0, 150), height: 500 });
  const { page } = view;
  await page.locator('.row.live').waitFor();
  const scroller = page.locator('.left-scroll');
  const away = () => awayIn(scroller);
  for (let at = 150; at < 200; at += 5) {
    await push(page, all.slice(at, at + 5));
    await picture(page);
    assert.ok((await away()) <= 2, `at the end after event ${at}`);
  }
  await scroller.hover();
  await page.mouse.wheel(0, -160);
  await page.waitForTimeout(150);
  // findings that come above push the pane down, and its scroll makes up for it: what counts is where the row is
  const read = await scroller.evaluate((element) => {
    const { left, top, height } = element.getBoundingClientRect();
    return (
      document
        .elementFromPoint(left + 60, top + height / 2)
        ?.closest('[data-row]')
        ?.getAttribute('data-row') ?? ''
    );
  });
  const height = () => page.locator(`[data-row="${read}"]`).evaluate((row) => row.getBoundingClientRect().top);
  const before = await height();
  for (let at = 200; at < 260; at += 5) {
    await push(page, all.slice(at, at + 5));
    await picture(page);
  }
  const moved = (await height()) - before;
  assert.ok(Math.abs(moved) <= 1, `what is read moved by ${moved}`);
  await page.getByRole('button', { name: 'Follow' }).click();
  await picture(page);
  assert.ok((await away()) <= 2);
  await push(page, all.slice(260, 270));
  await picture(page);
  assert.ok((await away()) <= 2);
  await view.close();
});

test('another width or height of the view is no movement of the reader', async () => {
  const view = await harness.open({ shown: shownOf(head, true), events: all.slice(0, 150), width: 900, height: 500 });
  const { page } = view;
  await page.locator('.row.live').waitFor();
  let at = 150;
  for (const size of [
    { width: 320, height: 500 },
    { width: 800, height: 600 },
    { width: 1400, height: 400 },
    { width: 320, height: 700 },
  ]) {
    await page.setViewportSize(size);
    await page.waitForTimeout(150);
    await push(page, all.slice(at, (at += 5)));
    await picture(page);
    assert.equal(await page.getByRole('button', { name: 'Follow' }).count(), 0, `it still follows at ${size.width} × ${size.height}`);
    // looked up and measured at once: with a new step another row is the one that grows
    const live = await page.waitForFunction(
      () => document.querySelector('.row.live')?.getBoundingClientRect().toJSON() as DOMRect | undefined,
    );
    const { top, bottom } = (await live.jsonValue())!;
    assert.ok(top < size.height && bottom <= size.height + 2, `the end is in sight at ${size.width} × ${size.height}`);
  }
  await view.close();
});

test('text that becomes smaller or larger by itself is no movement of the reader', async () => {
  const view = await harness.open({ shown: shownOf(head, true), events: all.slice(0, 150), width: 500, height: 500 });
  const { page } = view;
  await page.locator('.row.live').waitFor();
  const scroller = page.locator('.left-scroll');
  const away = () => awayIn(scroller);
  let at = 150;
  for (const size of [9, 20, 8, 15, 7]) {
    // the pane stays as large as it is: only what is in it shrinks, and with it how far it can be scrolled
    await page.evaluate((size) => {
      document.documentElement.style.setProperty('--vscode-font-size', `${size}px`);
      // layout moves the scroll now, and before it is told of that the next words are there
      document.querySelector('.left-scroll')?.getBoundingClientRect();
    }, size);
    await push(page, all.slice(at, (at += 5)));
    await picture(page);
    await picture(page);
    assert.equal(await page.getByRole('button', { name: 'Follow' }).count(), 0, `it still follows at ${size} px`);
    assert.ok((await away()) <= 2, `at the end at ${size} px`);
  }
  await view.close();
});

test('whoever drags the scroll bar up is not brought back', async () => {
  const view = await harness.open({ shown: shownOf(head, true), events: all.slice(0, 150), height: 500 });
  const { page } = view;
  await page.locator('.row.live').waitFor();
  const scroller = page.locator('.left-scroll');
  // the end of a drag is a scroll like any other; headless Chromium draws no bar that could be taken
  await scroller.evaluate((element) => {
    element.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    element.scrollTop -= 120;
  });
  await push(page, all.slice(150, 160));
  await page.getByRole('button', { name: 'Follow' }).waitFor();
  const away = () => awayIn(scroller);
  const before = await away();
  await push(page, all.slice(160, 170));
  await picture(page);
  assert.ok((await away()) >= before && before > 100);
  await view.close();
});

test('a key that scrolls the pane from outside the tree stops the following', async () => {
  const view = await harness.open({ shown: shownOf(head, true), events: all.slice(0, 150), height: 500 });
  const { page } = view;
  await page.locator('.row.live').waitFor();
  const scroller = page.locator('.left-scroll');
  // a click beside the rows leaves the focus nowhere, and keys scroll the pane all the same
  await page.locator('.above').click({ position: { x: 2, y: 2 }, force: true });
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('PageUp');
  await push(page, all.slice(150, 160));
  await page.getByRole('button', { name: 'Follow' }).waitFor();
  await push(page, all.slice(160, 170));
  await picture(page);
  await picture(page);
  const away = await awayIn(scroller);
  assert.ok(away > 100, `only ${away} px away from the end`);
  await view.close();
});

test('in a narrow view a small move up counts while the answer grows', async () => {
  const events = [
    ...all.slice(0, 150),
    ...stamp(
      [
        { type: 'close', part: 0 },
        { type: 'open', part: 1, kind: 'answer', visibility: 'raw' },
        ...chunks(1, 'So the answer has many words in it, of which each takes some room.\n\n'.repeat(60), 40),
      ],
      151,
    ),
  ];
  const view = await harness.open({ shown: shownOf(head, true), events: events.slice(0, 180), width: 320, height: 800 });
  const { page } = view;
  await page.locator('[data-block], .answer p').first().waitFor();
  const scroller = page.locator('.columns');
  const away = () => awayIn(scroller);
  for (let at = 180; at < 220; at += 4) {
    await push(page, events.slice(at, at + 4));
    await picture(page);
  }
  assert.ok((await away()) <= 2 && (await scroller.evaluate(({ scrollTop }) => scrollTop)) > 100, 'it follows');
  // as a screen reader moves it: no key, no wheel, no finger
  await scroller.evaluate((element) => (element.scrollTop -= 40));
  await page.getByRole('button', { name: 'Follow' }).waitFor();
  for (let at = 220; at < 240; at += 4) await push(page, events.slice(at, at + 4));
  await picture(page);
  assert.ok((await away()) > 40, `only ${await away()} px from the end`);
  await view.close();
});

test('after the end of a run that was followed, a row that is opened and a small scroll do not jump to the end', async () => {
  const view = await harness.open({ shown: shownOf(head, true), events: all.slice(0, 150), height: 500 });
  const { page } = view;
  await page.locator('.row.live').waitFor();
  await push(
    page,
    stamp(
      [
        { type: 'close', part: 0 },
        { type: 'finish', reason: 'stop' },
      ],
      151,
    ),
  );
  await page.locator('.row.live').waitFor({ state: 'detached' });
  const scroller = page.locator('.left-scroll');
  const away = () => awayIn(scroller);
  await page.locator('[data-step]').last().click();
  await picture(page);
  const before = await away();
  await scroller.evaluate((element) => (element.scrollTop -= 3));
  await picture(page);
  assert.ok(Math.abs((await away()) - before - 3) <= 1, `${before} px away before, ${await away()} after`);
  await view.close();
});

test('whoever follows a run that ends before all of it is read is at its end then', async () => {
  const view = await harness.open({ shown: shownOf(head, true), events: all.slice(0, 150), height: 500 });
  const { page } = view;
  await page.locator('.row.live').waitFor();
  const rest = [
    ...chunks(0, longReasoning(150_000, 3), 4000),
    { type: 'close', part: 0 } as const,
    { type: 'finish', reason: 'stop' } as const,
  ];
  await push(page, stamp(rest, 151));
  await page.locator('[role="status"][data-state="done"]').waitFor();
  // the end of the run is not yet the end of the reading: that is where all steps are there
  const whole = createInspection(head, createAnalyser);
  for (const event of [...all.slice(0, 150), ...stamp(rest, 151)]) whole.apply(event);
  const { steps, phases } = whole.analyser().snapshot();
  const said = `${steps.length.toLocaleString('en-US')} steps, ${phases.length.toLocaleString('en-US')} phases`;
  await page.locator('.counts-text').getByText(said, { exact: true }).waitFor();
  await picture(page);
  const away = await awayIn(page.locator('.left-scroll'));
  assert.ok(away <= 60, `${away} px from the end`);
  await view.close();
});

test('a fold of the reader wins over the stream', async () => {
  const view = await harness.open({ shown: shownOf(head, true), events: all.slice(0, 150), height: 700 });
  const { page } = view;
  await page.locator('.row.live').waitFor();
  await page.keyboard.press('c');
  await picture(page);
  const phases = await page.locator('[data-phase]').count();
  await push(page, all.slice(150, 220));
  await picture(page);
  assert.equal(await page.locator('[data-step]').count(), 0, 'still folded');
  assert.ok((await page.locator('[data-phase]').count()) >= phases);
  await view.close();
});

test('the state is announced when it changes, tokens never', async () => {
  const view = await harness.open({ shown: shownOf(head, true), events: all.slice(0, 3) });
  const { page } = view;
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const status = document.querySelector('[role="status"]') as Element;
    new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
  });
  for (let at = 3; at < 60; at += 3) await push(page, all.slice(at, at + 3));
  await picture(page);
  const next = stamp(
    [
      { type: 'close', part: 0 },
      { type: 'open', part: 1, kind: 'answer', visibility: 'raw' },
      { type: 'text', part: 1, text: 'So it is.' },
      { type: 'finish', reason: 'stop' },
    ],
    61,
  );
  await push(page, next.slice(0, 3));
  await picture(page);
  await push(page, next.slice(3));
  await picture(page);
  assert.deepEqual(await page.evaluate(() => (window as unknown as { said: string[] }).said), ['Answering', 'Done']);
  await view.close();
});

test('messages that were lost are asked for again, and a reload asks for everything', async () => {
  const view = await harness.open({ shown: shownOf(head, true), events: all.slice(0, 50) });
  const { page } = view;
  await page.locator('.row.live').waitFor();
  await page.evaluate(() => (window.fakeHost.deaf = true));
  await push(page, all.slice(50, 150));
  await page.evaluate(() => (window.fakeHost.deaf = false));
  await push(page, all.slice(150, 155));
  await page.waitForFunction(() => window.fakeHost.asked.length === 2);
  assert.deepEqual((await page.evaluate(() => window.fakeHost.asked))[1], { trace: head.id, lastSeq: 50 });
  const text = longReasoning(14_000).slice(0, 154 * 40);
  const shown = async (): Promise<string> => {
    await picture(page);
    await page.locator('[data-phase="0"]').focus();
    await page.keyboard.press('Control+a');
    return await page.evaluate(() => {
      const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
      return event.clipboardData?.getData('text/plain') ?? '';
    });
  };
  assert.equal(await shown(), `<reasoning>\n${text.trim()}\n</reasoning>\n`);
  await push(page, all.slice(0, 155));
  assert.equal(await shown(), `<reasoning>\n${text.trim()}\n</reasoning>\n`, 'what comes twice counts once');
  await view.close();
});

test('another trace takes the place of the one on show', async () => {
  const view = await harness.open({ shown: shownOf(head, true), events: all.slice(0, 50) });
  const { page } = view;
  await page.locator('.row.live').waitFor();
  const other = [
    ...opening,
    ...stamp(
      [
        { type: 'text', part: 0, text: 'An entirely different thought.' },
        { type: 'finish', reason: 'stop' },
      ],
      2,
    ),
  ];
  await page.evaluate(([s, e]) => window.fakeHost.show(s as never, e as never), [shownOf(headFor('Other')), other] as const);
  await page
    .getByRole('treeitem', { name: /An entirely different thought/ })
    .first()
    .waitFor();
  assert.equal(await page.locator('[data-step]').count(), 1);
  await view.close();
});

test('where no worker can be started, the reasoning and the answer can be read all the same', async () => {
  const view = await harness.open({
    ...textTrace('no worker', 'The first thought. Then the second one.', 'An answer.'),
    before: () => {
      globalThis.Worker = function () {
        throw new Error('no workers here');
      } as unknown as typeof Worker;
    },
  });
  const { page } = view;
  await page.getByText('The reasoning could not be analysed here').waitFor({ timeout: 3000 });
  await page.locator('[data-step]').click();
  assert.equal(await page.locator('[data-step]').count(), 1);
  assert.match(await page.locator('[role="tree"]').innerText(), /The first thought\. Then the second one\./);
  assert.match(await page.locator('#app').innerText(), /An answer\./);
  assert.match(view.complaints.join(), /no workers here/);
  await view.close();
});

const rowBelow = (page: Page, scroller: string) =>
  page.evaluate((selector) => {
    const { top, height } = document.querySelector(selector)!.getBoundingClientRect();
    const rows = [...document.querySelectorAll<HTMLElement>('[data-step]')];
    return rows.find((row) => row.getBoundingClientRect().top > top + height / 2)?.dataset['step'] ?? '';
  }, scroller);
const topOf = (page: Page, step: string) =>
  page.evaluate((s) => Math.round(document.querySelector(`[data-step="${s}"]`)?.getBoundingClientRect().top ?? -1), step);
const missing = (live: readonly number[]) => ({
  places: [],
  findings: live.map((step) => ({
    kind: 'mention-missing' as const,
    steps: [step],
    confidence: 0.9,
    shown: true,
    message: `Calls \`x${step}()\`, which does not exist in this workspace.`,
    why: 'It will not work.',
    quotes: [{ in: 'reasoning' as const, start: 10, end: 30 }],
  })),
});

for (const [width, height] of [
  [1000, 800],
  [320, 700],
  [1000, 500],
] as const)
  for (const reason of ['stop', 'length'] as const)
    test(`what comes above moves nothing of what is read, at ${width} × ${height}, ${reason}`, async () => {
      const { shown, events } = sampleTrace(true);
      const answer = events.findIndex(({ event }) => event.type === 'open' && event.kind === 'answer');
      const end = events.findIndex(({ event }) => event.type === 'finish');
      const view = await harness.open({ shown, events: events.slice(0, answer - 60), width, height });
      const { page } = view;
      await page.locator('.row.live').waitFor();
      await page.waitForTimeout(400);
      const scroller = width >= 720 ? '.left-scroll' : '.columns';
      await page.locator(scroller).hover();
      await page.mouse.wheel(0, -400);
      await page.waitForTimeout(250);
      const step = await rowBelow(page, scroller);
      const before = await topOf(page, step);
      const stays = async (when: string) => {
        const now = await topOf(page, step);
        assert.ok(Math.abs(now - before) <= 1, `${when}: ${now} instead of ${before}`);
      };
      const findings = () => page.locator('[data-finding]').count();
      for (let at = answer - 60; at < end; at += 12) {
        await push(page, events.slice(at, Math.min(end, at + 12)));
        await page.waitForTimeout(40);
        await stays(`after event ${at}`);
      }
      await push(page, [{ seq: end + 1, at: 99_000, event: { type: 'finish', reason } }]);
      await page.evaluate(() => window.fakeHost.finish());
      await page.waitForTimeout(500);
      await stays('at the end');
      const had = await findings();
      await page.evaluate(
        (grounding) => window.fakeHost.tell.grounded({ trace: window.fakeHost.shown!.head.id, grounding }),
        missing([1, 2]),
      );
      await page.waitForTimeout(300);
      assert.ok((await findings()) > 0 && had > 0);
      await stays('with what the workspace says');
      await view.close();
    });

test('what the reader folds above the rows moves as it is meant to; who is at the top sees what comes', async () => {
  const { shown, events } = sampleTrace();
  const view = await harness.open({ shown, events, width: 320, height: 700 });
  const { page } = view;
  await page.locator('[data-finding]').first().waitFor();
  await page.waitForTimeout(300);
  const scrolled = () => page.locator('.columns').evaluate((element) => element.scrollTop);
  assert.equal(await scrolled(), 0);
  await page.evaluate((grounding) => window.fakeHost.tell.grounded({ trace: window.fakeHost.shown!.head.id, grounding }), missing([1, 2]));
  await page.waitForTimeout(200);
  assert.equal(await scrolled(), 0);
  await page.locator('.columns').evaluate((element) => element.scrollTo(0, 30));
  await page.waitForTimeout(100);
  await page.locator('button.fold').evaluate((button) => (button as HTMLElement).click());
  await page.waitForTimeout(200);
  assert.equal(await scrolled(), 30);
  await view.close();
});
