import * as vscode from 'vscode';
import type { StampedEvent } from '../core/events.ts';
import type { TraceHead } from '../core/trace.ts';
import type { Run } from './run.ts';

/**
 * The journal of runs in progress. A run has a folder of its own with its head and numbered files of events, since
 * `workspace.fs` (the only way to files that works everywhere) cannot append. A folder that is left over at the next
 * start belongs to a run that was interrupted.
 */
export interface Journal {
  /** Writes along with a run until it is done; `settled` says that the run is safe elsewhere and may be forgotten here. */
  follow(run: Run, settled: () => Promise<void>): void;
  /** Runs that were interrupted, with what had arrived. */
  interrupted(): Promise<readonly Interrupted[]>;
  forget(id: string): Promise<void>;
}

export interface Interrupted {
  readonly head: TraceHead;
  readonly events: readonly StampedEvent[];
}

/** At most this much of a run is lost when the extension host dies, in milliseconds. */
const INTERVAL_MS = 150;

export function createJournal(storage: vscode.Uri, failed: (error: unknown) => void): Journal {
  const root = vscode.Uri.joinPath(storage, 'journal');
  const { fs } = vscode.workspace;
  const encoder = new TextEncoder();
  /** Runs of this very session, which are not left over. */
  const mine = new Set<string>();

  const forget = async (id: string): Promise<void> => {
    mine.delete(id);
    await fs.delete(vscode.Uri.joinPath(root, id), { recursive: true });
  };

  return {
    follow(run, settled) {
      const { head } = run.trace;
      const folder = vscode.Uri.joinPath(root, head.id);
      mine.add(head.id);
      let written = 0;
      let file = 0;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let queue: Promise<unknown> = (async () => {
        await fs.createDirectory(folder);
        await fs.writeFile(vscode.Uri.joinPath(folder, 'head.json'), encoder.encode(JSON.stringify(head)));
      })().catch(failed);
      const flush = (): void => {
        timer = undefined;
        queue = queue
          .then(async () => {
            const events = run.log.slice(written);
            if (events.length === 0) return;
            written = run.log.length;
            const name = `${String(file++).padStart(8, '0')}.json`;
            await fs.writeFile(vscode.Uri.joinPath(folder, name), encoder.encode(JSON.stringify(events)));
          })
          .catch(failed);
      };
      const stop = run.onEvents(() => (timer ??= setTimeout(flush, INTERVAL_MS)));
      void run.done.then(async () => {
        stop();
        clearTimeout(timer);
        flush();
        try {
          await queue;
          await settled();
          await forget(head.id);
        } catch (error) {
          failed(error);
        }
      });
    },
    async interrupted() {
      const found: Interrupted[] = [];
      for (const [id, type] of await entries(root)) {
        if (type !== vscode.FileType.Directory || mine.has(id)) continue;
        const folder = vscode.Uri.joinPath(root, id);
        try {
          const head = JSON.parse(await readText(vscode.Uri.joinPath(folder, 'head.json'))) as TraceHead;
          const events: StampedEvent[] = [];
          const names = (await entries(folder)).map(([name]) => name).filter((name) => /^\d+\.json$/.test(name));
          for (const name of names.sort()) events.push(...(await readEvents(vscode.Uri.joinPath(folder, name))));
          if (events.length > 0) found.push({ head, events });
          else await forget(id);
        } catch (error) {
          // a head that was never written whole tells nothing: there is nothing to offer
          failed(error);
          await forget(id).catch(failed);
        }
      }
      return found;
    },
    forget,
  };
}

/** The file that was being written when the host died may be cut off: what is before it counts. */
async function readEvents(file: vscode.Uri): Promise<StampedEvent[]> {
  try {
    return JSON.parse(await readText(file)) as StampedEvent[];
  } catch {
    return [];
  }
}

async function readText(file: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}

async function entries(folder: vscode.Uri): Promise<[string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}
