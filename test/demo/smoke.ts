import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from '../vscode/drive.ts';
import type { Installed } from '../vscode/install.ts';
import { askFromPalette, waitForState, walkTree } from '../vscode/inspector.ts';
import { ROOT } from './prepare.ts';
import type { Stage } from './prepare.ts';

const PROMPT = 'Why do the retries start over after 85 minutes?';

/** Uses the extension as a person would, without a window, and prints what it saw. Throws where it does not see what it should. */
export async function smoke(installed: Installed, { folder, settings, replay }: Stage, say: (line: string) => void): Promise<number> {
  say(`starting VS Code ${installed.version}, without a window …`);
  const code = await launch({ installed, extension: ROOT, folder, settings });
  try {
    say('palette: Ask a Reasoning Model…');
    await askFromPalette(code, PROMPT);
    const frame = await waitForState(code, 'done');
    const sent = replay.chats().at(-1)?.body?.['messages'];
    if (!JSON.stringify(sent).includes(PROMPT)) throw new Error('The model was asked something else than what was typed.');
    const rows = await walkTree(code, frame);
    if (!rows.some(({ level }) => level > 1)) throw new Error('The page shows no tree: there is no row below the first level.');
    say(`the reasoning, as the page shows it (${rows.length} rows):\n`);
    for (const { level, kind, text } of rows) say(`${'  '.repeat(level)}${kind === '' ? '' : `[${kind}] `}${text.slice(0, 110)}`);
    const answer = frame.getByRole('region', { name: 'Answer' });
    if (!(await answer.innerText()).includes('1 << 31')) throw new Error('The page does not show the answer.');
    say(`\nthe answer begins: ${await answer.locator('p').first().innerText()}`);

    say('palette: Save Trace to Workspace');
    await code.command('Save Trace to Workspace');
    const file = await savedTrace(folder);
    say(`saved: ${file}`);
    return 0;
  } finally {
    await code.close();
  }
}

/** Waits for the trace file and reads it. */
async function savedTrace(folder: string): Promise<string> {
  const traces = join(folder, '.reasoning');
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    const name = existsSync(traces) ? readdirSync(traces).find((entry) => entry.endsWith('.reasoning.json')) : undefined;
    if (name !== undefined) {
      const path = join(traces, name);
      const { version, parts } = parsed(path);
      if (version === 1 && Array.isArray(parts) && parts.length === 2) return path;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`No whole trace file appeared in ${traces} within 20 s.`);
}

/** A file that is just being written does not parse yet. */
function parsed(path: string): { version?: unknown; parts?: unknown } {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as object;
  } catch {
    return {};
  }
}
