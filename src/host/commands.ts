import * as vscode from 'vscode';
import { needsKey } from '../providers/presets.ts';
import { EFFORTS } from '../core/trace.ts';
import type { Effort } from '../core/trace.ts';
import { askForKey, maySend, startQuestion } from './asker.ts';
import type { Composer } from './composer.ts';
import type { ContextItem } from './context.ts';
import { givenContext, problemContext, selectionContext } from './context.ts';
import { allEndpoints, isKnownModel, parseModel } from './endpoints.ts';
import type { Inspector } from './inspector.ts';
import type { Keys } from './keys.ts';
import type { Library } from './library.ts';
import { pickTrace } from './library.ts';
import type { OpenTrace } from './open-trace.ts';
import type { PickOptions } from './pick-model.ts';
import type { Platform } from './platform.ts';
import type { ProblemArgument } from './problems.ts';
import { problemAtCursor } from './problems.ts';
import { replay } from './replay.ts';
import { writeRecording } from './recorder.ts';
import type { Report } from './report.ts';
import { startRun } from './run.ts';
import type { Runs } from './runs.ts';
import { readSettings } from './settings.ts';
import { EDITOR_TYPE } from './trace-editor.ts';

interface CommandParts {
  readonly context: vscode.ExtensionContext;
  readonly inspector: Inspector;
  readonly library: Library;
  readonly runs: Runs;
  readonly options: PickOptions & { readonly report: Report };
  readonly report: Report;
  readonly platform: Platform;
  readonly keys: Keys;
  readonly composer: Composer;
  /** The trace of the editor in front, else that of the view used last. */
  readonly current: () => OpenTrace | null;
  /** Keeps what was added to a trace and tells the views. */
  readonly annotate: (open: OpenTrace) => Promise<void>;
}

/** The argument of `reasoningInspector.ask`, as keybindings and other extensions give it. */
interface AskArgument {
  readonly prompt: string;
  readonly model?: string;
  readonly effort?: Effort;
  readonly context?: string;
}

