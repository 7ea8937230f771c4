import * as vscode from 'vscode';
import type { TraceDocument } from '../core/schema.ts';
import type { Run } from './run.ts';
import { writeWhole } from './whole-file.ts';

/** The last runs of this workspace, kept in VS Code's own storage so that a reload or a crash loses nothing that was not saved. */
export interface Recent {
  add(run: Run): Promise<void>;
  /** The trace of that id, or the newest; null when there is none. */
  load(id?: string): Promise<TraceDocument | null>;
}

const KEEP = 20;

export function createRecent(storage: vscode.Uri): Recent {
  const root = vscode.Uri.joinPath(storage, 'recent');
  const { fs } = vscode.workspace;

  /** Newest first: file names begin with the time of the request. */
  const files = async (): Promise<string[]> => {
    try {
      const all = await fs.readDirectory(root);
      return all
        .map(([name]) => name)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .reverse();
    } catch {
      return [];
    }
  };

  return {
    async add(run) {
      const { toDocument, writeTrace } = await import('../core/codec.ts');
      const { createdAt, id } = run.trace.head;
      await fs.createDirectory(root);
      const name = `${createdAt.replace(/[^0-9]/g, '')}-${id}.json`;
      const document = { ...toDocument(run.trace, null), ...(run.explanation && { explanation: run.explanation }) };
      await writeWhole(vscode.Uri.joinPath(root, name), new TextEncoder().encode(writeTrace(document)));
      for (const old of (await files()).slice(KEEP)) await fs.delete(vscode.Uri.joinPath(root, old));
    },
    async load(id) {
      const name = (await files()).find((file) => id === undefined || file.endsWith(`-${id}.json`));
      if (name === undefined) return null;
      const { readTrace, traceOf } = await import('../core/codec.ts');
      const read = readTrace(new TextDecoder().decode(await fs.readFile(vscode.Uri.joinPath(root, name))));
      return read.ok && traceOf(read.document).parts.length > 0 ? read.document : null;
    },
  };
}
