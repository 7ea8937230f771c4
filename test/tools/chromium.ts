import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import './at-exit.ts';

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Meant for functions in a cloud: one process ends with its first closed context, and web security is what tests are about. */
const FOREIGN = ['--single-process', '--no-zygote', '--disable-web-security', '--allow-running-insecure-content'];

/** A browser ends with this process: `at-exit.ts` sees to it that a signal leads there. */
const SIGNALS = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };

/** What to do where no browser can be had; thrown as the message of an error, so that a suite fails and says why. */
export const NO_BROWSER =
  'No browser to test with: install Google Chrome or Chromium (on Debian and Ubuntu `apt install chromium`), or set CHROME_PATH to one.';

/** A headless Chromium: CHROME_PATH, else an installed one, else (Linux on x64) the one that comes as an npm package. */
export async function launchChromium(args: readonly string[] = []): Promise<Browser> {
  const installed = process.env['CHROME_PATH'] ?? installedBrowser();
  if (installed !== undefined) return await chromium.launch({ executablePath: installed, args: [...QUIET, ...args], ...SIGNALS });
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error(NO_BROWSER);
  return await launchPacked(args);
}

async function launchPacked(args: readonly string[]): Promise<Browser> {
  const packed = await import('@sparticuz/chromium');
  const own = packed.default.args.filter((arg) => !FOREIGN.includes(arg));
  const options = { executablePath: await packed.default.executablePath(), args: [...own, ...QUIET, ...args], ...SIGNALS };
  try {
    return await chromium.launch(options);
  } catch (error) {
    if (!String(error).includes('error while loading shared libraries')) throw error;
  }
  // a bare machine has no libnss3 and the like: the package carries them for another purpose, they serve here as well
  const home = resolve(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../..');
  const { inflate } = (await import(pathToFileURL(join(home, 'build/esm/lambdafs.js')).href)) as {
    inflate: (archive: string) => Promise<string>;
  };
  const libraries = join(await inflate(join(home, 'bin/al2023.tar.br')), 'lib');
  const path = [libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(delimiter);
  return await chromium.launch({ ...options, env: { ...definedEnv(), LD_LIBRARY_PATH: path } });
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** The usual places of Chrome, Chromium and Edge. */
function installedBrowser(): string | undefined {
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];
  const onPath = (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const places: Partial<Record<NodeJS.Platform, string[]>> = {
    linux: onPath,
    darwin: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ],
    win32: [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']].flatMap((root) =>
      root === undefined ? [] : [join(root, 'Google/Chrome/Application/chrome.exe'), join(root, 'Microsoft/Edge/Application/msedge.exe')],
    ),
  };
  return (places[process.platform] ?? onPath).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
