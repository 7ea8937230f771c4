import * as vscode from 'vscode';
import { writeWhole } from '../../../src/host/whole-file.ts';
import { equal, ok, test } from './registry.ts';
import { readText } from './stage.ts';

/** A disk with room for so many bytes. As those that VS Code writes to, it empties a file first and keeps what still fitted. */
class SmallDisk implements vscode.FileSystemProvider {
  readonly files = new Map<string, Uint8Array>();
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  private readonly room: number;
  constructor(room: number) {
    this.room = room;
  }
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }
  stat({ path }: vscode.Uri): vscode.FileStat {
    const file = this.files.get(path);
    if (path !== '/' && file === undefined) throw vscode.FileSystemError.FileNotFound(path);
    const type = path === '/' ? vscode.FileType.Directory : vscode.FileType.File;
    return { type, ctime: 0, mtime: 0, size: file?.length ?? 0 };
  }
  readDirectory(): [string, vscode.FileType][] {
    return [...this.files.keys()].map((path) => [path.slice(1), vscode.FileType.File]);
  }
  createDirectory(): void {
    // there is one folder, the root
  }
  readFile(uri: vscode.Uri): Uint8Array {
    this.stat(uri);
    return this.files.get(uri.path) ?? new Uint8Array();
  }
  async writeFile({ path }: vscode.Uri, content: Uint8Array): Promise<void> {
    // later: what a file system throws at once, VS Code never gets over
    await Promise.resolve();
    this.files.delete(path);
    const free = this.room - [...this.files.values()].reduce((sum, { length }) => sum + length, 0);
    this.files.set(path, content.slice(0, Math.max(0, free)));
    if (content.length > free) throw new Error('ENOSPC: no space left on device');
  }
  delete({ path }: vscode.Uri): void {
    this.files.delete(path);
  }
  rename(from: vscode.Uri, to: vscode.Uri): void {
    this.files.set(to.path, this.readFile(from));
    this.files.delete(from.path);
  }
}

test('on a full disk a file keeps what it held, and nothing half written stays behind', async () => {
  const disk = new SmallDisk(100);
  const provider = vscode.workspace.registerFileSystemProvider('small-disk', disk);
  try {
    const file = vscode.Uri.parse('small-disk:/one.reasoning.json');
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    await writeWhole(file, bytes('first'));
    await writeWhole(file, bytes('second'));
    equal(await readText(file), 'second', 'the file');
    let said = '';
    try {
      await writeWhole(file, bytes('x'.repeat(200)));
    } catch (error) {
      said = String(error);
    }
    ok(said.includes('no space left'), `it said "${said}"`);
    equal(await readText(file), 'second', 'the file on the full disk');
    // there is room beside the old text, but none for both
    await writeWhole(file, bytes('third'.repeat(12)));
    equal(await readText(file), 'third'.repeat(12), 'the file that was written twice');
    equal([...disk.files.keys()], ['/one.reasoning.json'], 'the files on the disk');
  } finally {
    provider.dispose();
  }
});
