import * as vscode from 'vscode';
import { needsKey } from '../providers/presets.ts';
import type { ComposerState } from '../protocol/messages.ts';
import { registerCommands } from './commands.ts';
import type { ContextItem } from './context.ts';
import { selectionContext } from './context.ts';
import { parseModel } from './endpoints.ts';
import { isWebAddress } from './guard.ts';
import { createInspector } from './inspector.ts';
import { createJournal } from './journal.ts';
import { createKeys } from './keys.ts';
import { createLibrary } from './library.ts';
import { openDocument } from './open-trace.ts';
import type { Platform } from './platform.ts';
import { registerProblemActions } from './problems.ts';
import { createRecent } from './recent.ts';
import { createReport } from './report.ts';
import { offerInterrupted, trackRuns } from './runs.ts';
import { affects, readSettings, writeSetting } from './settings.ts';
import { registerTraceEditor } from './trace-editor.ts';
import type { ViewActions } from './view-host.ts';

/** Wires the parts together. Nothing is read, asked or drawn here that is not needed yet. */
export function start(context: vscode.ExtensionContext, platform: Platform): void {
  const report = createReport();
  const storage = context.storageUri ?? context.globalStorageUri;
  const keys = createKeys(context.secrets);
  const confirmed = new Set<string>();
  const options = { keys, platform, confirmed, report };
  const recent = createRecent(storage);
  const journal = createJournal(storage, report.failed('the journal'));
  const library = createLibrary();

  let chips: readonly ContextItem[] = [];
  const hasKey = new Map<string, boolean>();
  const composerState = (): ComposerState => {
    const { model, effort } = readSettings();
    const choice = parseModel(model);
    const keyMissing = choice !== undefined && needsKey(choice.endpoint) && hasKey.get(choice.endpoint.baseUrl) === false;
    return {
      model: choice === undefined ? null : model,
      effort,
      context: chips.map(({ chip }) => chip),
      canAsk: vscode.workspace.isTrusted,
      missing: choice === undefined ? 'model' : keyMissing ? 'key' : null,
    };
  };
  const composerChanged = async (): Promise<void> => {
    const choice = parseModel(readSettings().model);
    if (choice !== undefined) hasKey.set(choice.endpoint.baseUrl, (await keys.get(choice.endpoint.baseUrl)) !== undefined);
    inspector.composer(composerState());
  };
  const setContext = (items: readonly ContextItem[]): void => {
    chips = items;
    inspector.composer(composerState());
  };

  const run = (command: string, ...args: unknown[]): void => void vscode.commands.executeCommand(`reasoningInspector.${command}`, ...args);
  const actions: ViewActions = {
    ask: ({ prompt }) => run('ask', { prompt }),
    stop: (open) => open?.run.stop(),
    selectModel: () => run('selectModel'),
    setEffort: ({ effort }) => void writeSetting('effort', effort).catch(report.failed('the effort setting')),
    setApiKey: () => run('setApiKey'),
    removeContext: ({ id }) => setContext(chips.filter(({ chip }) => chip.id !== id)),
    addSelection: () => {
      const item = vscode.window.activeTextEditor && selectionContext(vscode.window.activeTextEditor);
      if (item === undefined)
        void report.info(vscode.l10n.t('Select some code in an editor first; it then goes along with your question.'));
      else setContext([...chips.filter(({ chip }) => chip.id !== item.chip.id), item]);
    },
    openSample: () => run('openSample'),
    openTrace: () => run('openTrace'),
    save: (open) => run('saveTrace', open),
    openInEditor: (open) => inspector.openInEditor(open),
    openLink: async ({ href }) => {
      // VS Code itself asks before it leaves for an address that is not trusted
      if (isWebAddress(href)) await vscode.env.openExternal(vscode.Uri.parse(href, true));
    },
    copy: async ({ text }) => vscode.env.clipboard.writeText(text),
    insertCode: async ({ text }) => {
      const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
      if (editor === undefined) void report.info(vscode.l10n.t('Open a file first; the code is inserted at its cursor.'));
      else await editor.edit((edit) => edit.replace(editor.selection, text));
    },
    showLog: () => report.log.show(),
  };
  const common = { extension: context.extensionUri, actions, composerState, strings: viewStrings, failed: report.failed('the view') };
  const inspector = createInspector({
    ...common,
    restore: async (id) => {
      const document = await recent.load(id).catch(() => null);
      return document && openDocument(document);
    },
  });
  const runs = trackRuns({ inspector, journal, recent, platform, report });

  context.subscriptions.push(
    report,
    inspector,
    library,
    registerTraceEditor(common),
    registerProblemActions(),
    ...registerCommands({
      context,
      inspector,
      library,
      runs,
      options,
      report,
      platform,
      keys,
      takeContext: () => chips,
      setContext,
      composerChanged,
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (affects(event)) void composerChanged();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void composerChanged()),
    context.secrets.onDidChange(() => void composerChanged()),
    { dispose: () => runs.stopAll() },
  );
  void composerChanged();
  void offerInterrupted({ journal, inspector, recent, report });
}

/** The view's strings in the language of VS Code. The view asks for them by their English text. */
function viewStrings(): Readonly<Record<string, string>> {
  return {};
}
