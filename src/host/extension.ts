import * as vscode from 'vscode';
import type { createApplier } from './apply.ts';
import { registerCommands } from './commands.ts';
import { createComposer } from './composer.ts';
import { selectionContext } from './context.ts';
import { vscodeFiles } from './files.ts';
import { isWebAddress } from './guard.ts';
import { createInspector } from './inspector.ts';
import { createJournal } from './journal.ts';
import { createKeys } from './keys.ts';
import { createLibrary } from './library.ts';
import type { OpenTrace } from './open-trace.ts';
import { openDocument } from './open-trace.ts';
import type { Platform } from './platform.ts';
import { registerProblemActions } from './problems.ts';
import { createRecent } from './recent.ts';
import { createReport } from './report.ts';
import { offerInterrupted, trackRuns } from './runs.ts';
import { affects, writeSetting } from './settings.ts';
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
  const journal = createJournal(vscodeFiles(vscode.Uri.joinPath(storage, 'journal')), report.failed('the journal'));
  const library = createLibrary();

  const composer = createComposer({ keys, current: () => inspector.current(), changed: (state) => inspector.composer(state) });

  const run = (command: string, ...args: unknown[]): void => void vscode.commands.executeCommand(`reasoningInspector.${command}`, ...args);
  let applier: Promise<ReturnType<typeof createApplier>> | undefined;
  const actions: ViewActions = {
    ask: ({ prompt }) => run('ask', { prompt }),
    stop: (open) => open?.run.stop(),
    selectModel: () => run('selectModel'),
    setEffort: ({ effort }) => void writeSetting('effort', effort).catch(report.failed('the effort setting')),
    setApiKey: () => run('setApiKey'),
    setFollowUp: (followUp) => composer.setFollowUp(followUp),
    openTurn: ({ trace }) => void runs.showEarlier(trace).catch(report.failed('an earlier turn')),
    removeContext: ({ id }) => composer.setContext(composer.context().filter(({ chip }) => chip.id !== id)),
    addSelection: () => {
      const item = vscode.window.activeTextEditor && selectionContext(vscode.window.activeTextEditor);
      if (item === undefined)
        void report.info(vscode.l10n.t('Select some code in an editor first; it then goes along with your question.'));
      else composer.setContext([...composer.context().filter(({ chip }) => chip.id !== item.chip.id), item]);
    },
    openSample: () => run('openSample'),
    openTrace: () => run('openTrace'),
    save: (open) => run('saveTrace', open),
    openInEditor: (open) => inspector.openInEditor(open),
    openLink: async ({ href }) => {
      // VS Code itself asks before it leaves for an address that is not trusted
      if (isWebAddress(href)) await vscode.env.openExternal(vscode.Uri.parse(href, true));
    },
    openPlace: async (place) => (await import('./project.ts')).openPlace(place),
    copy: async ({ text }) => vscode.env.clipboard.writeText(text),
    insertCode: async ({ text }) => {
      const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
      if (editor === undefined) void report.info(vscode.l10n.t('Open a file first; the code is inserted at its cursor.'));
      else await editor.edit((edit) => edit.replace(editor.selection, text));
    },
    applyCode: async (open, code) => {
      applier ??= import('./apply.ts').then((apply) =>
        apply.createApplier({ report, context: () => composer.context(), subscribe: (one) => context.subscriptions.push(one) }),
      );
      await (
        await applier
      )(open, code);
    },
    addNote: async (open, note) => {
      if (open !== null) await (await import('./notes.ts')).addNote(open, note, noteParts);
    },
    removeNote: async (open, note) => {
      if (open !== null) await (await import('./notes.ts')).removeNote(open, note, noteParts);
    },
    savePicture: (open) => run('savePicture', open),
    explain: (open) => run('explainTrace', open),
    showLog: () => report.log.show(),
  };
  const common = {
    extension: context.extensionUri,
    actions,
    composerState: () => composer.state(),
    strings: viewStrings,
    failed: report.failed('the view'),
  };
  const inspector = createInspector({
    ...common,
    shown: () => void composer.refresh(),
    restore: async (id) => {
      const document = await recent.load(id).catch(() => null);
      return document && (await openDocument(document));
    },
  });
  const editors = registerTraceEditor(common, platform);
  const noteParts = {
    recent,
    report,
    annotated: (open: OpenTrace) => {
      inspector.annotated(open);
      editors.annotated(open);
    },
  };
  const runs = trackRuns({ inspector, journal, recent, platform, report });

  context.subscriptions.push(
    report,
    inspector,
    library,
    editors,
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
      composer,
      current: () => editors.inFront() ?? inspector.current(),
      annotate: async (open) => (await import('./notes.ts')).keepNotes(open, noteParts),
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (affects(event)) void composer.refresh();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void composer.refresh()),
    context.secrets.onDidChange(() => void composer.refresh()),
    { dispose: () => runs.stopAll() },
  );
  void composer.refresh();
  void offerInterrupted({ journal, inspector, recent, report });
}

/** The view's strings in the language of VS Code, by their English text; the bundles of `l10n/` hold those of host and view. */
function viewStrings(): Readonly<Record<string, string>> {
  const bundle = vscode.l10n.bundle ?? {};
  return Object.fromEntries(Object.entries(bundle).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
