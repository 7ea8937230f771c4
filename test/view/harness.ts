import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { policyOf } from '../../src/host/policy.ts';
import type { Grounding } from '../../src/core/grounding.ts';
import type { StampedEvent } from '../../src/core/events.ts';
import type { ComposerState, Shown } from '../../src/protocol/messages.ts';
import { launchChromium } from '../tools/chromium.ts';
import { bodyClass, themeSheet } from './themes.ts';
import type { Theme } from './themes.ts';

/** Projects' root, as `import.meta` sees it from here. */
const ROOT = join(import.meta.dirname, '../..');
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

/** The view as it ships, in a page that is to it what VS Code's webview is. */
/** Names that scripts rely on: the same in every language. */
export const FIXED_NAMES = [
  ['tree', 'Reasoning'],
  ['region', 'Answer'],
  ['list', 'Findings'],
  ['textbox', 'Prompt'],
  ['searchbox', 'Search reasoning'],
  ['slider', 'Position in the reasoning'],
  ['button', 'Ask'],
] as const;

export interface Harness {
  readonly browser: Browser;
  /** The folder that holds the built view. */
  readonly dist: string;
  open(options?: OpenOptions): Promise<View>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly shown?: Shown | null;
  readonly events?: readonly StampedEvent[];
  readonly composer?: ComposerState;
  readonly strings?: Readonly<Record<string, string>>;
  readonly grounding?: Grounding;
  readonly bodyClass?: string;
  readonly context?: Parameters<Browser['newContext']>[0];
  /** Runs in the page before the view does. */
  readonly before?: () => void;
}

export interface View {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Requests for anything but the view's own files, and everything that the browser complained of. */
  readonly strayRequests: string[];
  readonly complaints: string[];
  calls(): Promise<{ name: string; argument: unknown }[]>;
  /** Changes the theme under the view, as VS Code does when its own is changed. */
  wear(theme: Theme): Promise<void>;
  close(): Promise<void>;
}

function page(nonce: string, origin: string, theme: Theme, extra: string): string {
  const csp = policyOf(origin, nonce);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${csp}">
<title>Reasoning</title><style id="theme" nonce="${nonce}">${themeSheet(theme)}</style><link rel="stylesheet" href="/view.css"></head>
<body class="${bodyClass(theme)} ${extra}"><div id="app"></div>
<script nonce="${nonce}" src="/fake-host.js"></script><script type="module" nonce="${nonce}" src="/view.js"></script></body></html>`;
}

export async function startHarness(): Promise<Harness> {
  const dist = mkdtempSync(join(tmpdir(), 'view-'));
  const { view } = (await import(join(ROOT, 'esbuild.mjs'))) as { view: BuildOptions };
  await build({ ...view, absWorkingDir: ROOT, outdir: dist });
  await build({
    entryPoints: [join(import.meta.dirname, 'fake-host.ts')],
    bundle: true,
    format: 'iife',
    outdir: dist,
    logLevel: 'warning',
  });

  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/') {
      const nonce = randomBytes(16).toString('base64');
      response.setHeader('content-type', 'text/html');
      response.end(page(nonce, origin, (url.searchParams.get('theme') ?? 'dark') as Theme, url.searchParams.get('class') ?? ''));
      return;
    }
    try {
      const body = readFileSync(join(dist, url.pathname.replace(/[^\w.-]/g, '')));
      response.setHeader('content-type', TYPES[extname(url.pathname)] ?? 'application/octet-stream');
      response.end(body);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const browser = await launchChromium();

  return {
    browser,
    dist,
    async open({
      theme = 'dark',
      width = 1000,
      height = 800,
      bodyClass: bodyClassOf = '',
      context: contextOptions,
      before,
      ...start
    } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, ...contextOptions });
      const opened = await context.newPage();
      const strayRequests: string[] = [];
      const complaints: string[] = [];
      opened.on('request', (request) => {
        // the worker of the analysis is started from what the page holds: `blob:` of its own origin
        if (
          !request
            .url()
            .replace(/^blob:/, '')
            .startsWith(`${origin}/`) &&
          !request.url().startsWith('data:')
        )
          strayRequests.push(request.url());
      });
      opened.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('favicon')) complaints.push(message.text());
      });
      opened.on('pageerror', (error) => complaints.push(String(error)));
      if (before !== undefined) await opened.addInitScript(before);
      if (Object.keys(start).length > 0) {
        await opened.addInitScript((json) => {
          if (sessionStorage.getItem('start') === null) sessionStorage.setItem('start', json);
        }, JSON.stringify(start));
      }
      await opened.goto(`${origin}/?theme=${theme}&class=${encodeURIComponent(bodyClassOf)}`);
      await opened.waitForSelector('[role="status"]', { state: 'attached' });
      return {
        page: opened,
        context,
        strayRequests,
        complaints,
        calls: () => opened.evaluate(() => window.fakeHost.calls),
        wear: (next) =>
          opened.evaluate(
            ([sheet, classes]) => {
              const style = document.getElementById('theme');
              if (style !== null) style.textContent = sheet;
              document.body.className = classes;
              // the page's own policy may have refused it
              const [, name = '', value = ''] = /(--vscode-[\w-]+): ([^;]*);/.exec(sheet) ?? [];
              if (getComputedStyle(document.documentElement).getPropertyValue(name).trim() !== value)
                throw new Error('The theme was not taken.');
            },
            [themeSheet(next), `${bodyClass(next)} ${bodyClassOf}`] as const,
          ),
        close: () => context.close(),
      };
    },
    async close() {
      await browser.close();
      server.close();
      rmSync(dist, { recursive: true, force: true });
    },
  };
}
