// `npm run demo`: the extension in a real VS Code, with a sample project and a model that needs no key and no network.
import { spawn, spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { serve } from '../vscode/drive.ts';
import { install } from '../vscode/install.ts';
import { openDesktop } from './desktop.ts';
import { buildExtension, ROOT, setStage } from './prepare.ts';
import type { Stage } from './prepare.ts';
import { smoke } from './smoke.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const HELP = `npm run demo               starts VS Code in the browser, with the extension and a model that replays a recorded thought
npm run demo -- --desktop  uses the desktop VS Code (the command \`code\`) instead
npm run demo -- --smoke    drives itself without a window, prints what it saw, and ends`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { desktop: { type: 'boolean' }, smoke: { type: 'boolean' }, help: { type: 'boolean' }, 'no-browser': { type: 'boolean' } },
  });
  if (values.help) {
    say(HELP);
    return 0;
  }
  say('building the extension …');
  await buildExtension();
  if (values.desktop) return await withStage(1, (stage) => openDesktop(stage, say));
  const installed = await install(say);
  if (values.smoke) return await withStage(Infinity, (stage) => smoke(installed, stage, say));
  return await withStage(1, async ({ folder, settings }) => {
    say(`starting VS Code ${installed.version} …`);
    const served = await serve({ installed, extension: ROOT, folder, settings });
    try {
      say(
        `\n  ${served.url}\n\nOpen the Reasoning view in the activity bar and ask, or run “Reasoning: Ask a Reasoning Model…” from the palette (F1).`,
      );
      say('Whatever you ask, the model replays the sample: why the retries of this project start over. Ctrl+C ends the demo.');
      if (!values['no-browser']) openBrowser(served.url);
      await interrupted();
    } finally {
      say('\nended; nothing is left running');
      await served.close();
    }
    return 0;
  });
}

/** Runs something with the sample project and the replay server, and takes both away again, however it ends. */
async function withStage(speed: number, run: (stage: Stage) => Promise<number>): Promise<number> {
  const stage = await setStage({ speed });
  try {
    return await run(stage);
  } finally {
    await stage.close();
  }
}

/** Resolves when the person, or the system, asks us to end. */
async function interrupted(): Promise<void> {
  await new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done());
  });
}

/** Shows an address in the person's browser, if there is one; the address was printed, so failing is no harm. */
function openBrowser(url: string): void {
  if (process.env['CI'] !== undefined) return;
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return;
  const [program, args]: [string, string[]] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['rundll32', ['url.dll,FileProtocolHandler', url]]
        : ['xdg-open', [url]];
  if (process.platform === 'linux' && spawnSync('which', ['xdg-open']).status !== 0) return;
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
