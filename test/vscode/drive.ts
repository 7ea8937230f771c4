import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { atExit } from '../tools/at-exit.ts';
import { launchChromium } from '../tools/chromium.ts';
import type { Installed } from './install.ts';
import { endGroup, findInGroup, startGroup } from './processes.ts';

export interface LaunchOptions {
  readonly installed: Installed;
  /** Folder of the extension under development: the one with its package.json. */
  readonly extension: string;
  /** Folders of further extensions that are installed. */
  readonly others?: readonly string[];
  /** Folder to open as the workspace. */
  readonly folder: string;
  /** User settings, on top of ours that keep the workbench quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A built module that exports `run(): Promise<void>`, to be run inside the extension host. */
  readonly tests?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Whether every workspace is trusted without a question. Default true. */
  readonly trust?: boolean;
  /** Runs the extension in the browser's web-worker extension host, as on vscode.dev. Needs the extension's id. */
  readonly webHost?: string;
  readonly colorScheme?: 'dark' | 'light';
  /** The language that the editor is set to, as `de` or `zh-cn`; its own words stay English, extensions follow it. */
  readonly language?: string;
}

/** What a run inside the extension host came to. */
export interface TestsResult {
  readonly code: number;
  readonly log: readonly string[];
}

export interface Served {
  /** The address that shows the workspace, with the extension loaded. */
  readonly url: string;
  readonly server: ChildProcess;
  /** Everything the server printed so far. */
  readonly log: readonly string[];
  /** Folder of the server's data: `data/User/settings.json` and the logs of the extensions are in it. */
  readonly home: string;
  close(): Promise<void>;
}

export interface Driven extends Served {
  readonly page: Page;
  readonly browser: Browser;
  /** Lines of the page's console, the extension's own included. */
  readonly consoleLog: readonly string[];
  readonly testsDone: Promise<TestsResult>;
  /** Runs a command from the palette, as a person would: opens it, types the text, takes the first row that holds it. */
  command(text: string, timeoutMs?: number): Promise<void>;
  /** The frame of the webview that holds `selector`; VS Code nests webviews two iframes deep. */
  webview(selector: string, timeoutMs?: number): Promise<Frame>;
  /** Loads the workbench again, as a reload of the window does. */
  reload(): Promise<void>;
  /** Process ids of the extension hosts of this server. */
  extensionHosts(): number[];
}

/** VS Code without its native modules does well, but says at length that it misses them; style directives come along. */
const NOISE = /^%c|bindings file|watchdog|ServiceWorker|DisposableStore/;

const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
};

