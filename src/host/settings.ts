import * as vscode from 'vscode';
import type { Price } from '../core/cost.ts';
import type { Effort } from '../core/trace.ts';
import { APIS, EFFORTS } from '../core/trace.ts';
import type { Endpoint } from '../providers/provider.ts';

const SECTION = 'reasoningInspector';

/** What the user chose, read anew at each use so that no copy grows old. */
export interface Settings {
  readonly endpoints: readonly Endpoint[];
  readonly model: string;
  readonly effort: Effort;
  readonly maxTokens: number | undefined;
  readonly systemPrompt: string;
  readonly saveFolder: string;
  readonly autoSave: boolean;
  readonly redactSecrets: boolean;
  /** Whether the bytes of the wire are kept beside saved traces. */
  readonly recordWire: boolean;
  /** By `"<endpoint>/<model>"`. */
  readonly prices: Readonly<Record<string, Price>>;
}

export function readSettings(scope?: vscode.Uri): Settings {
  const config = vscode.workspace.getConfiguration(SECTION, scope);
  const maxTokens = config.get<number>('maxTokens', 0);
  const effort = config.get<string>('effort', 'default');
  return {
    // never what a workspace says, whatever scope the setting had: an address decides where prompts and keys go
    endpoints: (config.inspect<unknown[]>('endpoints')?.globalValue ?? []).filter(isEndpoint),
    model: config.get<string>('model', '').trim(),
    effort: (EFFORTS as readonly string[]).includes(effort) ? (effort as Effort) : 'default',
    maxTokens: maxTokens > 0 ? Math.floor(maxTokens) : undefined,
    systemPrompt: config.get<string>('systemPrompt', ''),
    saveFolder: config.get<string>('saveFolder', '.reasoning'),
    autoSave: config.get<string>('autoSave', 'off') === 'on',
    redactSecrets: config.inspect<boolean>('redactSecrets')?.globalValue ?? true,
    recordWire: config.get<boolean>('recordWire', false),
    prices: config.get<Record<string, Price>>('prices', {}),
  };
}

let writing: Promise<unknown> = Promise.resolve();

/** Milliseconds after which a setting that is still not written is waited for no more. */
const PATIENCE = 3000;

/** Resolves when what was chosen last is what `readSettings` tells: VS Code takes its time to write a setting. */
export async function settingsWritten(): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const enough = new Promise<void>((done) => (timer = setTimeout(done, PATIENCE)));
  await Promise.race([writing.catch(() => undefined), enough]);
  clearTimeout(timer);
}

/** Writes where the setting already lives, else for the user, so that choosing a model changes no file of the project. */
export async function writeSetting(key: 'model' | 'effort', value: string): Promise<void> {
  const config = vscode.workspace.getConfiguration(SECTION);
  const found = config.inspect(key);
  const target =
    found?.workspaceFolderValue !== undefined
      ? vscode.ConfigurationTarget.WorkspaceFolder
      : found?.workspaceValue !== undefined
        ? vscode.ConfigurationTarget.Workspace
        : vscode.ConfigurationTarget.Global;
  const written = Promise.resolve(config.update(key, value, target));
  writing = written;
  await written;
}

export function affects(event: vscode.ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration(SECTION);
}

function isEndpoint(value: unknown): value is Endpoint {
  if (typeof value !== 'object' || value === null) return false;
  const { name, baseUrl, api } = value as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    name !== '' &&
    typeof baseUrl === 'string' &&
    URL.canParse(baseUrl) &&
    (APIS as readonly unknown[]).includes(api)
  );
}
