import * as vscode from 'vscode';
import { ok } from './registry.ts';

/** What the suites share: the extension, the workspace, and the traces in it. */

export const ID = 'reasoning-inspector.reasoning-inspector';
export const PREFIX = 'reasoningInspector';

export async function extension(): Promise<vscode.Extension<unknown>> {
  const found = vscode.extensions.getExtension(ID);
  ok(found, `${ID} is not installed`);
  await found.activate();
  return found;
}

export function workspaceRoot(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  ok(folder, 'no folder is open');
  return folder.uri;
}

export async function run<T>(command: string, argument?: unknown): Promise<T> {
  return await vscode.commands.executeCommand<T>(`${PREFIX}.${command}`, argument);
}

export async function readText(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

export async function write(name: string, text: string): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(workspaceRoot(), ...name.split('/'));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** A saved trace, as far as the suites look into it. */
export interface Saved {
  version: number;
  title: string;
  request: { model: string; messages: { role: string; content: string }[] };
  parts: { kind: string; visibility: string; name?: string; text?: string }[];
  finish: { reason: string };
  analysis: { steps: unknown[]; findings: unknown[] } | null;
}

/** Saves what is on show, and reads the file. */
export async function saveAndRead(): Promise<{ uri: vscode.Uri; saved: Saved }> {
  const uri = await run<vscode.Uri | undefined>('saveTrace');
  ok(uri, 'nothing was saved');
  return { uri, saved: JSON.parse(await readText(uri)) as Saved };
}

/** The sample's reasoning and answer, which is what the replay server sends. */
export async function sampleTexts(): Promise<[string, string]> {
  const file = vscode.Uri.joinPath((await extension()).extensionUri, 'media/sample/sample.reasoning.json');
  const [reasoning, answer] = (JSON.parse(await readText(file)) as Saved).parts;
  return [reasoning?.text ?? '', answer?.text ?? ''];
}
