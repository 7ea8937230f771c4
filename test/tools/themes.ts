// `node test/tools/themes.ts`: reads the values of the theme variables that the view uses out of a real VS Code, in each of its
// own themes, and writes them to test/view/themes.json, with which the view is tested outside of VS Code.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, setStage } from '../demo/prepare.ts';
import { launch } from '../vscode/drive.ts';
import { install } from '../vscode/install.ts';
import { THEMES, chooseTheme } from '../vscode/themes.ts';
import type { Theme } from '../vscode/themes.ts';

// the side bar is what the view stands on
const used = new Set<string>(['sideBar-background']);
for (const name of readdirSync(join(ROOT, 'src/webview'), { recursive: true, encoding: 'utf8' }))
  if (/\.(css|tsx?)$/.test(name))
    for (const [, variable = ''] of readFileSync(join(ROOT, 'src/webview', name), 'utf8').matchAll(/--vscode-([\w-]+)/g))
      used.add(variable);

const installed = await install();
const stage = await setStage({ speed: Infinity });
const code = await launch({ installed, extension: ROOT, folder: stage.folder, settings: stage.settings });
try {
  await code.command('Reasoning: Focus on Inspector View');
  const values: Record<string, unknown> = {};
  for (const theme of Object.keys(THEMES) as Theme[]) {
    await chooseTheme(code, theme);
    const frame = await code.webview(`body[data-vscode-theme-id]`);
    // the webview is told after the workbench has changed
    await code.page.waitForTimeout(500);
    values[theme] = await frame.evaluate(
      (names) => {
        const style = document.documentElement.style;
        const pairs = names.map((name) => [name, style.getPropertyValue(`--vscode-${name}`)] as const);
        return { class: document.body.className, variables: Object.fromEntries(pairs.filter(([, value]) => value !== '')) };
      },
      [...used].sort(),
    );
  }
  writeFileSync(join(ROOT, 'test/view/themes.json'), `${JSON.stringify({ vscode: installed.version, themes: values }, null, 2)}\n`);
} finally {
  await code.close();
  await stage.close();
}
