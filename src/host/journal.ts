import type { StampedEvent } from '../core/events.ts';
import type { TraceHead } from '../core/trace.ts';
import type { Files } from './files.ts';
import type { Run } from './run.ts';

/**
 * The journal of runs in progress. A run has a folder of its own with its head and numbered files of events, since
 * VS Code's file system (the only way to files that works everywhere) cannot append. A folder that is left over at the
 * next start belongs to a run that was interrupted.
 */
export interface Journal {
  /** Writes along with a run until it is done; `settled` makes it safe elsewhere, after which it is forgotten here. */
  follow(run: Run, settled: () => Promise<void>): Promise<void>;
  /** Runs that were interrupted, with what had arrived. */
  interrupted(): Promise<readonly Interrupted[]>;
  forget(id: string): Promise<void>;
}

export interface Interrupted {
  readonly head: TraceHead;
  readonly events: readonly StampedEvent[];
}

/** With the batches of a run (25 ms) and the time of a write, less than a quarter of a second is lost when the host dies. In milliseconds. */
const INTERVAL_MS = 150;

export function createJournal(files: Files, failed: (error: unknown) => void): Journal {
  /** Runs of this very session, which are not left over. */
  const mine = new Set<string>();

  const forget = async (id: string): Promise<void> => {
    await files.remove(id);
    mine.delete(id);
  };

  return {
    async follow(run, settled) {
      const { head } = run.trace;
      mine.add(head.id);
      let written = 0;
      let file = 0;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let queue: Promise<unknown> = files.write(`${head.id}/head.json`, JSON.stringify(head)).catch(failed);
      const flush = (): void => {
        timer = undefined;
        queue = queue
          .then(async () => {
            const events = run.log.slice(written);
            if (events.length === 0) return;
            await files.write(`${head.id}/${String(file).padStart(8, '0')}.json`, JSON.stringify(events));
            // counted only now: what could not be written is tried again with the next
            written += events.length;
            file++;
          })
          .catch(failed);
      };
      const stop = run.onEvents(() => (timer ??= setTimeout(flush, INTERVAL_MS)));
      await run.done;
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
    },
    async interrupted() {
      const found: Interrupted[] = [];
      for (const id of await files.list('')) {
        if (mine.has(id)) continue;
        try {
          const head = JSON.parse(await files.read(`${id}/head.json`)) as TraceHead;
          const events: StampedEvent[] = [];
          for (const name of await files.list(id)) if (/^\d+\.json$/.test(name)) events.push(...(await readEvents(files, `${id}/${name}`)));
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
async function readEvents(files: Files, path: string): Promise<StampedEvent[]> {
  try {
    return JSON.parse(await files.read(path)) as StampedEvent[];
  } catch {
    return [];
  }
}
