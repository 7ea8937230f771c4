import * as vscode from 'vscode';

/**
 * Writes a file whole or not at all: VS Code empties a file before it writes it, so on a full disk what it held would be
 * gone. Where there is something to lose, the bytes are put down beside it first, under its name with a dot before and `.part`
 * behind, and stay there until the file itself is written. (A rename alone would do, were it not that VS Code takes the old
 * file away first: for a moment there is none, and its editors see that.) Rejects with the error of the file system; the
 * target is as it was then.
 */
export async function writeWhole(target: vscode.Uri, bytes: Uint8Array): Promise<void> {
  const { fs } = vscode.workspace;
  const remove = async (file: vscode.Uri): Promise<void> => fs.delete(file).then(undefined, () => undefined);
  const before = await fs.stat(target).then(
    ({ size }) => size,
    () => null,
  );
  // a file that was just chosen in a browser may be all that can be written there
  if (before === null || before === 0) {
    try {
      await fs.writeFile(target, bytes);
    } catch (error) {
      if (before === null) await remove(target);
      throw error;
    }
    return;
  }
  const name = target.path.slice(target.path.lastIndexOf('/') + 1);
  const beside = vscode.Uri.joinPath(target, '..', `.${name}.part`);
  try {
    await fs.writeFile(beside, bytes);
  } catch (error) {
    await remove(beside);
    throw error;
  }
  try {
    await fs.writeFile(target, bytes);
  } catch (error) {
    // a file that must not be written was not emptied either, and must not be replaced
    if (error instanceof vscode.FileSystemError && error.code === 'NoPermissions') {
      await remove(beside);
      throw error;
    }
    // emptied perhaps, and no room to write it: what lies beside it needs none
    await fs.rename(beside, target, { overwrite: true });
    return;
  }
  await remove(beside);
}
