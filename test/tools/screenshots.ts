// `npm run screenshots`: the pictures of the README, taken in a real VS Code with the sample. `-- --gallery`: every state, width and
// theme of the inspector into out/gallery, to look through.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { ROOT, buildExtension, setStage } from '../demo/prepare.ts';
import { launch } from '../vscode/drive.ts';
import type { Driven } from '../vscode/drive.ts';
import { askFromPalette, chooseModel, readTree, waitForState } from '../vscode/inspector.ts';
import { install } from '../vscode/install.ts';
import { THEMES, chooseTheme } from '../vscode/themes.ts';
import type { Theme } from '../vscode/themes.ts';
import { longReasoning } from '../view/traces.ts';
import { SAMPLE_MODEL, startReplay } from '../replay/server.ts';
import { SAMPLE_FILE } from './sample.ts';

const PROMPT = 'Why do the retries start over after 85 minutes?';
const README_PICTURES = join(ROOT, 'media/screenshots');
const GALLERY = join(ROOT, 'out/gallery');
/** Bytes; larger ones make the repository heavy for everybody who clones it. */
const LARGEST = 300_000;

const WIDTHS = [320, 800, 1400];

/** Each state of the inspector: what is asked of which model so that it comes to be, and the state that the view then tells. */
const STATES = [
  { name: 'thinking', endpoint: 'Demo', model: 'model-hold', state: 'thinking' },
  { name: 'failed', endpoint: 'Demo', model: 'model-401', state: 'failed' },
  { name: 'cut-off', endpoint: 'Demo', model: 'model-length', state: 'cutoff' },
  { name: 'encrypted', endpoint: 'Demo', model: 'model-encrypted', state: 'done' },
  { name: 'done', endpoint: 'Demo', model: SAMPLE_MODEL, state: 'done' },
  { name: 'long', endpoint: 'Long', model: SAMPLE_MODEL, state: 'done' },
] as const;
/** UTF-16 units of the long reasoning: some 1,500 steps. */
const LONG = 100_000;

const [installed, args] = [await install(), process.argv.slice(2)];
await buildExtension();
if (args.includes('--gallery')) await gallery(args.find((arg) => arg in THEMES));
else await readme();

async function withCode(
  theme: Theme,
  { viewport, speed, more = {} }: { viewport: { width: number; height: number }; speed: number; more?: Record<string, unknown> },
  use: (code: Driven, folder: string) => Promise<void>,
) {
  const stage = await setStage({ speed });
  try {
    const settings = {
      ...stage.settings,
      ...more,
      'reasoningInspector.endpoints': [stage.settings, more].flatMap(endpointsOf),
      'window.commandCenter': false,
      'window.title': '${activeEditorShort}${separator}${rootName}',
      'editor.minimap.enabled': false,
    };
    const code = await launch({ installed, extension: ROOT, folder: stage.folder, settings, viewport });
    try {
      await chooseTheme(code, theme);
      await use(code, stage.folder);
    } finally {
      await code.close();
    }
  } finally {
    await stage.close();
  }
}

function endpointsOf(settings: Readonly<Record<string, unknown>>): readonly unknown[] {
  return (settings['reasoningInspector.endpoints'] as readonly unknown[] | undefined) ?? [];
}

async function readme(): Promise<void> {
  mkdirSync(README_PICTURES, { recursive: true });
  await withCode('dark', { viewport: { width: 1440, height: 900 }, speed: 1.2 }, async (code) => {
    await openFile(code, 'backoff.ts');
    await code.command('Reasoning: Focus on Inspector View');
    await widenSideBar(code, 470);
    await askFromPalette(code, PROMPT);
    const side = await waitForState(code, 'thinking');
    // well into the thought, where there is something to see
    await side.getByText('There it is').first().waitFor();
    await picture(code, 'thinking-dark.png');
    await waitForState(code, 'done');
    await code.command('Open Inspector in Editor');
    await code.page.locator('.tabs-container .tab.active').filter({ hasText: 'Why do' }).waitFor();
    await code.command('View: Show Explorer');
    await widenSideBar(code, 210);
    const tab = await waitForState(code, 'done');
    await settled(code, tab);
    await picture(code, 'inspector-dark.png');
  });
}

async function picture(code: Driven, name: string): Promise<void> {
  const path = join(README_PICTURES, name);
  // away from all that would show a tooltip
  await code.page.mouse.move(720, 640);
  await code.page.waitForTimeout(700);
  await code.page.screenshot({ path });
  const { size } = statSync(path);
  console.log(`${path}  ${(size / 1000).toFixed(0)} kB`);
  if (size > LARGEST) throw new Error(`${name} is larger than ${LARGEST / 1000} kB.`);
}

