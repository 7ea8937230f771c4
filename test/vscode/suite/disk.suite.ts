import * as vscode from 'vscode';
import { writeWhole } from '../../../src/host/whole-file.ts';
import { equal, ok, test } from './registry.ts';
import { readText } from './stage.ts';

/** A disk with room for so many bytes. As those that VS Code writes to, it empties a file first and keeps what still fitted. */
class SmallDisk implements vscode.FileSystemProvider {
  readonly files = new Map<string, Uint8Array>();
  /** The file that must not be written. */
  guarded = '';
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
    if (path === this.guarded) throw vscode.FileSystemError.NoPermissions(path);
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
    const told = async (work: Promise<void>): Promise<string> =>
      work.then(
        () => '',
        (error: unknown) => String(error),
      );
    await writeWhole(file, bytes('first'));
    await writeWhole(file, bytes('second'));
    equal(await readText(file), 'second', 'the file');
    ok((await told(writeWhole(file, bytes('x'.repeat(200))))).includes('no space left'), 'there was room for more than fits');
    equal(await readText(file), 'second', 'the file on the full disk');
    // there is room beside the old text, but none for both
    await writeWhole(file, bytes('third'.repeat(12)));
    equal(await readText(file), 'third'.repeat(12), 'the file that was written twice');
    disk.guarded = file.path;
    ok((await told(writeWhole(file, bytes('fourth')))) !== '', 'a file that must not be written was written');
    equal(await readText(file), 'third'.repeat(12), 'the file that must not be written');
    const another = vscode.Uri.parse('small-disk:/two.reasoning.json');
    ok((await told(writeWhole(another, bytes('y'.repeat(60))))).includes('no space left'), 'there was room');
    equal([...disk.files.keys()], ['/one.reasoning.json'], 'the files on the disk');
  } finally {
    provider.dispose();
  }
});
