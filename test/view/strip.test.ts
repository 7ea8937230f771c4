import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createAnalyser } from '../../src/core/analyser.ts';
import { groupOf } from '../../src/core/groups.ts';
import { startHarness } from './harness.ts';
import type { Harness } from './harness.ts';
import { sampleTrace } from './traces.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const sample = sampleTrace();
const reasoning = sample.events.map(({ event }) => (event.type === 'text' && event.part === 0 ? event.text : '')).join('');
const analyser = createAnalyser({});
analyser.push(reasoning);
analyser.end({ cutOff: false });
const steps = analyser.steps();
const length = steps.at(-1)?.end ?? 1;

test('each group of kinds has its own pattern: without colours they can be told apart, also where they are narrow', async () => {
  const view = await harness.open({ ...sample, width: 1000, context: { forcedColors: 'active' } });
  const { page } = view;
  await page.getByRole('treeitem').first().waitFor();
  await page.waitForTimeout(400);
  const places = steps.map(({ start, end, kind }) => ({ from: start / length, to: end / length, group: groupOf(kind) }));
  /** For each step: how opaque its pixels are on the whole, and how many different ones there are in a row and in a column. */
  const drawn = await page.evaluate((all) => {
    const canvas = document.querySelector('canvas')!;
    const context = canvas.getContext('2d')!;
    return all.map(({ from, to, group }) => {
      const x = Math.round(from * canvas.width) + 1;
      const width = Math.round(to * canvas.width) - x - 2;
      if (width < 1) return { group, width, look: '' };
      // the band without its edges, where ticks and the lower line are
      const { data } = context.getImageData(x, 15, width, 12);
      const alpha = (column: number, row: number): number => data[4 * (row * width + column) + 3] ?? 0;
      let solid = 0;
      for (let i = 0; i < width * 12; i++) if (alpha(i % width, Math.floor(i / width)) > 200) solid++;
      const rows = new Set(Array.from({ length: 12 }, (_, row) => alpha(0, row) > 200)).size;
      const columns = new Set(Array.from({ length: width }, (_, column) => alpha(column, 0) > 200)).size;
      return { group, width, look: `${rows > 1} ${columns > 1} ${Math.round((4 * solid) / (width * 12))}` };
    });
  }, places);
  const looks = new Map<string, Set<string>>();
  for (const { group, width, look } of drawn) if (width >= 10) looks.set(group, (looks.get(group) ?? new Set()).add(look));
  const plain = [...looks].filter(([, set]) => set.has('false false 4')).map(([group]) => group);
  assert.deepEqual(plain, ['working'], 'one group is plain');
  assert.deepEqual(
    [...(looks.get('understanding') ?? [])].filter((look) => !look.endsWith(' 0')),
    [],
    'and one is hollow',
  );
  await view.close();

  // the narrower the strip, the more steps have few pixels
  let hollow: readonly number[] = [];
  for (const width of [320, 240, 180]) {
    const narrow = await harness.open({ ...sample, width, context: { forcedColors: 'active' } });
    await narrow.page.getByRole('treeitem').first().waitFor();
    await narrow.page.waitForTimeout(400);
    const found = await narrow.page.evaluate((all) => {
      const canvas = document.querySelector('canvas')!;
      const context = canvas.getContext('2d')!;
      return all
        .filter(
          ({ group }, i) => group === 'understanding' && all[i - 1]?.group !== 'understanding' && all[i + 1]?.group !== 'understanding',
        )
        .map(({ from, to }) => [Math.round(from * canvas.width), Math.round(to * canvas.width)] as const)
        .filter(([from, to]) => to - from >= 2 && to - from <= 4)
        .map(([from]) => context.getImageData(from, 10, 1, 1).data[3] ?? 0);
    }, places);
    hollow = [...hollow, ...found];
    await narrow.close();
  }
  assert.ok(hollow.length > 0);
  for (const alpha of hollow) assert.ok(alpha < 128, `${alpha}`);
});

test('the slider is where the lens is: at the step that was gone to, or after scrolling at the first in sight', async () => {
  const view = await harness.open({ ...sample, height: 700 });
  const { page } = view;
  const slider = page.getByRole('slider');
  const now = async (): Promise<number> => Number(await slider.getAttribute('aria-valuenow'));
  await page.locator('[data-step="1"] .gist').click();
  assert.equal(await now(), 2);
  await page.locator('.left-scroll').evaluate((element) => element.scrollTo(0, 1200));
  await page.waitForTimeout(200);
  const there = await now();
  assert.ok(there > 20, `at ${there}`);
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForTimeout(100);
  assert.equal(await now(), there + 1, 'it goes on from there');
  // quicker than the picture
  for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowRight', { delay: 0 });
  await page.waitForTimeout(100);
  assert.equal(await now(), there + 13);
  await page.keyboard.press('End');
  await page.waitForTimeout(100);
  assert.equal(await now(), steps.length);
  await page.keyboard.press('ArrowLeft');
  await page.waitForTimeout(100);
  assert.equal(await now(), steps.length - 1);
  await view.close();
});
