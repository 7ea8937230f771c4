import type * as vscode from 'vscode';
import type { Grounding } from '../core/grounding.ts';
import { createChannel } from '../protocol/channel.ts';
import type { ComposerState, HostApi, ReadyReply, ViewApi } from '../protocol/messages.ts';
import { guarded } from './guard.ts';
import type { OpenTrace } from './open-trace.ts';
import { shownOf } from './open-trace.ts';
import { pageOf, viewRoot } from './page.ts';

/** What a view asks for that is the same for every view. */
export type ViewActions = Omit<
  HostApi,
  'ready' | 'save' | 'openInEditor' | 'stop' | 'addNote' | 'removeNote' | 'savePicture' | 'explain' | 'applyCode'
> & {
  save(open: OpenTrace | null): void;
  openInEditor(open: OpenTrace | null): void;
  stop(open: OpenTrace | null): void;
  addNote(open: OpenTrace | null, note: Parameters<HostApi['addNote']>[0]): Promise<void>;
  removeNote(open: OpenTrace | null, note: Parameters<HostApi['removeNote']>[0]): Promise<void>;
  applyCode(open: OpenTrace | null, code: Parameters<HostApi['applyCode']>[0]): Promise<void>;
  savePicture(open: OpenTrace | null): void;
  explain(open: OpenTrace | null): void;
};

export interface ViewHost {
  dispose(): void;
  /** Shows another trace from its beginning. */
  show(open: OpenTrace): void;
  shown(): OpenTrace | null;
  composer(state: ComposerState): void;
  grounded(trace: string, grounding: Grounding): void;
  focusPrompt(prompt?: string): void;
  notice(trace: string, notice: string): void;
  saved(trace: string, path: string): void;
  /** Notes or the explanation of a trace changed: the view is told when it shows that trace. */
  annotated(open: OpenTrace): void;
}

export interface ViewHostOptions {
  readonly webview: vscode.Webview;
  readonly extension: vscode.Uri;
  readonly actions: ViewActions;
  readonly composerState: () => ComposerState;
  readonly strings: () => Readonly<Record<string, string>>;
  readonly initial: OpenTrace | null;
  readonly failed: (error: unknown) => void;
}

/**
 * Connects a webview with the trace that it shows. Messages to a hidden view are dropped by VS Code, so nothing is
 * repeated here: a view that wakes up asks `ready` with the last event that it has.
 */
export function connectView({ webview, extension, actions, composerState, strings, initial, failed }: ViewHostOptions): ViewHost {
  let open = initial;
  let stopListening = listen();

  function listen(): () => void {
    const { run } = open ?? {};
    if (run === undefined) return () => undefined;
    return run.onEvents((events) => channel.tell.events({ trace: run.trace.head.id, events }));
  }

  const handlers: HostApi = {
    ...actions,
    ready: ({ trace, lastSeq }): ReadyReply => {
      const continues = open !== null && open.run.trace.head.id === trace && lastSeq <= open.run.log.length;
      return {
        composer: composerState(),
        shown: open && shownOf(open),
        events: open === null ? [] : open.run.log.slice(continues ? lastSeq : 0),
        continues,
        grounding: open?.run.grounding ?? null,
        strings: strings(),
      };
    },
    stop: () => actions.stop(open),
    save: () => actions.save(open),
    openInEditor: () => actions.openInEditor(open),
    addNote: (note) => actions.addNote(open, note),
    removeNote: (note) => actions.removeNote(open, note),
    applyCode: (code) => actions.applyCode(open, code),
    savePicture: () => actions.savePicture(open),
    explain: () => actions.explain(open),
  };
  const channel = createChannel<ViewApi>({ post: (message) => webview.postMessage(message), handlers: guarded(handlers), onError: failed });
  webview.options = { enableScripts: true, enableForms: false, enableCommandUris: false, localResourceRoots: [viewRoot(extension)] };
  const receiving = webview.onDidReceiveMessage((message) => channel.receive(message));
  webview.html = pageOf(webview, extension);

  return {
    show(next) {
      stopListening();
      open = next;
      stopListening = listen();
      channel.tell.show({ shown: shownOf(next), events: [...next.run.log] });
    },
    shown: () => open,
    composer: (state) => channel.tell.composer(state),
    grounded: (trace, grounding) => channel.tell.grounded({ trace, grounding }),
    focusPrompt: (prompt) => channel.tell.focusPrompt(prompt === undefined ? {} : { prompt }),
    notice: (trace, notice) => channel.tell.notice({ trace, notice }),
    saved: (trace, path) => channel.tell.saved({ trace, path }),
    annotated({ run: { trace, explanation } }) {
      if (open?.run.trace.head.id !== trace.head.id) return;
      // the same trace may be open more than once, from its file and from the run
      open.run.trace.notes = trace.notes;
      open.run.explanation = explanation;
      channel.tell.notes({ trace: trace.head.id, notes: trace.notes });
      if (explanation !== null) channel.tell.explanation({ trace: trace.head.id, explanation });
    },
    dispose() {
      stopListening();
      receiving.dispose();
      channel.close('the view was closed');
    },
  };
}
