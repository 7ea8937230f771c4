import * as vscode from 'vscode';
import type { OpenTrace } from './open-trace.ts';
import { openDocument } from './open-trace.ts';
import { finishedRun } from './run.ts';

/** More than any model writes in a run, in bytes; reading a larger file would only fill the memory. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Opens a trace file. What is wrong with it is said in the view; the file is never changed. */
export async function openTraceFile(file: vscode.Uri): Promise<OpenTrace> {
  const label = file.path.slice(file.path.lastIndexOf('/') + 1);
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > MAX_BYTES) {
      return unreadable(
        label,
        vscode.l10n.t('This file has {0} MB; traces of up to {1} MB are opened.', Math.round(size / 1e6), MAX_BYTES / 1024 / 1024),
      );
    }
    const { readTrace } = await import('../core/codec.ts');
    const read = readTrace(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
    if (!read.ok) return unreadable(label, read.message);
    const notice = read.newer
      ? vscode.l10n.t('This trace was written by a newer version: it is shown as far as it is understood, and not changed.')
      : null;
    return await openDocument(read.document, { file, label, readOnly: read.newer, notice });
  } catch (error) {
    return unreadable(label, vscode.l10n.t('This file could not be read ({0}).', error instanceof Error ? error.message : String(error)));
  }
}

/** A file that is no trace, shown as a run that failed for that reason. */
function unreadable(label: string, message: string): OpenTrace {
  const head = {
    id: `unreadable:${label}`,
    createdAt: new Date(0).toISOString(),
    title: label,
    request: { endpoint: '', origin: '', api: 'chat', model: '', parameters: {}, messages: [] },
    origin: null,
  } as const;
  const run = finishedRun(head, [{ seq: 1, at: 0, event: { type: 'error', failure: { code: 'unknown', message } } }]);
  return { run, readOnly: true, label, notice: null };
}
