import * as vscode from 'vscode';
import { isPlainHttp } from '../providers/address.ts';
import { PRESETS } from '../providers/presets.ts';
import type { Endpoint } from '../providers/provider.ts';
import { isEditorModel } from './language-models.ts';
import { readSettings } from './settings.ts';

/** A model of an endpoint, as `"<endpoint name>/<model id>"` names it; the id may hold slashes. */
export interface Choice {
  readonly endpoint: Endpoint;
  readonly model: string;
}

/** The user's endpoints and the presets, the user's first; one of the same name replaces a preset. */
export function allEndpoints(): readonly Endpoint[] {
  const own = readSettings().endpoints;
  const names = new Set(own.map((endpoint) => endpoint.name));
  return [...own, ...PRESETS.filter((preset) => !names.has(preset.name))];
}

export function parseModel(setting: string): Choice | undefined {
  // the longest name wins, so that an endpoint may have a slash in its name
  const endpoint = allEndpoints()
    .filter(({ name }) => setting.startsWith(`${name}/`) && setting.length > name.length + 1)
    .sort((a, b) => b.name.length - a.name.length)[0];
  return endpoint && { endpoint, model: setting.slice(endpoint.name.length + 1) };
}

/** Whether a setting names a model that can be asked. */
export function isKnownModel(setting: string): boolean {
  return isEditorModel(setting) || parseModel(setting) !== undefined;
}

/** Plain http to another machine shows prompt and key to everybody between: only after the user said so, for this session. */
export async function confirmAddress(endpoint: Endpoint, confirmed: Set<string>): Promise<boolean> {
  const { origin } = new URL(endpoint.baseUrl);
  if (!isPlainHttp(endpoint.baseUrl) || confirmed.has(origin)) return true;
  const send = vscode.l10n.t('Send Unencrypted');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} is reached without encryption.', origin),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Your prompt, the code in it and your key can be read by anybody on the way. Use an https address if there is one.',
      ),
    },
    send,
  );
  if (choice === send) confirmed.add(origin);
  return choice === send;
}
