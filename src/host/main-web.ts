import type { ExtensionContext } from 'vscode';
import * as analyser from '../core/analyser.ts';
import * as client from '../providers/client.ts';
import { start } from './extension.ts';

/** Starts the extension in a browser's extension host, which takes one file only. */
export function activate(context: ExtensionContext): void {
  start(context, { loadClient: () => Promise.resolve(client), loadAnalyser: () => Promise.resolve(analyser) });
}
