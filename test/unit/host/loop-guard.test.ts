import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { test } from 'node:test';
import type { TraceEvent } from '../../../src/core/events.ts';
import type { Report } from '../../../src/host/report.ts';
import type { Run } from '../../../src/host/run.ts';
import { startRun } from '../../../src/host/run.ts';

// of the editor the guard takes the translation only
const EDITOR = 'export const l10n = { t: (text, ...values) => text.replace(/\\{(\\d+)\\}/g, (_, i) => String(values[Number(i)])) };';
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode' ? { url: `data:text/javascript,${encodeURIComponent(EDITOR)}`, shortCircuit: true } : next(specifier, context),
});
const { guardLoops } = await import('../../../src/host/loop-guard.ts');

const INTRO = 'The user wants to know why the build fails. I will look at the configuration file, and then at the scripts that it names. ';
const POINTS = [
  'Wait, let me check the configuration again. The path is relative, so the loader should find the file. But it does not find it. ',
  'Hmm, the version in the lock file differs from the one in the manifest. That may be an accident of the last merge, or on purpose. ',
  'The test passes alone and fails with the others. So something is shared between them, and one of them leaves it in disorder. ',
  'The cache is keyed by the name of the file only. Two files of the same name in two folders would then take turns in it. ',
  'Perhaps the clock of that machine is wrong. A token which is issued there has run out before anyone else gets to see it. ',
] as const;

/** Text that says nothing twice. */
const fresh = (from: number): string =>
  Array.from({ length: 60 }, (_, i) =>
    (5000 + from + i).toString(16).replace(/./g, (digit) => 'bdfghjklmnprstvw'[parseInt(digit, 16)] as string),
  ).join(' ') + '. ';

interface Stage {
  readonly run: Run;
  readonly said: string[];
  /** Begins to watch. */
  readonly guard: () => void;
  /** Sends text, and waits until the listeners have it. */
  readonly think: (text: string, part?: number) => Promise<void>;
  /** What the reader chooses for the notices that are there; nothing: they are closed. */
  readonly choose: (choice?: string) => Promise<void>;
  readonly end: () => Promise<void>;
  readonly stopped: () => boolean;
}

function stage({ late = false } = {}): Stage {
  const said: string[] = [];
  const answers: ((choice?: string) => void)[] = [];
  const queue: (TraceEvent | null)[] = [
    { type: 'open', part: 0, kind: 'reasoning', visibility: 'raw' },
    { type: 'open', part: 1, kind: 'answer', visibility: 'raw' },
  ];
  let wake = (): void => undefined;
  let stopped = false;
  const run = startRun({
    head: {
      id: 'r',
      createdAt: '2026-05-01T10:00:00.000Z',
      title: 't',
      request: { endpoint: 'e', origin: 'o', api: 'chat', model: 'm', parameters: {}, messages: [] },
      origin: null,
    },
    now: () => performance.now(),
    source: async function* (signal) {
      signal.addEventListener('abort', () => {
        stopped = true;
        wake();
      });
      for (;;) {
        const event = queue.shift();
        if (event === null || stopped) return;
        if (event !== undefined) yield event;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  });
  const report = {
    warn: (message: string, ...choices: string[]) => {
      assert.deepEqual(choices, ['Stop']);
      said.push(message);
      return new Promise<string | undefined>((resolve) => answers.push(resolve));
    },
  } as unknown as Report;
  const guard = (): void => guardLoops(run, report);
  if (!late) guard();
  return {
    run,
    guard,
    said,
    async think(text, part = 0) {
      const arrived = new Promise<void>((resolve) => {
        const end = run.onEvents((events) => {
          if (!events.some(({ event }) => event.type === 'text')) return;
          end();
          resolve();
        });
      });
      queue.push({ type: 'text', part, text });
      wake();
      await arrived;
    },
    async choose(choice) {
      for (const answer of answers.splice(0)) answer(choice);
      await Promise.resolve();
    },
    async end() {
      queue.push(null);
      wake();
      await run.done;
    },
    stopped: () => stopped,
  };
}

test('a loop is told while it happens, once, and stopping ends the run', async () => {
  const { run, said, think, choose, stopped } = stage();
  await think(INTRO + POINTS[0]);
  await think(POINTS[0]);
  assert.deepEqual(said, []);
  await think(POINTS[0]);
  assert.deepEqual(said, ['The model goes round in circles: it has said the same 29 words 3 times.']);
  for (let i = 0; i < 5; i++) await think(POINTS[0]);
  assert.equal(said.length, 1);
  assert.equal(stopped(), false);
  await choose('Stop');
  assert.equal(stopped(), true);
  await run.done;
  assert.equal(run.trace.finish?.reason, 'stopped');
});

test('what came before the watch began counts', async () => {
  const { said, guard, think, end } = stage({ late: true });
  await think(INTRO + POINTS[0].repeat(2));
  guard();
  await think(POINTS[0]);
  assert.equal(said.length, 1);
  await end();
});

test('a word that is said again and again', async () => {
  const { said, think, end } = stage();
  await think(INTRO + 'wait '.repeat(450));
  assert.match(said[0] ?? '', /^The model goes round in circles: it has said the same word \d+ times\.$/);
  await end();
});

test('a notice that is closed stops nothing, and the loop is not told again', async () => {
  const { said, think, choose, end, stopped } = stage();
  await think(INTRO + POINTS[0].repeat(4));
  await choose();
  for (let i = 0; i < 20; i++) await think(POINTS[0]);
  await end();
  assert.equal(said.length, 1);
  assert.equal(stopped(), false);
});

test('a later loop is told too, but no more than three are', async () => {
  const { said, think, choose, end } = stage();
  for (const [i, point] of POINTS.entries()) {
    await think(point.repeat(5));
    assert.equal(said.length, Math.min(3, i + 1));
    await choose();
    await think(fresh(100 * i));
  }
  await end();
});

test('rounds with other numbers, and circling, are told as what they are', async () => {
  const rows = stage();
  await rows.think(
    Array.from({ length: 34 }, (_, i) => `Step ${i}: I take ${i * 7} from the end of the list and put it to the result, and go on. `).join(
      '',
    ),
  );
  await rows.end();
  assert.match(rows.said.join('\n'), /^The model may be going round in circles: it has said nearly the same 23 words 3\d times\.$/);
  const circling = stage();
  for (let i = 0; i < 40; i++) await circling.think([0, 1, 2, 3, 4].map((k) => POINTS[(k * ((i % 4) + 1) + i) % 5]).join(''));
  await circling.end();
  assert.match(
    circling.said.join('\n'),
    /^The model goes round in circles: [5-9]\d % of its last 300 words are in phrases that it had used twice before or more\.$/,
  );
});

test('only the reasoning is watched', async () => {
  const { said, think, end } = stage();
  await think(POINTS[0].repeat(6), 1);
  await end();
  assert.deepEqual(said, []);
});
