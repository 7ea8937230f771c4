import * as vscode from 'vscode';
import type { Inspector } from './inspector.ts';
import type { Journal } from './journal.ts';
import type { OpenTrace } from './open-trace.ts';
import { openDocument } from './open-trace.ts';
import type { Platform } from './platform.ts';
import type { Recent } from './recent.ts';
import type { Report } from './report.ts';
import type { Run } from './run.ts';
import { finishedRun } from './run.ts';
import { readSettings } from './settings.ts';

/** The runs of this session: what is live is journalled, what is done is kept. */
export interface Runs {
  /** Shows a run from its first event on; resolves when it is done. */
  follow(run: Run, around?: Partial<Pick<OpenTrace, 'label' | 'notice'>>, advice?: () => string | null): Promise<void>;
  /** Shows the trace of an earlier turn, of this session or kept from an earlier one. */
  showEarlier(id: string): Promise<void>;
  stopAll(): void;
}

/** Earlier traces beyond these are read again from where they are kept. */
const KEEP_OPEN = 20;

interface Parts {
  readonly inspector: Inspector;
  readonly journal: Journal;
  readonly recent: Recent;
  readonly platform: Platform;
  readonly report: Report;
}

export function trackRuns({ inspector, journal, recent, platform, report }: Parts): Runs {
  const live = new Set<Run>();
  const opened = new Map<string, OpenTrace>();
  const setRunning = (): void => void vscode.commands.executeCommand('setContext', 'reasoningInspector.running', live.size > 0);

  return {
    async follow(run, around = {}, advice = () => null) {
      live.add(run);
      setRunning();
      void vscode.commands.executeCommand('setContext', 'reasoningInspector.hasTrace', true);
      void import('./loop-guard.ts').then(({ guardLoops }) => guardLoops(run, report), report.failed('watching for loops'));
      void journal.follow(run, () => recent.add(run));
      const open: OpenTrace = { run, readOnly: false, label: null, notice: null, ...around };
      opened.set(run.trace.head.id, open);
      for (const id of [...opened.keys()].slice(0, -KEEP_OPEN)) opened.delete(id);
      await inspector.show(open);
      await run.done;
      live.delete(run);
      setRunning();
      inspector.refresh();
      const said = advice();
      if (said !== null) {
        open.notice = said;
        inspector.notice(run.trace.head.id, said);
      }
      const { groundRun } = await import('./project.ts');
      const grounding = await groundRun(run, platform).catch(report.failed('looking into the workspace'));
      if (grounding) inspector.grounded(run.trace.head.id, grounding);
      if (
        !readSettings().autoSave ||
        around.label !== undefined ||
        !vscode.workspace.isTrusted ||
        vscode.workspace.workspaceFolders === undefined
      )
        return;
      const { saveTrace } = await import('./save.ts');
      const file = await saveTrace(open, platform, report).catch(report.failed('saving a trace'));
      if (file) inspector.saved(run.trace.head.id, vscode.workspace.asRelativePath(file));
    },
    async showEarlier(id) {
      const document = opened.has(id) ? null : await recent.load(id);
      const open = opened.get(id) ?? (document === null ? undefined : await openDocument(document));
      if (open === undefined)
        void report.info(vscode.l10n.t('That turn is no longer kept. Its question and answer are part of this trace.'));
      else await inspector.show(open);
    },
    stopAll() {
      for (const run of live) run.stop();
    },
  };
}

/** Offers each run that the last session left unfinished. What is not opened is kept among the recent ones all the same. */
export async function offerInterrupted({ journal, inspector, recent, report }: Omit<Parts, 'platform'>): Promise<void> {
  try {
    for (const { head, events } of await journal.interrupted()) {
      const last = events.at(-1);
      const ended = events.some(({ event }) => event.type === 'finish' || event.type === 'error');
      const run = finishedRun(
        head,
        ended ? events : [...events, { seq: (last?.seq ?? 0) + 1, at: last?.at ?? 0, event: { type: 'finish', reason: 'aborted' } }],
      );
      await recent.add(run);
      await journal.forget(head.id);
      const open = vscode.l10n.t('Open');
      void report
        .info(vscode.l10n.t('“{0}” was interrupted when VS Code closed; what had arrived is kept.', head.title), open)
        .then(async (choice) => {
          if (choice === open)
            await inspector.show({
              run,
              readOnly: false,
              label: null,
              notice: vscode.l10n.t('Interrupted when VS Code closed: this is what had arrived.'),
            });
        });
    }
  } catch (error) {
    report.failed('looking for interrupted runs')(error);
  }
}
