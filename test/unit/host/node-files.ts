import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Files } from '../../../src/host/files.ts';

/** The journal's files in a folder of this machine, as VS Code's file system would have them. */
export function nodeFiles(root: string): Files {
  return {
    async write(path, text) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    },
    read: (path) => readFile(join(root, path), 'utf8'),
    async list(folder) {
      const names = await readdir(join(root, folder)).catch(() => []);
      return names.sort();
    },
    remove: (path) => rm(join(root, path), { recursive: true }),
  };
}
