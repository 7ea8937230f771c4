import * as vscode from 'vscode';
import * as analyser from '../core/analyser.ts';
import type { Model } from '../core/kinds/model.ts';
import * as client from '../providers/client.ts';
import { start } from './extension.ts';
import { holdModel } from './model-web.ts';

/** Starts the extension in a browser's extension host, which takes one file only. */
export function activate(context: vscode.ExtensionContext): void {
  let model: Promise<void> | undefined;
  start(context, {
    loadClient: () => Promise.resolve(client),
    async loadAnalyser() {
      await (model ??= readModel(context.extensionUri));
      return analyser;
    },
  });
}

/** The network of the kinds, from the module that the view imports: one literal a line (`esbuild.mjs` writes it). */
async function readModel(extension: vscode.Uri): Promise<void> {
  const file = vscode.Uri.joinPath(extension, 'dist', 'webview', 'learned.js');
  const lines = new TextDecoder().decode(await vscode.workspace.fs.readFile(file)).split('\n');
  const start = 'export const MODEL = ';
  const line = lines.find((one) => one.startsWith(start)) ?? '';
  holdModel(JSON.parse(line.slice(start.length, -1)) as Model);
}
