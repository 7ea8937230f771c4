import * as vscode from 'vscode';
import type { Grounding, Project } from '../core/grounding.ts';
import type { Platform } from './platform.ts';
import type { Run } from './run.ts';

/** What is made, fetched or not the user's own text is no part of the project. */
export const LEFT_OUT =
  '**/{node_modules,bower_components,dist,out,build,target,vendor,.git,.venv,venv,__pycache__,.reasoning,coverage}/**';
const MOST_FILES = 4000;
/** A file with more bytes than this is data, not source. */
const LARGEST = 1_000_000;

/** The workspace's folders as a project that can be asked. */
async function workspaceProject(): Promise<Project & { readonly uris: ReadonlyMap<string, vscode.Uri> }> {
  const uris = new Map<string, vscode.Uri>();
  const found = await vscode.workspace.findFiles('**/*.*', LEFT_OUT, MOST_FILES);
  for (const uri of found) uris.set(vscode.workspace.asRelativePath(uri, false), uri);
  return {
    files: [...uris.keys()].sort(),
    uris,
    async read(path) {
      const uri = uris.get(path);
      if (uri === undefined) return null;
      try {
        const { size } = await vscode.workspace.fs.stat(uri);
        return size > LARGEST ? '' : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      } catch {
        return null;
      }
    },
  };
}

/** Holds a finished run against the workspace: reads files, sends and writes nothing. Null without a folder. */
export async function groundRun(run: Run, platform: Platform): Promise<Grounding | null> {
  if (run.grounding !== null || vscode.workspace.workspaceFolders === undefined) return run.grounding;
  const [{ createAnalyser }, { ground }, { createInspection, givenOf }, { textOf }] = await Promise.all([
    platform.loadAnalyser(),
    import('../core/grounding.ts'),
    import('../core/inspection.ts'),
    import('../core/trace.ts'),
  ]);
  const inspection = createInspection(run.trace.head, createAnalyser);
  for (const event of run.log) inspection.apply(event);
  const texts = {
    prompt: givenOf(run.trace.head),
    reasoning: textOf(run.trace.parts, 'reasoning'),
    answer: textOf(run.trace.parts, 'answer'),
    steps: inspection.analyser().steps(),
  };
  run.grounding = await ground(texts, await workspaceProject());
  return run.grounding;
}

/** Opens a file of the workspace by its relative path, at a line from 0. What lies outside is refused. */
export async function openPlace({ file, line }: { readonly file: string; readonly line: number | null }): Promise<void> {
  if (file.split(/[\\/]/).includes('..')) throw new Error('refused: a path that leaves the workspace');
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const [first, ...rest] = file.split('/');
    // with several folders, relative paths begin with the folder's name
    const uri =
      first === folder.name && rest.length > 0 && (vscode.workspace.workspaceFolders?.length ?? 0) > 1
        ? vscode.Uri.joinPath(folder.uri, ...rest)
        : vscode.Uri.joinPath(folder.uri, file);
    try {
      await vscode.workspace.fs.stat(uri);
    } catch {
      continue;
    }
    const at = new vscode.Position(line ?? 0, 0);
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One, selection: new vscode.Range(at, at) });
    return;
  }
  throw new Error(`there is no file ${file} in this workspace`);
}
