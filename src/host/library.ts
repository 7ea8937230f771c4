import * as vscode from 'vscode';
import { readSettings } from './settings.ts';
import { EDITOR_TYPE } from './trace-editor.ts';

export const LIBRARY_ID = 'reasoningInspector.traces';

/** The saved traces of the workspace, newest first, as a tree of files. */
export interface Library {
  dispose(): void;
  files(): Promise<readonly vscode.Uri[]>;
}

export function createLibrary(): Library {
  const changed = new vscode.EventEmitter<void>();
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.reasoning.json');
  const refresh = (): void => changed.fire();
  const disposables = [
    changed,
    watcher,
    watcher.onDidCreate(refresh),
    watcher.onDidDelete(refresh),
    vscode.workspace.onDidChangeWorkspaceFolders(refresh),
  ];

  const files = async (): Promise<vscode.Uri[]> => {
    const found: vscode.Uri[] = [];
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const root = vscode.Uri.joinPath(folder.uri, readSettings(folder.uri).saveFolder);
      try {
        for (const [name] of await vscode.workspace.fs.readDirectory(root))
          if (name.endsWith('.reasoning.json')) found.push(vscode.Uri.joinPath(root, name));
      } catch {
        // no folder yet: nothing was saved
      }
    }
    return found.sort((a, b) => (a.path < b.path ? 1 : -1));
  };

  const provider: vscode.TreeDataProvider<vscode.Uri> = {
    onDidChangeTreeData: changed.event,
    getChildren: (parent) => (parent === undefined ? files() : []),
    getTreeItem: (file) => {
      const name = nameOf(file);
      const item = new vscode.TreeItem(name.title);
      item.description = name.date;
      item.tooltip = vscode.workspace.asRelativePath(file);
      item.resourceUri = file;
      item.iconPath = new vscode.ThemeIcon('list-tree');
      item.contextValue = 'trace';
      item.command = { command: 'vscode.openWith', title: vscode.l10n.t('Open Trace'), arguments: [file, EDITOR_TYPE] };
      item.accessibilityInformation = { label: vscode.l10n.t('Trace {0}, {1}', name.title, name.date) };
      return item;
    },
  };
  disposables.push(vscode.window.registerTreeDataProvider(LIBRARY_ID, provider));
  return { files, dispose: () => void vscode.Disposable.from(...disposables).dispose() };
}

/** What a trace's file name tells without opening it. */
export function nameOf(file: vscode.Uri): { title: string; date: string } {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/\.reasoning\.json$/, '');
  const [, date = '', slug = name] = /^(\d{4}-\d{2}-\d{2})-(.+)$/.exec(name) ?? [];
  return { title: slug.replaceAll('-', ' '), date };
}

/** Lets the user choose a saved trace, or a file elsewhere. */
export async function pickTrace(library: Library): Promise<vscode.Uri | undefined> {
  const browse = { label: vscode.l10n.t('$(folder-opened) Browse…'), file: undefined };
  const items = (await library.files()).map((file) => ({
    label: nameOf(file).title.replaceAll('$(', '$ ('),
    description: nameOf(file).date,
    file,
  }));
  const choice =
    items.length === 0 ? browse : await vscode.window.showQuickPick([...items, browse], { placeHolder: vscode.l10n.t('A saved trace') });
  if (choice === undefined || choice.file !== undefined) return choice?.file;
  const picked = await vscode.window.showOpenDialog({
    filters: { [vscode.l10n.t('Reasoning trace')]: ['json'] },
    openLabel: vscode.l10n.t('Open Trace'),
  });
  return picked?.[0];
}
