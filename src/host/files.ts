import * as vscode from 'vscode';

/** The few things that the journal does with files, by paths below a root of its own. */
export interface Files {
  write(path: string, text: string): Promise<void>;
  /** Rejects when there is no such file. */
  read(path: string): Promise<string>;
  /** The names in a folder, sorted; none when there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
  remove(path: string): Promise<void>;
}

/** Files below `root`, through VS Code, so that they may lie anywhere that VS Code reaches. */
export function vscodeFiles(root: vscode.Uri): Files {
  const { fs } = vscode.workspace;
  const at = (path: string): vscode.Uri => vscode.Uri.joinPath(root, path);
  return {
    // missing folders on the way are made by writeFile
    write: async (path, text) => fs.writeFile(at(path), new TextEncoder().encode(text)),
    read: async (path) => new TextDecoder().decode(await fs.readFile(at(path))),
    async list(folder) {
      try {
        return (await fs.readDirectory(at(folder))).map(([name]) => name).sort();
      } catch {
        return [];
      }
    },
    remove: async (path) => fs.delete(at(path), { recursive: true }),
  };
}
