import * as vscode from 'vscode';
import { isLoopback } from '../providers/address.ts';
import { needsKey } from '../providers/presets.ts';
import { probeLocal } from '../providers/probe.ts';
import type { Endpoint } from '../providers/provider.ts';
import { allEndpoints, confirmAddress } from './endpoints.ts';
import type { Keys } from './keys.ts';
import { EDITOR_ENDPOINT, editorModels } from './language-models.ts';
import type { Platform } from './platform.ts';
import { writeSetting } from './settings.ts';

export interface PickOptions {
  readonly keys: Keys;
  readonly platform: Platform;
  readonly confirmed: Set<string>;
}

/** Asks for an endpoint, then for one of its models, and remembers the choice. Undefined when the user turned back. */
export async function pickModel(options: PickOptions): Promise<string | undefined> {
  const endpoint = await pickEndpoint(options.keys);
  if (endpoint === undefined) return undefined;
  const model = endpoint === 'editor' ? await pickEditorModel() : await pickFrom(endpoint, options);
  if (model === undefined) return undefined;
  const choice = `${endpoint === 'editor' ? EDITOR_ENDPOINT : endpoint.name}/${model}`;
  await writeSetting('model', choice);
  return choice;
}

interface EndpointItem extends vscode.QuickPickItem {
  readonly endpoint?: Endpoint | 'editor';
}

/** The models that VS Code itself offers. */
async function pickEditorModel(): Promise<string | undefined> {
  const items = (await editorModels()).map(({ id, detail }) => ({ label: id, detail }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Select Model (2/2): {0}', EDITOR_ENDPOINT) }))?.label;
}

async function pickEndpoint(keys: Keys): Promise<Endpoint | 'editor' | undefined> {
  const abort = new AbortController();
  const pick = vscode.window.createQuickPick<EndpointItem>();
  pick.title = vscode.l10n.t('Select Model (1/2): where it runs');
  pick.placeholder = vscode.l10n.t('A service, or a server on this machine');
  pick.matchOnDescription = true;
  const endpoints = allEndpoints();
  const keyed = new Map(await Promise.all(endpoints.map(async (e) => [e, (await keys.get(e.baseUrl)) !== undefined] as const)));
  const fromEditor = await editorModels().catch(() => []);
  const draw = (running: readonly Endpoint[]): void => {
    const isRunning = new Set(running.map(({ baseUrl }) => baseUrl));
    const item = (endpoint: Endpoint, detail?: string): EndpointItem => ({
      label: endpoint.name,
      description: [endpoint.baseUrl, keyed.get(endpoint) ? vscode.l10n.t('key is set') : ''].filter(Boolean).join(' · '),
      ...(detail === undefined ? {} : { detail }),
      endpoint,
    });
    const group = (label: string, items: EndpointItem[]): EndpointItem[] =>
      items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
    const others = endpoints.filter(({ baseUrl }) => !isRunning.has(baseUrl));
    pick.items = [
      ...group(
        vscode.l10n.t('Running on this machine'),
        running.map((e) => item(e)),
      ),
      ...group(
        vscode.l10n.t('Ready to use'),
        others.filter((e) => keyed.get(e) || (!needsKey(e) && !isLoopback(e.baseUrl))).map((e) => item(e)),
      ),
      ...group(
        vscode.l10n.t('From VS Code'),
        fromEditor.length === 0
          ? []
          : [
              {
                label: EDITOR_ENDPOINT,
                description: vscode.l10n.t('{0} models, some of which show their reasoning', fromEditor.length),
                endpoint: 'editor',
              },
            ],
      ),
      ...group(
        vscode.l10n.t('On this machine, not answering'),
        others.filter((e) => isLoopback(e.baseUrl)).map((e) => item(e)),
      ),
      ...group(
        vscode.l10n.t('Needs a key'),
        others.filter((e) => !keyed.get(e) && needsKey(e)).map((e) => item(e)),
      ),
    ];
  };
  draw([]);
  pick.busy = true;
  pick.show();
  void probeLocal(
    abort.signal,
    endpoints.filter((e) => isLoopback(e.baseUrl)),
  ).then(
    (running) => {
      if (abort.signal.aborted) return;
      draw(running);
      pick.busy = false;
    },
    () => (pick.busy = false),
  );
  const chosen = await accepted(pick);
  abort.abort();
  return chosen?.endpoint;
}

interface ModelItem extends vscode.QuickPickItem {
  readonly model: string;
}

async function pickFrom(endpoint: Endpoint, { keys, platform, confirmed }: PickOptions): Promise<string | undefined> {
  if (!(await confirmAddress(endpoint, confirmed))) return undefined;
  const abort = new AbortController();
  const pick = vscode.window.createQuickPick<ModelItem>();
  pick.title = vscode.l10n.t('Select Model (2/2): {0}', endpoint.name);
  pick.placeholder = vscode.l10n.t('Choose a model, or type its id');
  pick.matchOnDetail = true;
  let known: readonly ModelItem[] = (endpoint.models ?? []).map((model) => ({ label: model, model }));
  // whatever is typed can be taken as it is: lists of models are never complete
  const draw = (): void => {
    const typed = pick.value.trim();
    const manual: ModelItem[] =
      typed === '' || known.some(({ model }) => model === typed)
        ? []
        : [{ label: typed, description: vscode.l10n.t('use this id'), model: typed, alwaysShow: true }];
    pick.items = [...known, ...manual];
  };
  draw();
  pick.onDidChangeValue(draw);
  pick.busy = true;
  pick.show();
  void (async () => {
    try {
      const { listModels } = await platform.loadClient();
      // plain http was agreed to above
      const listed = await listModels(endpoint, await keys.get(endpoint.baseUrl), abort.signal, { allowPlainHttp: true });
      const ids = new Set(listed.map(({ id }) => id));
      known = [
        ...listed.map(({ id, detail }) => ({ label: id, model: id, ...(detail ? { detail } : {}) })),
        ...known.filter(({ model }) => !ids.has(model)),
      ];
      if (known.length === 0) pick.placeholder = vscode.l10n.t('The server lists no models: type an id');
    } catch (error) {
      pick.placeholder = vscode.l10n.t(
        'The server gave no list ({0}): type an id',
        error instanceof Error ? error.message.slice(0, 80) : '',
      );
    }
    if (abort.signal.aborted) return;
    draw();
    pick.busy = false;
  })();
  const chosen = await accepted(pick);
  abort.abort();
  return chosen?.model;
}

/** The item that the user accepted; undefined when the picker was closed. */
function accepted<T extends vscode.QuickPickItem>(pick: vscode.QuickPick<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
  });
}