/** Every command by its id, without the prefix. */
export function registerCommands(parts: CommandParts): vscode.Disposable[] {
  const { context, inspector, library, runs, options, report, platform, keys, composer, current, annotate } = parts;

  const pick = async (): Promise<string | undefined> => (await import('./pick-model.ts')).pickModel(options);

  const ask = async (argument?: unknown): Promise<string | undefined> => {
    if (!(await maySend(report))) return undefined;
    const given = parseAsk(argument);
    let prompt = given?.prompt;
    if (prompt === undefined) {
      if (!isKnownModel(readSettings().model) && (await pick()) === undefined) return undefined;
      prompt = await vscode.window.showInputBox({
        title: vscode.l10n.t('Ask a Reasoning Model'),
        prompt: vscode.l10n.t('For longer questions use the prompt in the Reasoning view.'),
        placeHolder: vscode.l10n.t('What should it think about?'),
        ignoreFocusOut: true,
      });
    }
    if (prompt === undefined || prompt.trim() === '') return undefined;
    const extra = given?.context === undefined ? [] : [givenContext(given.context)];
    const follows = given === undefined || given.context === undefined ? composer.followsUp() : null;
    const question = {
      prompt,
      ...(given?.model === undefined ? {} : { model: given.model }),
      ...(given?.effort === undefined ? {} : { effort: given.effort }),
      context: [...composer.context(), ...extra],
      ...(follows === null ? {} : { follows }),
    };
    const asked = await startQuestion(question, options);
    if (asked === undefined) return undefined;
    const { run, advice } = asked;
    composer.setContext([]);
    await runs.follow(run, {}, advice);
    return run.trace.head.id;
  };

  const askWith = async (item: ContextItem): Promise<string | undefined> => {
    composer.setContext([...composer.context().filter(({ chip }) => chip.id !== item.chip.id), item]);
    return ask();
  };

  const table: Readonly<Record<string, (...args: never[]) => unknown>> = {
    ask,
    askFollowUp: () => {
      composer.setFollowUp({ on: true, choice: composer.state().followUp?.choice ?? 'rule' });
      return composer.followsUp() === null ? report.info(vscode.l10n.t('There is no answer to follow up on yet.')) : ask();
    },
    askAboutSelection: () => {
      const item = vscode.window.activeTextEditor && selectionContext(vscode.window.activeTextEditor);
      return item === undefined ? report.info(vscode.l10n.t('Select some code in an editor first.')) : askWith(item);
    },
    askAboutProblem: async (argument?: ProblemArgument) => {
      const problem = argument ?? (vscode.window.activeTextEditor && problemAtCursor(vscode.window.activeTextEditor));
      if (problem === undefined) return report.info(vscode.l10n.t('This file has no problems to ask about.'));
      return askWith(problemContext(await vscode.workspace.openTextDocument(problem.uri), problem.diagnostic));
    },
    stop: () => runs.stopAll(),
    selectModel: async () => {
      if (await maySend(report)) await pick();
      await composer.refresh();
    },
    setApiKey: async () => {
      const endpoint = parseModel(readSettings().model)?.endpoint ?? (await pickEndpointForKey());
      if (endpoint !== undefined) await askForKey({ endpoint }, options);
    },
    clearApiKey: async () => {
      const endpoint = await pickEndpointForKey();
      if (endpoint === undefined) return;
      await keys.clear(endpoint.baseUrl);
      void report.info(vscode.l10n.t('The key for {0} was removed from this machine.', new URL(endpoint.baseUrl).origin));
    },
    openSample: async () => {
      const file = vscode.Uri.joinPath(context.extensionUri, 'media', 'sample', 'sample.reasoning.json');
      const { readTrace } = await import('../core/codec.ts');
      const read = readTrace(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
      if (!read.ok) throw new Error(read.message);
      const { document } = read;
      const run = startRun({
        head: {
          id: crypto.randomUUID(),
          createdAt: new Date().toISOString(),
          title: document.title,
          request: document.request as never,
          origin: null,
        },
        now: () => performance.now(),
        source: (signal) => replay(document, signal),
      });
      await runs.follow(run, {
        label: vscode.l10n.t('sample'),
        notice: vscode.l10n.t('A sample written for this view: no model was asked, nothing was sent.'),
      });
      return run.trace.head.id;
    },
    saveTrace: async (open?: unknown) => {
      const trace = isOpenTrace(open) ? open : current();
      if (trace === null) return report.info(vscode.l10n.t('There is no trace to save yet: ask a model, or open the sample.'));
      if (!vscode.workspace.isTrusted) return report.warn(vscode.l10n.t('Nothing is written to a workspace that you have not trusted.'));
      if (trace.readOnly) return report.info(vscode.l10n.t('This file was not written by this version, so it is not written anew.'));
      const { offerIgnore, saveTrace } = await import('./save.ts');
      const file = await saveTrace(trace, platform, report).catch((error: unknown) => {
        void report.error(
          vscode.l10n.t(
            'The trace could not be saved ({0}). It is kept until you close it; try another folder or free some space.',
            String(error),
          ),
        );
      });
      if (!file) return undefined;
      const path = vscode.workspace.asRelativePath(file);
      const recording = await writeRecording(trace.run, file).catch(report.failed('writing the recording'));
      if (recording) report.log.info(`kept the wire in ${vscode.workspace.asRelativePath(recording)}`);
      inspector.saved(trace.run.trace.head.id, path);
      vscode.window.setStatusBarMessage(vscode.l10n.t('Saved {0}', path), 5000);
      const folder = vscode.workspace.getWorkspaceFolder(file);
      if (folder !== undefined) void offerIgnore(folder, context.workspaceState, report).catch(report.failed('offering .gitignore'));
      return file;
    },
    savePicture: async (open?: unknown) => {
      const trace = isOpenTrace(open) ? open : current();
      if (trace === null) return report.info(vscode.l10n.t('There is no trace to draw yet: ask a model, or open the sample.'));
      if (!vscode.workspace.isTrusted) return report.warn(vscode.l10n.t('Nothing is written to a workspace that you have not trusted.'));
      const { savePicture } = await import('./picture.ts');
      return savePicture(trace, platform).catch((error: unknown) => {
        void report.error(vscode.l10n.t('The picture could not be saved ({0}); try another folder or free some space.', String(error)));
      });
    },
    explainTrace: async (open?: unknown) => {
      const trace = isOpenTrace(open) ? open : current();
      if (trace === null) return report.info(vscode.l10n.t('There is no trace to explain yet: ask a model, or open the sample.'));
      const { explainTrace } = await import('./explain.ts');
      if (await explainTrace(trace, options)) await annotate(trace);
      return undefined;
    },
    openTrace: async (file?: vscode.Uri) => {
      const chosen = file ?? (await pickTrace(library));
      if (chosen !== undefined) await vscode.commands.executeCommand('vscode.openWith', chosen, EDITOR_TYPE);
    },
    openInEditor: () => inspector.openInEditor(inspector.current()),
    showLog: () => report.log.show(),
  };
  return Object.entries(table).map(([id, handler]) => vscode.commands.registerCommand(`reasoningInspector.${id}`, handler));
}

/** Menus and keybindings may give anything along. */
function isOpenTrace(value: unknown): value is OpenTrace {
  return typeof value === 'object' && value !== null && 'run' in value;
}

function parseAsk(argument: unknown): AskArgument | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { prompt, model, effort, context } = argument as Record<string, unknown>;
  if (typeof prompt !== 'string') return undefined;
  return {
    prompt,
    ...(typeof model === 'string' ? { model } : {}),
    ...(EFFORTS.includes(effort as Effort) ? { effort: effort as Effort } : {}),
    ...(typeof context === 'string' ? { context } : {}),
  };
}

async function pickEndpointForKey() {
  const items = allEndpoints()
    .filter(needsKey)
    .map((endpoint) => ({ label: endpoint.name, description: endpoint.baseUrl, endpoint }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Whose key?') }))?.endpoint;
}