/** Starts a served VS Code; nothing is opened. Its data are in a temporary folder that goes with it. */
export async function serve(options: LaunchOptions): Promise<Served> {
  const { installed, extension, folder, settings = {}, trust = true, webHost, tests } = options;
  const home = mkdtempSync(join(realpathSync(tmpdir()), 'ri-vscode-'));
  // the last process of the group may still be writing its log while it goes
  const removeHome = (): void => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  const forgetHome = atExit(removeHome);
  const user = {
    ...QUIET_SETTINGS,
    ...(trust ? { 'security.workspace.trust.enabled': false } : {}),
    ...(webHost === undefined ? {} : { 'remote.extensionKind': { [webHost]: ['web'] } }),
    ...settings,
  };
  // in a served VS Code, settings of machine scope count in the server's own settings, all others in the user's
  for (const where of ['User', 'Machine']) {
    mkdirSync(join(home, 'data', where), { recursive: true });
    writeFileSync(join(home, 'data', where, 'settings.json'), JSON.stringify(where === 'User' ? user : settings, null, 2));
  }
  for (const other of options.others ?? []) cpSync(other, join(home, 'extensions', basename(other)), { recursive: true });
  // others on this machine must not get at a terminal of ours
  const token = randomBytes(16).toString('hex');
  const args = ['--host', '127.0.0.1', '--port', '0', '--connection-token', token, '--accept-server-license-terms'];
  args.push('--enable-smoke-test-driver', '--server-data-dir', home, '--extensions-dir', join(home, 'extensions'));
  const log: string[] = [];
  const server = startGroup(installed.node, [installed.server, ...args], cleanEnv());
  const close = async (): Promise<void> => {
    await endGroup(server);
    removeHome();
    forgetHome();
  };
  try {
    const port = await portOf(server, log);
    const remote = (path: string): string =>
      `vscode-remote://127.0.0.1:${port}${path.startsWith('/') ? '' : '/'}${path.replaceAll('\\', '/')}`;
    const payload = [['extensionDevelopmentPath', remote(extension)]];
    if (tests !== undefined) payload.push(['extensionTestsPath', remote(tests)]);
    const query = new URLSearchParams({ tkn: token, folder, payload: JSON.stringify(payload) });
    return { url: `http://127.0.0.1:${port}/?${query.toString()}`, server, log, home, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Starts a served VS Code and opens it in a headless Chromium. */
export async function launch(options: LaunchOptions): Promise<Driven> {
  const served = await serve(options);
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close().catch(() => undefined);
    await served.close();
  };
  try {
    browser = await launchChromium();
    const page = await browser.newPage({
      viewport: options.viewport ?? { width: 1500, height: 950 },
      colorScheme: options.colorScheme ?? 'dark',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const consoleLog: string[] = [];
    const note = (text: string): void => {
      if (!NOISE.test(text)) consoleLog.push(text);
    };
    page.on('console', (message) => note(message.text()));
    let finish: (result: TestsResult) => void = () => undefined;
    const testsDone = new Promise<TestsResult>((done) => (finish = done));
    // the two functions through which the workbench tells whoever embeds it how a test run ended
    await page.exposeFunction('codeAutomationLog', (_level: string, words: unknown[]) => note(words.join(' ')));
    await page.exposeFunction('codeAutomationExit', (code: number) => finish({ code, log: consoleLog }));
    if (options.language !== undefined) await page.addInitScript(setLanguage, options.language);
    await page.goto(served.url);
    await workbenchReady(page);
    return {
      ...served,
      page,
      browser,
      consoleLog,
      testsDone,
      close,
      command: (text, timeoutMs) => runCommand(page, text, timeoutMs),
      webview: (selector, timeoutMs) => findWebview(page, selector, timeoutMs),
      async reload() {
        // by its own command, so that VS Code keeps what it should keep before it goes
        const gone = page.waitForEvent('framenavigated', { predicate: (frame) => frame === page.mainFrame() });
        await runCommand(page, 'Developer: Reload Window');
        await gone;
        await workbenchReady(page);
      },
      extensionHosts: () => findInGroup(served.server, '--type=extensionHost'),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs in the page before the workbench: what its texts would say of themselves if a language pack had brought them. */
function setLanguage(language: string): void {
  Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { get: () => language, set: () => undefined });
}

/** Variables of an editor or a model provider in our own environment must not reach the server under test. */
function cleanEnv(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VSCODE_|OPENAI_|ELECTRON_|npm_)/.test(name)));
}

async function portOf(server: ChildProcess, log: string[]): Promise<number> {
  return await new Promise<number>((found, fail) => {
    const timer = setTimeout(() => stop(new Error(`VS Code's server did not start within 60 s:\n${log.join('')}`)), 60_000);
    const stop = (outcome: number | Error): void => {
      clearTimeout(timer);
      if (typeof outcome === 'number') found(outcome);
      else fail(outcome);
    };
    const read = (data: Buffer): void => {
      log.push(data.toString());
      const text = log.join('');
      const port = /Server bound to [^\s]*:(\d+)/.exec(text)?.[1];
      if (port !== undefined && text.includes('Extension host agent listening')) stop(Number(port));
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.once('error', stop);
    server.once('exit', (code) => stop(new Error(`VS Code's server ended at once (${code}):\n${log.join('')}`)));
  });
}

async function workbenchReady(page: Page): Promise<void> {
  await page.waitForSelector('.monaco-workbench', { timeout: 60_000 });
  await page.waitForSelector('.statusbar-item', { timeout: 60_000 });
}

async function runCommand(page: Page, text: string, timeoutMs = 30_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  const input = page.locator('.quick-input-widget input').first();
  const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
  const shown = (locator: Locator, ms: number): Promise<boolean> =>
    locator.waitFor({ state: 'visible', timeout: ms }).then(
      () => true,
      () => false,
    );
  // patience grows: soon after the start the row is not there yet, on a slow machine it takes its time
  for (let patience = 400; ; patience = Math.min(1500, patience + 200)) {
    // a view that just appears may take the focus, and the palette closes: then it is opened again
    await page.keyboard.press('F1');
    if (await shown(input, 1500)) {
      const typed = await input.fill(`>${text}`, { timeout: 1500 }).then(
        () => true,
        () => false,
      );
      // a contributed command is offered only once VS Code knows its extension
      if (typed && (await shown(row, patience))) {
        const ran = await row.click({ timeout: 1500 }).then(
          () => true,
          () => false,
        );
        if (ran) return;
      }
    }
    await page.keyboard.press('Escape');
    if (Date.now() > end) throw new Error(`The palette never offered '${text}'.`);
  }
}

async function findWebview(page: Page, selector: string, timeoutMs = 20_000): Promise<Frame> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    for (const frame of page.frames()) {
      // a frame may go away while it is asked
      if (await frame.$(selector).then(Boolean, () => false)) return frame;
    }
    if (Date.now() > end) throw new Error(`No webview holds ${selector}.`);
    await page.waitForTimeout(100);
  }
}
