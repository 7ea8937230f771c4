import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SAMPLE_MODEL, startReplay } from '../replay/server.ts';
import type { Replay, ReplayOptions } from '../replay/server.ts';
import { atExit } from '../tools/at-exit.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
export const EXTENSION_ID = 'reasoning-inspector.reasoning-inspector';

/** A project to work on and a model to ask, as the demo and the tests use them. */
export interface Stage {
  /** A copy of the sample project in a temporary folder. */
  readonly folder: string;
  readonly replay: Replay;
  /** The user settings that make the replay server the model. */
  readonly settings: Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}

export async function setStage(options: ReplayOptions & { readonly model?: string } = {}): Promise<Stage> {
  const replay = await startReplay(options);
  // the folder's name is shown as the name of the workspace
  const home = mkdtempSync(join(realpathSync(tmpdir()), 'ri-stage-'));
  const removeHome = (): void => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  const forgetHome = atExit(removeHome);
  const folder = join(home, 'hookpost');
  cpSync(join(ROOT, 'media/sample/project'), folder, { recursive: true });
  return {
    folder,
    replay,
    settings: settingsFor(replay, options.model),
    async close() {
      await replay.close();
      removeHome();
      forgetHome();
    },
  };
}

export function settingsFor(replay: Replay, model: string = SAMPLE_MODEL): Record<string, unknown> {
  return {
    'reasoningInspector.endpoints': [{ name: 'Demo', baseUrl: replay.baseUrl, api: 'chat' }],
    'reasoningInspector.model': `Demo/${model}`,
  };
}

/** Builds the extension as it ships. Says nothing unless it fails. */
export async function buildExtension(): Promise<void> {
  const child = spawn(process.execPath, ['esbuild.mjs'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  if (code !== 0) throw new Error(`The extension could not be built (exit ${code}):\n${output}`);
}
