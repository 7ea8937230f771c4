import * as vscode from 'vscode';
import * as client from '../providers/client.ts';
import { start } from './extension.ts';

/** Starts the extension in a browser's extension host, which takes one file only. */
export function activate(context: vscode.ExtensionContext): void {
  let learned: Promise<void> | undefined;
  start(context, {
    loadClient: () => Promise.resolve(client),
    async loadAnalyser() {
      await (learned ??= readLearned(context.extensionUri));
      // what it was taught must be there when it is loaded
      return import('../core/analyser.ts');
    },
  });
}

/** What was learned, from the module that the view imports: one literal a line (`esbuild.mjs` writes it). */
async function readLearned(extension: vscode.Uri): Promise<void> {
  const file = vscode.Uri.joinPath(extension, 'dist', 'webview', 'learned.js');
  const lines = new TextDecoder().decode(await vscode.workspace.fs.readFile(file)).split('\n');
  const constants = lines.flatMap((line) => {
    const [, name, value] = /^export const (\w+) = (.*);$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, JSON.parse(value) as unknown]];
  });
  (globalThis as { reasoningInspectorLearned?: object }).reasoningInspectorLearned = Object.fromEntries(constants) as object;
}