async function openFile(code: Driven, name: string): Promise<void> {
  await code.page.keyboard.press('Control+P');
  await code.page.locator('.quick-input-widget input').first().fill(name);
  await code.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().click();
  await code.page.locator('.tabs-container .tab.active').filter({ hasText: name }).waitFor();
}

/** Drags the edge of the side bar until the bar has the given width, in CSS pixels. */
async function widenSideBar(code: Driven, width: number): Promise<void> {
  const box = await code.page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('There is no side bar.');
  const { mouse } = code.page;
  const [x, y] = [box.x + box.width + 1, box.y + box.height / 2];
  await mouse.move(x, y);
  await mouse.down();
  await mouse.move(box.x + width, y, { steps: 8 });
  await mouse.up();
}

/** Waits until two looks a moment apart see the same rows. */
async function settled(code: Driven, frame: Frame): Promise<void> {
  for (let before = ''; ;) {
    const now = JSON.stringify(await readTree(frame));
    if (now === before) return;
    before = now;
    await code.page.waitForTimeout(400);
  }
}

async function gallery(only: string | undefined): Promise<void> {
  mkdirSync(GALLERY, { recursive: true });
  const file = join(GALLERY, 'long.json');
  writeFileSync(file, longTrace());
  const long = await startReplay({ file });
  const more = {
    'reasoningInspector.model': 'DeepSeek/deepseek-reasoner',
    'reasoningInspector.endpoints': [{ name: 'Long', baseUrl: long.baseUrl, api: 'chat' }],
  };
  try {
    for (const theme of Object.keys(THEMES) as Theme[]) {
      if (only === undefined ? theme.endsWith('2026') : theme !== only) continue;
      const viewport = { width: 1460, height: 900 };
      await withCode(theme, { viewport, speed: Infinity, more }, async (code) => {
        await code.command('Open Inspector in Editor');
        await code.command('View: Toggle Primary Side Bar Visibility');
        await pictures(code, 'no-key', theme);
        await chooseModel(code, 'Demo', SAMPLE_MODEL);
        await pictures(code, 'empty', theme);
        for (const { name, endpoint, model, state } of STATES) {
          if (name === 'failed') await code.command('Reasoning: Stop');
          await chooseModel(code, endpoint, model);
          await askFromPalette(code, PROMPT);
          await code.page.waitForTimeout(700);
          await waitForState(code, state);
          await code.command('View: Close Primary Side Bar').catch(() => undefined);
          await code.page.locator('.part.sidebar').waitFor({ state: 'hidden' });
          // the side bar's own inspector is gone with it: what is left is the one in the editor
          await settled(code, await waitForState(code, state));
          await pictures(code, name, theme);
        }
      });
    }
  } finally {
    await long.close();
  }
}

/** A saved trace as the replay server reads it. */
function longTrace(): string {
  const sample = JSON.parse(readFileSync(SAMPLE_FILE, 'utf8')) as { parts: { kind: string; text: string }[]; timeline: number[][] };
  const text = longReasoning(LONG);
  const answer = sample.parts.findIndex(({ kind }) => kind === 'answer');
  const parts = sample.parts.map((part, i) => (i < answer ? { ...part, text: i === 0 ? text : '' } : part));
  const pieces = Array.from({ length: Math.ceil(text.length / 500) }, (_, i) => [600 + i * 30, 0, 500]);
  return JSON.stringify({ ...sample, parts, timeline: [...pieces, ...sample.timeline.filter(([, part]) => part === answer)] });
}

/** Takes the inspector's editor tab at each width. */
async function pictures(code: Driven, state: string, theme: string): Promise<void> {
  for (const width of WIDTHS) {
    const frame = await code.webview('[aria-label=Prompt]');
    const have = await frame.evaluate(() => innerWidth);
    const viewport = code.page.viewportSize() ?? { width: 0, height: 900 };
    await code.page.setViewportSize({ width: viewport.width - have + width, height: 900 });
    await code.page.waitForTimeout(500);
    const clip = await (await frame.frameElement()).boundingBox();
    await code.page.screenshot({ path: join(GALLERY, `${theme}-${state}-${width}.png`), ...(clip === null ? {} : { clip }) });
  }
  console.log(`${theme} ${state}`);
}
