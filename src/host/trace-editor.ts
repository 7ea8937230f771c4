import * as vscode from 'vscode';
import type { OpenTrace } from './open-trace.ts';
import type { Platform } from './platform.ts';
import { openTraceFile } from './trace-file.ts';
import type { ViewHost, ViewHostOptions } from './view-host.ts';
import { connectView } from './view-host.ts';

export const EDITOR_TYPE = 'reasoningInspector.trace';

export interface TraceEditors {
  dispose(): void;
  /** The trace of the editor that is in front; null when another kind of editor is. */
  inFront(): OpenTrace | null;
  /** Notes or the explanation of a trace changed. */
  annotated(open: OpenTrace): void;
}

/** Opens `*.reasoning.json` as an inspector. Reading sends, executes and writes nothing. */
export function registerTraceEditor(common: Omit<ViewHostOptions, 'webview' | 'initial'>, platform: Platform): TraceEditors {
  const hosts = new Map<ViewHost, vscode.WebviewPanel>();
  const registered = vscode.window.registerCustomEditorProvider(
    EDITOR_TYPE,
    {
      openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
      async resolveCustomEditor(document: vscode.CustomDocument, panel) {
        const initial = await openTraceFile(document.uri);
        const host = connectView({ ...common, webview: panel.webview, initial });
        const ground = ({ run }: OpenTrace): void =>
          void import('./project.ts')
            .then(({ groundRun }) => groundRun(run, platform))
            .then((grounding) => grounding && host.grounded(run.trace.head.id, grounding), common.failed);
        ground(initial);
        hosts.set(host, panel);
        const watcher = vscode.workspace.createFileSystemWatcher(
          new vscode.RelativePattern(vscode.Uri.joinPath(document.uri, '..'), '*.reasoning.json'),
        );
        watcher.onDidChange((changed) => {
          if (changed.toString() === document.uri.toString())
            void openTraceFile(document.uri).then((open) => {
              host.show(open);
              ground(open);
            }, common.failed);
        });
        panel.onDidDispose(() => {
          watcher.dispose();
          hosts.delete(host);
          host.dispose();
        });
      },
    },
    { supportsMultipleEditorsPerDocument: true },
  );
  return {
    dispose: () => void registered.dispose(),
    inFront: () => [...hosts].find(([, panel]) => panel.active)?.[0].shown() ?? null,
    annotated: (open) => {
      for (const host of hosts.keys()) host.annotated(open);
    },
  };
}
