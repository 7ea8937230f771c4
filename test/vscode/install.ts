import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The npm package that carries the VS Code we test in: workbench and extension host, served to a browser. 4.139.1 is VS Code 1.139.1. */
const CODE_SERVER = '4.139.1';
const ROOT = resolve(import.meta.dirname, '../..');

export interface Installed {
  /** The Node that runs the server: the one of the development dependencies, which is the one this VS Code was made for. */
  readonly node: string;
  /** Path of the server's main script. */
  readonly server: string;
  readonly version: string;
}

type Say = (line: string) => void;

/**
 * Installs VS Code from the npm registry into a cache (`RI_VSCODE_CACHE`, else `.vscode-test/server`). Each stage leaves a
 * stamp, so an interrupted installation goes on where it stopped. No native module is needed, so no script of any package runs.
 */
export async function install(say: Say = (line) => void process.stderr.write(`${line}\n`)): Promise<Installed> {
  const cache = resolve(process.env['RI_VSCODE_CACHE'] ?? join(ROOT, '.vscode-test/server'));
  const vscode = join(cache, 'node_modules/code-server/lib/vscode');
  const stages = [
    {
      name: `VS Code 1.${CODE_SERVER.slice(2)} (npm package code-server ${CODE_SERVER}, about 150 MB)`,
      in: cache,
      args: ['--save-exact', `code-server@${CODE_SERVER}`],
    },
    { name: 'what its server needs', in: vscode, args: ['--omit=dev', '--omit=optional'] },
    { name: 'what its built-in extensions need', in: join(vscode, 'extensions'), args: ['--omit=dev', '--omit=optional'] },
  ];
  const stamp = join(cache, `done-${CODE_SERVER}.json`);
  mkdirSync(cache, { recursive: true });
  let done = readStamp(stamp);
  if (done < stages.length && !existsSync(join(cache, 'package.json')))
    writeFileSync(join(cache, 'package.json'), JSON.stringify({ name: 'vscode-cache', private: true }));
  for (const [index, stage] of stages.entries()) {
    if (index < done) continue;
    await npmInstall(`${index + 1}/${stages.length} ${stage.name}`, stage.in, stage.args, say);
    done = index + 1;
    // written beside and moved: a stamp is there whole or not at all
    writeFileSync(`${stamp}.new`, JSON.stringify(done));
    renameSync(`${stamp}.new`, stamp);
  }
  const { version } = JSON.parse(readFileSync(join(vscode, 'package.json'), 'utf8')) as { version: string };
  return { node: nodeOfProject(), server: join(vscode, 'out/server-main.js'), version };
}

function readStamp(stamp: string): number {
  try {
    const done: unknown = JSON.parse(readFileSync(stamp, 'utf8'));
    return typeof done === 'number' ? done : 0;
  } catch {
    return 0;
  }
}

function nodeOfProject(): string {
  const path = join(ROOT, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(path)) throw new Error('Node 24 is missing from node_modules: run `npm ci` first.');
  return path;
}

/** Runs one `npm install`, with a line at its start, one every ten seconds, and one at its end. */
async function npmInstall(name: string, cwd: string, args: readonly string[], say: Say): Promise<void> {
  const started = Date.now();
  const seconds = (): string => `${Math.round((Date.now() - started) / 1000)} s`;
  say(`installing ${name} …`);
  const tick = setInterval(() => say(`  … still at it (${seconds()})`), 10_000);
  const all = ['install', ...args, '--ignore-scripts', '--no-audit', '--no-fund', '--engine-strict=false', '--loglevel=error'];
  // under `npm run` this is the npm that was called, which need not be the first on the PATH
  const npm = process.env['npm_execpath'];
  const child = npm?.endsWith('.js')
    ? spawn(process.execPath, [npm, ...all], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    : spawn('npm', all, { cwd, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (output = (output + data.toString()).slice(-4000)));
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  }).finally(() => clearInterval(tick));
  if (code !== 0) {
    rmSync(join(cwd, 'node_modules/.package-lock.json'), { force: true });
    throw new Error(`Installing ${name} failed (npm ended with ${code}); run it again to go on from here.\n${output}`);
  }
  say(`  done in ${seconds()}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(JSON.stringify(await install(), null, 2));
