/**
 * How the view copes with long reasoning, measured in Chromium side by side with two common ways: everything parsed and
 * drawn at each chunk, and the same at every fifth.
 * `node test/bench/view.ts [100000 500000] [--per-frame 160] [--slow] [--open]`
 *
 * The text arrives at `--per-frame` UTF-16 units a frame: 27 are some 1,600 a second, 160 six times as many. A frame's work
 * is the time from its animation callback to the end of its rendering, as a task after it sees it; busy is their sum. Memory
 * is the page's; the worker's is that of the analyser, printed by `analysis.ts`. What grows with the square is left out above
 * 150,000 units unless `--slow` asks for it; `--open` only opens the finished trace, as one of 10,000,000 units.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import type { StampedEvent } from '../../src/core/events.ts';
import { startHarness } from '../view/harness.ts';
import { headFor, longReasoning, shownOf, stamp } from '../view/traces.ts';

interface Result {
  readonly frames: number;
  readonly busyMs: number;
  readonly p95: number;
  readonly longest: number;
  readonly longTasks: number;
  readonly memoryMb: number;
  /** Milliseconds that the page's main thread computed, whatever else the machine did. */
  readonly cpuMs: number;
}

const args = process.argv.slice(2);
const option = (name: string, otherwise: number): number => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : otherwise);
const perFrame = option('--per-frame', 160);
const openOnly = args.includes('--open');
const sizes = args.filter((arg, i) => /^\d+$/.test(arg) && !args[i - 1]?.startsWith('--')).map(Number);

/** Runs in the page: feeds text frame by frame and measures each. `feed` is the name of a function of the page. */
const MEASURE = `async (feed, text, perFrame) => {
  const work = [];
  const long = [];
  const observer = new PerformanceObserver((list) => list.getEntries().forEach((entry) => long.push(entry.duration)));
  observer.observe({ entryTypes: ['longtask'] });
  const rest = () => new Promise((done) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); });
  for (let at = 0; at < text.length; at += perFrame) {
    const before = performance.now();
    window[feed](text.slice(at, at + perFrame));
    const fed = performance.now() - before;
    const begun = await new Promise((done) => requestAnimationFrame(() => done(performance.now())));
    await rest();
    work.push(performance.now() - begun + fed);
  }
  await new Promise((done) => setTimeout(done, 300));
  observer.disconnect();
  work.sort((a, b) => a - b);
  return { frames: work.length, busyMs: work.reduce((a, b) => a + b, 0), p95: work[Math.floor(work.length * 0.95)], longest: work.at(-1), longTasks: long.length };
}`;

const NAIVE = `
import { marked } from 'marked';
window.naive = (every) => {
  let text = '';
  let n = 0;
  const box = document.createElement('div');
  box.style.cssText = 'height: 700px; overflow: auto; font: 13px sans-serif';
  document.body.append(box);
  return (more) => {
    text += more;
    if (n++ % every !== 0) return;
    box.innerHTML = marked.parse(text);
    box.scrollTop = box.scrollHeight;
  };
};
window.everything = (more) => (window.feed1 ??= window.naive(1))(more);
window.everyFifth = (more) => (window.feed5 ??= window.naive(5))(more);
`;

const harness = await startHarness();
try {
  await build({
    stdin: { contents: NAIVE, resolveDir: join(import.meta.dirname, '../..') },
    bundle: true,
    format: 'iife',
    outfile: join(harness.dist, 'naive.js'),
    logLevel: 'error',
  });
  const naiveCode = readFileSync(join(harness.dist, 'naive.js'), 'utf8');
  for (const size of sizes.length > 0 ? sizes : [100_000, 500_000]) {
    const text = longReasoning(size);
    console.log(`\n${text.length.toLocaleString('en')} characters, ${perFrame} a frame`);
    console.log('way                           CPU      busy      p95   longest  long tasks   memory');
    for (const way of ['everything', 'everyFifth'] as const) {
      // what grows with the square is not waited for
      if (openOnly || (size > 150_000 && !args.includes('--slow'))) continue;
      const context = await harness.browser.newContext({ viewport: { width: 1000, height: 800 } });
      const page = await context.newPage();
      await page.evaluate(naiveCode);
      print(way === 'everything' ? 'all at each chunk' : 'all at every fifth chunk', await measure(page, way, text));
      await context.close();
    }
    if (!openOnly) await stream(text);
    const all = stamp([
      { type: 'open', part: 0, kind: 'reasoning', visibility: 'raw' },
      { type: 'text', part: 0, text },
      { type: 'finish', reason: 'stop' },
    ]);
    const opened = await harness.open({ shown: shownOf(headFor('open')) });
    const firstRow = await opened.page.evaluate(async (events) => {
      const begun = performance.now();
      window.fakeHost.show({ ...window.fakeHost.shown!, head: { ...window.fakeHost.shown!.head, id: 'again' } }, events);
      while (document.querySelector('[role="treeitem"]') === null) await new Promise((done) => requestAnimationFrame(done));
      const first = performance.now() - begun;
      while (document.querySelector('.counts-text')?.textContent.includes('reading') !== false)
        await new Promise((done) => requestAnimationFrame(done));
      return { first, whole: performance.now() - begun };
    }, all);
    console.log(`  opened at once: first row after ${firstRow.first.toFixed(0)} ms, whole analysis after ${firstRow.whole.toFixed(0)} ms`);
    await opened.close();
  }
} finally {
  await harness.close();
}

