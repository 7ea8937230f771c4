import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before } from 'node:test';
import type { Frame } from 'playwright-core';
import { ROOT, setStage } from '../../demo/prepare.ts';
import type { Stage } from '../../demo/prepare.ts';
import type { ReplayOptions } from '../../replay/server.ts';
import { launch } from '../drive.ts';
import type { Driven, LaunchOptions } from '../drive.ts';
import { install } from '../install.ts';
import { findInGroup } from '../processes.ts';

interface SessionOptions extends Pick<LaunchOptions, 'trust' | 'webHost' | 'viewport' | 'settings' | 'others' | 'language'> {
  /** The model that is chosen in the settings. Default: the sample's. */
  readonly model?: string;
  readonly replay?: ReplayOptions;
  /** Changes the settings that name the endpoint. */
  readonly endpoint?: Readonly<Record<string, unknown>>;
}

/** A VS Code for the tests of one file, with the sample project and the replay server. */
export interface Session {
  readonly code: Driven;
  readonly stage: Stage;
}

/** Opens VS Code before the tests of a file and closes it after them; a test that fails leaves a picture in `out/failures`. */
export function session(options: SessionOptions = {}): Session {
  let code: Driven | undefined;
  let stage: Stage | undefined;
  before(async () => {
    assert.ok(existsSync(join(ROOT, 'dist/extension.js')), 'nothing is built: run `npm run build` first');
    stage = await setStage({ ...options.replay, ...(options.model === undefined ? {} : { model: options.model }) });
    const endpoints = stage.settings['reasoningInspector.endpoints'] as object[];
    const settings = {
      ...stage.settings,
      'reasoningInspector.endpoints': endpoints.map((endpoint) => ({ ...endpoint, ...options.endpoint })),
      ...options.settings,
    };
    code = await launch({ ...options, settings, installed: await install(), extension: ROOT, folder: stage.folder });
  });
  after(async () => {
    await code?.close();
    await stage?.close();
    const server = code?.server;
    if (server !== undefined) await until('no process of VS Code is left', () => findInGroup(server, '').length === 0);
  });
  afterEach(async (t) => {
    if (!('passed' in t) || t.passed || code === undefined) return;
    mkdirSync(join(ROOT, 'out/failures'), { recursive: true });
    await code.page.screenshot({ path: join(ROOT, 'out/failures', `${t.name.replace(/\W+/g, '-')}.png`) }).catch(() => undefined);
  });
  return {
    get code() {
      assert.ok(code, 'VS Code is not open');
      return code;
    },
    get stage() {
      assert.ok(stage, 'the stage is not set');
      return stage;
    },
  };
}

/** Asks again until the answer is true; what the answer depends on happens elsewhere and at its own pace. */
export async function until(about: string, condition: () => boolean | Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  for (const end = Date.now() + timeoutMs; !(await condition());) {
    assert.ok(Date.now() < end, `${about}: not so within ${timeoutMs / 1000} s`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/**
 * The files of a folder whose names end so, sorted, once each of them is whole: none while there is no folder yet, or while
 * one of its files is being written.
 */
export function writtenFiles(folder: string, ending: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).sort();
  const found = names.filter((name) => name.endsWith(ending));
  const whole = found.every((name) => readFileSync(join(folder, name), 'utf8').endsWith('\n'));
  return whole && !names.some((name) => name.endsWith('.part')) ? found : [];
}

/** Types a question into the view's own prompt box and sends it. */
export async function askInView(frame: Frame, prompt: string): Promise<void> {
  const box = frame.getByRole('textbox', { name: 'Prompt' });
  await box.fill(prompt);
  await box.press('Enter');
}

export const TREE = '[role=tree][aria-label=Reasoning]';
