import * as vscode from 'vscode';

/**
 * Writes a file whole or not at all: VS Code empties a file before it writes it, so on a full disk what it held would be
 * gone. The bytes are put down beside it first, under its name with a dot before and `.part` behind, and stay there until
 * the file itself is written. (A rename alone would do, were it not that VS Code takes the old file away first: for a
 * moment there is none, and its editors see that.) Rejects with the error of the file system; the target is as it was then.
 */
export async function writeWhole(target: vscode.Uri, bytes: Uint8Array): Promise<void> {
  const { fs } = vscode.workspace;
  const name = target.path.slice(target.path.lastIndexOf('/') + 1);
  const beside = vscode.Uri.joinPath(target, '..', `.${name}.part`);
  const remove = async (): Promise<void> => fs.delete(beside).then(undefined, () => undefined);
  try {
    await fs.writeFile(beside, bytes);
  } catch (error) {
    await remove();
    throw error;
  }
  try {
    await fs.writeFile(target, bytes);
  } catch {
    // emptied perhaps, and no room to write it: what lies beside it needs none
    await fs.rename(beside, target, { overwrite: true });
    return;
  }
  await remove();
}
