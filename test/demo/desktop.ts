import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './prepare.ts';
import type { Stage } from './prepare.ts';

/** Opens the stage in the desktop VS Code, with settings and state of its own, and waits until its window is closed. */
export async function openDesktop({ folder, settings }: Stage, say: (line: string) => void): Promise<number> {
  const home = mkdtempSync(join(realpathSync(tmpdir()), 'ri-desktop-'));
  mkdirSync(join(home, 'User'), { recursive: true });
  const quiet = { 'security.workspace.trust.enabled': false, 'workbench.startupEditor': 'none', 'update.mode': 'none' };
  writeFileSync(join(home, 'User/settings.json'), JSON.stringify({ ...quiet, ...settings }, null, 2));
  say('opening the desktop VS Code; the demo ends when its window is closed');
  const args = ['--wait', '--new-window', '--disable-extensions', '--user-data-dir', home, `--extensionDevelopmentPath=${ROOT}`, folder];
  try {
    return await new Promise<number>((done) => {
      const child = spawn('code', args, { stdio: 'inherit', shell: process.platform === 'win32' });
      child.once('error', () => {
        console.error("The command `code` is not on the PATH: in VS Code, run “Shell Command: Install 'code' command in PATH”.");
        done(1);
      });
      child.once('exit', (code) => done(code ?? 1));
    });
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
