// `npm run screenshots`: the pictures of the README, taken in a real VS Code with the sample. `-- --gallery`: every state, width and
// theme of the inspector into out/gallery, to look through.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { ROOT, setStage } from '../demo/prepare.ts';
import { launch } from '../vscode/drive.ts';
import type { Driven } from '../vscode/drive.ts';
import { askFromPalette, chooseModel, readTree, waitForState } from '../vscode/inspector.ts';
import { install } from '../vscode/install.ts';

const PROMPT = 'Why do the retries start over after 85 minutes?';
const README_PICTURES = join(ROOT, 'media/screenshots');
const GALLERY = join(ROOT, 'out/gallery');
/** Bytes; larger ones make the repository heavy for everybody who clones it. */
const LARGEST = 300_000;

const THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
};
const WIDTHS = [320, 800, 1400];

const [installed, args] = [await install(), process.argv.slice(2)];
if (args.includes('--gallery')) await gallery(args.find((arg) => arg in THEMES));
else await readme();

async function withCode(
  theme: string,
  viewport: { width: number; height: number },
  speed: number,
  use: (code: Driven, folder: string) => Promise<void>,
) {
  const stage = await setStage({ speed });
  try {
    const settings = {
      ...stage.settings,
      'workbench.colorTheme': theme,
      'window.commandCenter': false,
      'window.title': '${activeEditorShort}${separator}${rootName}',
      'editor.minimap.enabled': false,
    };
    const code = await launch({ installed, extension: ROOT, folder: stage.folder, settings, viewport });
    try {
      await themed(code, theme);
      await use(code, stage.folder);
    } finally {
      await code.close();
    }
  } finally {
    await stage.close();
  }
}

/** A picture must not carry the name of a theme that it does not show: VS Code passes over a theme that it does not find. */
async function themed({ page }: Driven, theme: string): Promise<void> {
  const kind = theme.includes('Contrast Light')
    ? 'hc-light'
    : theme.includes('Contrast')
      ? 'hc-black'
      : theme.includes('Dark')
        ? 'vs-dark'
        : 'vs';
  const shown = await page.waitForSelector(`.monaco-workbench.${kind}`, { timeout: 15_000 }).catch(() => null);
  if (shown === null) throw new Error(`VS Code did not take the theme “${theme}”, so no picture was taken in it.`);
}

async function readme(): Promise<void> {
  mkdirSync(README_PICTURES, { recursive: true });
  await withCode(THEMES.dark, { width: 1440, height: 900 }, 1.2, async (code) => {
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
  await code.page.mouse.move(400, 4);
  await code.page.waitForTimeout(150);
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
  for (const [name, theme] of Object.entries(THEMES)) {
    if (only !== undefined && name !== only) continue;
    await withCode(theme, { width: 1460, height: 900 }, Infinity, async (code) => {
      await code.command('Open Inspector in Editor');
      await code.command('View: Toggle Primary Side Bar Visibility');
      await pictures(code, 'idle', name);
      for (const [model, state] of [
        ['model-hold', 'thinking'],
        ['model-401', 'failed'],
        ['model-length', 'cutoff'],
        ['model-encrypted', 'done'],
        ['sample-reasoner', 'done'],
      ] as const) {
        if (model === 'model-401') await code.command('Reasoning: Stop');
        await chooseModel(code, 'Demo', model);
        await askFromPalette(code, PROMPT);
        await code.page.waitForTimeout(700);
        await waitForState(code, state);
        await code.command('View: Close Primary Side Bar').catch(() => undefined);
        await pictures(code, model === 'sample-reasoner' ? 'done' : `${state}-${model}`, name);
      }
    });
  }
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
