import type { ExtensionContext } from 'vscode';
import { start } from './extension.ts';

/** Starts the extension in a Node extension host. */
export function activate(context: ExtensionContext): void {
  start(context, {
    loadClient: () => import('../providers/client.ts'),
    loadAnalyser: () => import('../core/analyser.ts'),
  });
}
