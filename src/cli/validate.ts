import { readFile, stat } from 'node:fs/promises';
import { readTrace } from '../core/codec.ts';
import type { ExitStatus, Io } from './io.ts';

/** A file larger than this many bytes is no trace that anybody wrote; reading it would only fill the memory. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Reads a file's trace; throws an error with a sentence for the reader. */
export async function loadTrace(file: string) {
  const { size } = await stat(file);
  if (size > MAX_BYTES) throw new Error(`it has ${Math.round(size / 1e6)} MB, and a trace has at most ${MAX_BYTES / 1024 / 1024} MB`);
  const read = readTrace(await readFile(file, 'utf8'));
  if (!read.ok) throw new Error(read.message);
  return read;
}

/** `validate FILE…`: says for each file whether it is a trace. */
export async function runValidate(files: readonly string[], { stdout, stderr }: Io): Promise<ExitStatus> {
  if (files.length === 0) {
    stderr.write('usage: reasoning-inspector validate FILE…\n');
    return 2;
  }
  let status: ExitStatus = 0;
  for (const file of files) {
    try {
      const { document, newer } = await loadTrace(file);
      stdout.write(`${file}: ${newer ? 'a newer version, read as far as it is known' : 'ok'} (${document.parts.length} parts)\n`);
    } catch (error) {
      stderr.write(`${file}: ${(error as Error).message}\n`);
      status = 1;
    }
  }
  return status;
}