async function stream(text: string): Promise<void> {
  const view = await harness.open({
    shown: shownOf(headFor('bench'), true),
    events: stamp([{ type: 'open', part: 0, kind: 'reasoning', visibility: 'raw' }]),
  });
  await view.page.waitForTimeout(500);
  await view.page.evaluate(() => {
    let seq = 1;
    Object.assign(window, {
      feed: (more: string) => {
        seq++;
        const event: StampedEvent = { seq, at: seq * 30, event: { type: 'text', part: 0, text: more } };
        window.fakeHost.push([event]);
      },
    });
  });
  print('this view', await measure(view.page, 'feed', text));
  const steps = await view.page.getByRole('slider').getAttribute('aria-valuemax');
  /** From the reader's key or letter to the end of the picture that answers it, in the page's own time. */
  const timed = async (name: string, act: () => Promise<unknown>): Promise<void> => {
    // it listens before the key is sent
    const spent = await view.page.evaluateHandle(() => ({
      ms: new Promise<number>((done) => {
        const begin = ({ timeStamp }: Event): void => {
          for (const type of ['keydown', 'input']) removeEventListener(type, begin, true);
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - timeStamp)));
        };
        for (const type of ['keydown', 'input']) addEventListener(type, begin, true);
      }),
    }));
    await act();
    console.log(`  ${name.padEnd(34)} ${(await spent.evaluate(({ ms }) => ms)).toFixed(0)} ms at ${steps ?? '?'} steps`);
  };
  await view.page.evaluate(() => window.fakeHost.push([{ seq: 1e9, at: 1e6, event: { type: 'finish', reason: 'stop' } }]));
  await view.page.locator('[role="tree"] [tabindex="0"]').focus();
  await timed('fold all', () => view.page.keyboard.press('c'));
  await timed('unfold all', () => view.page.keyboard.press('e'));
  await timed('next finding', () => view.page.keyboard.press('n'));
  await timed('search', () => view.page.getByRole('searchbox').fill('null at this'));
  await timed('to the last row', async () => {
    await view.page.locator('[role="tree"] [tabindex="0"]').focus();
    await view.page.keyboard.press('End');
  });
  await view.close();
}

async function measure(page: Page, feed: string, text: string): Promise<Result> {
  const session = await page.context().newCDPSession(page);
  // time that the thread computed: what else runs on the machine does not count
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const cpu = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  /** What is left when collecting frees nothing more: one collection leaves what only the next one finds unused. */
  const heap = async (): Promise<number> => {
    for (let before = Infinity, round = 0; ; round++) {
      await session.send('HeapProfiler.collectGarbage');
      const used = (await session.send('Runtime.getHeapUsage')).usedSize / 1e6;
      if (used > before - 0.2 || round === 10) return used;
      before = used;
      await page.waitForTimeout(200);
    }
  };
  const [cpuBefore, heapBefore] = [await cpu(), await heap()];
  const result = await page.evaluate<Omit<Result, 'memoryMb' | 'cpuMs'>>(
    `(${MEASURE})(${JSON.stringify(feed)}, ${JSON.stringify(text)}, ${perFrame})`,
  );
  const done = { ...result, cpuMs: (await cpu()) - cpuBefore, memoryMb: (await heap()) - heapBefore };
  await session.detach();
  return done;
}

function print(name: string, { cpuMs, busyMs, p95, longest, longTasks, memoryMb }: Result): void {
  const cells = [
    `${(cpuMs / 1000).toFixed(2)} s`,
    `${(busyMs / 1000).toFixed(2)} s`,
    `${p95.toFixed(1)} ms`,
    `${longest.toFixed(0)} ms`,
    String(longTasks),
    `${memoryMb.toFixed(1)} MB`,
  ];
  console.log(`${name.padEnd(24)} ${cells.map((cell) => cell.padStart(9)).join(' ')}`);
}
