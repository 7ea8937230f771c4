import * as vscode from 'vscode';
import type { Grounding } from '../core/grounding.ts';
import type { ComposerState } from '../protocol/messages.ts';
import type { OpenTrace } from './open-trace.ts';
import type { ViewHost, ViewHostOptions } from './view-host.ts';
import { connectView } from './view-host.ts';

export const VIEW_ID = 'reasoningInspector.inspector';
export const PANEL_TYPE = 'reasoningInspector.panel';

/** The inspector wherever it is on screen: in the side panel, in editor tabs. */
export interface Inspector {
  dispose(): void;
  /** The trace that commands are about: of the view used last. */
  current(): OpenTrace | null;
  /** Shows a trace in the side panel, and in the tab that was used last when one is in front. */
  show(open: OpenTrace): Promise<void>;
  openInEditor(open: OpenTrace | null): void;
  focusPrompt(prompt?: string): Promise<void>;
  /** The current trace came to its end. */
  refresh(): void;
  /** Tells every view how the composer stands. */
  composer(state: ComposerState): void;
  grounded(trace: string, grounding: Grounding): void;
  /** Something to be said above a trace that is shown. */
  notice(trace: string, notice: string): void;
  saved(trace: string, path: string): void;
  /** Notes or the explanation of a trace changed. */
  annotated(open: OpenTrace): void;
}

export interface InspectorOptions extends Pick<ViewHostOptions, 'extension' | 'actions' | 'composerState' | 'strings' | 'failed'> {
  /** The trace of that id, or the newest, as the last session left it. */
  /** Another trace is the current one. */
  readonly shown: () => void;
  readonly restore: (id?: string) => Promise<OpenTrace | null>;
}

export function createInspector({ restore, shown, ...common }: InspectorOptions): Inspector {
  const views = new Set<ViewHost>();
  let side: { view: vscode.WebviewView; host: ViewHost } | null = null;
  let current: OpenTrace | null = null;
  const disposables: vscode.Disposable[] = [];

  const attach = (webview: vscode.Webview, initial: OpenTrace | null, onDispose: vscode.Event<void>): ViewHost => {
    const host = connectView({ ...common, webview, initial });
    views.add(host);
    onDispose(() => {
      views.delete(host);
      host.dispose();
    });
    return host;
  };

  const attachPanel = (panel: vscode.WebviewPanel, open: OpenTrace | null): void => {
    const host = attach(panel.webview, open, panel.onDidDispose);
    panel.onDidChangeViewState(() => {
      if (!panel.active) return;
      current = host.shown() ?? current;
      shown();
    });
  };

  disposables.push(
    vscode.window.registerWebviewViewProvider(VIEW_ID, {
      async resolveWebviewView(view) {
        current ??= await restore();
        const host = attach(view.webview, current, view.onDidDispose);
        side = { view, host };
        shown();
        view.onDidDispose(() => (side = null));
        view.onDidChangeVisibility(() => {
          if (!view.visible) return;
          current = host.shown() ?? current;
          shown();
        });
      },
    }),
    vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, {
      async deserializeWebviewPanel(panel, state: unknown) {
        const id =
          typeof state === 'object' && state !== null && 'trace' in state && typeof state.trace === 'string' ? state.trace : undefined;
        attachPanel(panel, current?.run.trace.head.id === id ? current : await restore(id));
      },
    }),
  );

  const revealSide = (): Thenable<unknown> => vscode.commands.executeCommand(`${VIEW_ID}.focus`);

  return {
    current: () => current,
    async show(open) {
      current = open;
      shown();
      for (const host of views) host.show(open);
      if (side === null || !side.view.visible) await revealSide();
    },
    openInEditor(open) {
      const trace = open ?? current;
      const panel = vscode.window.createWebviewPanel(
        PANEL_TYPE,
        trace?.run.trace.head.title ?? 'Reasoning Inspector',
        vscode.ViewColumn.Active,
        {
          enableFindWidget: false,
        },
      );
      panel.iconPath = vscode.Uri.joinPath(common.extension, 'media', 'container.svg');
      attachPanel(panel, trace);
    },
    async focusPrompt(prompt) {
      await revealSide();
      side?.host.focusPrompt(prompt);
    },
    refresh: shown,
    composer: (state) => {
      for (const host of views) host.composer(state);
    },
    grounded: (trace, grounding) => {
      for (const host of views) host.grounded(trace, grounding);
    },
    notice: (trace, notice) => {
      for (const host of views) host.notice(trace, notice);
    },
    saved: (trace, path) => {
      for (const host of views) host.saved(trace, path);
    },
    annotated: (open) => {
      for (const host of views) host.annotated(open);
    },
    dispose() {
      for (const host of views) host.dispose();
      for (const disposable of disposables) disposable.dispose();
    },
  };
}
