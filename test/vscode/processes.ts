import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { atExit } from '../tools/at-exit.ts';

/** How to call off what is done about a group when this process ends. */
const forget = new WeakMap<ChildProcess, () => void>();

/** Starts a program in a process group of its own, so that all that it starts can be ended with it. */
export function startGroup(program: string, args: readonly string[], env: Readonly<Record<string, string | undefined>>): ChildProcess {
  const keeper = join(import.meta.dirname, 'keeper.ts');
  const options = { env: { ...env }, detached: process.platform !== 'win32' };
  const child = spawn(process.execPath, [keeper, program, ...args], { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  forget.set(
    child,
    atExit(() => signalGroup(child, 'SIGKILL')),
  );
  return child;
}

/** Ends a group: politely, and after two seconds with force. Resolves when its head has gone and the rest were told to. */
export async function endGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((done) => child.once('exit', done));
    signalGroup(child, 'SIGTERM');
    const force = setTimeout(() => signalGroup(child, 'SIGKILL'), 2000);
    await gone;
    clearTimeout(force);
  }
  // the head may be gone while an extension host or a terminal of its group lives on
  signalGroup(child, 'SIGKILL');
  forget.get(child)?.();
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') execFileSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    else process.kill(-child.pid, signal);
  } catch {
    // nobody is left in the group
  }
}

/** Process ids in the group of `child` whose command line holds `text`. */
export function findInGroup(child: ChildProcess, text: string): number[] {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,pgid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [, pid, group, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    // what has ended and was not yet taken note of is no process any more
    return Number(group) === child.pid && args?.includes(text) && !args.includes('<defunct>') ? [Number(pid)] : [];
  });
}
