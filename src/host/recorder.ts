import * as vscode from 'vscode';
import type { RecordedChunk } from '../providers/recording.ts';
import { recordingLine, redactChunks } from '../providers/recording.ts';
import type { Run } from './run.ts';

/** The bytes of the wire of this session's runs, kept when the user asked for it: for bug reports and tests. */
export interface Recorder {
  /** Takes a response's bytes as they arrive. */
  readonly take: (bytes: Uint8Array, atMs: number) => void;
  readonly chunks: readonly RecordedChunk[];
}

/** More than this many bytes of one response are not kept. */
const MAX_BYTES = 64 * 1024 * 1024;

export function createRecorder(): Recorder {
  const chunks: RecordedChunk[] = [];
  let size = 0;
  return {
    chunks,
    take(bytes, at) {
      size += bytes.length;
      if (size <= MAX_BYTES) chunks.push({ at, bytes: bytes.slice() });
    },
  };
}

const recorders = new WeakMap<Run, { readonly recorder: Recorder; readonly secrets: readonly string[] }>();

/** `secrets` are what must not be in the recording whatever its shape: the key that was sent. */
export function keepRecorder(run: Run, recorder: Recorder, secrets: readonly string[]): void {
  recorders.set(run, { recorder, secrets });
}

/** Writes a run's recording beside its trace file; undefined when none was kept. */
export async function writeRecording(run: Run, traceFile: vscode.Uri): Promise<vscode.Uri | undefined> {
  const { recorder, secrets = [] } = recorders.get(run) ?? {};
  const chunks = recorder?.chunks ?? [];
  if (chunks.length === 0) return undefined;
  const file = traceFile.with({ path: traceFile.path.replace(/(?:\.reasoning)?\.json$/, '.recording.jsonl') });
  const lines = redactChunks(chunks, secrets).map(({ at, bytes }) => recordingLine(bytes, at));
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(lines.join('')));
  return file;
}
