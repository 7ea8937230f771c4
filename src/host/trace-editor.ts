import * as vscode from 'vscode';
import { openTraceFile } from './trace-file.ts';
import type { ViewHostOptions } from './view-host.ts';
import { connectView } from './view-host.ts';

export const EDITOR_TYPE = 'reasoningInspector.trace';

/** Opens `*.reasoning.json` as an inspector. Reading sends, executes and writes nothing. */
export function registerTraceEditor(common: Omit<ViewHostOptions, 'webview' | 'initial'>): vscode.Disposable {
  return vscode.window.registerCustomEditorProvider(
    EDITOR_TYPE,
    {
      openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
      async resolveCustomEditor(document: vscode.CustomDocument, panel) {
        const host = connectView({ ...common, webview: panel.webview, initial: await openTraceFile(document.uri) });
        const watcher = vscode.workspace.createFileSystemWatcher(
          new vscode.RelativePattern(vscode.Uri.joinPath(document.uri, '..'), '*.reasoning.json'),
        );
        watcher.onDidChange((changed) => {
          if (changed.toString() === document.uri.toString())
            void openTraceFile(document.uri).then((open) => host.show(open), common.failed);
        });
        panel.onDidDispose(() => {
          watcher.dispose();
          host.dispose();
        });
      },
    },
    { supportsMultipleEditorsPerDocument: true },
  );
}
