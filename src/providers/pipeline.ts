import type { Failure, TraceEvent } from '../core/events.ts';
import type { Collector, Ending } from './collector.ts';
import { createCollector } from './collector.ts';
import type { BodyForm } from './decode.ts';
import { createDecoder } from './decode.ts';
import { DIALECTS } from './dialects.ts';
import type { Asked } from './errors.ts';
import { brokenStream, emptyAnswer, notAStream, unreadableChunks } from './errors.ts';

/** From the bytes of a response to events, without any network: what a live answer and a recording have in common. */
export interface Pipeline {
  push(bytes: Uint8Array): void;
  /** Nothing more will come. `ending` says how the connection ended where the bytes alone don't tell. */
  end(ending: Ending | null): void;
  /** The server said that nothing more will come. */
  readonly isDone: () => boolean;
  /** The server said why the response ended. */
  readonly isFinished: () => boolean;
  /** What the server reported amid its answer. */
  readonly failure: () => Failure | null;
}

export function createPipeline(asked: Asked, emit: (event: TraceEvent) => void): Pipeline {
  const out = createCollector(emit);
  const reader = DIALECTS[asked.endpoint.api].read(out, asked);
  let done = false;
  let unreadable = 0;
  const decoder = createDecoder({
    frame(json, event) {
      try {
        reader.frame(json, event);
      } catch {
        unreadable++;
      }
    },
    malformed: () => unreadable++,
    done: () => (done = true),
  });
  return {
    push: (bytes) => decoder.push(bytes),
    end(ending) {
      // whoever stopped wants nothing more, also not what was still held back
      if (ending !== null && 'reason' in ending && ending.reason === 'stopped') {
        out.settle(ending);
        return;
      }
      const body = decoder.end();
      reader.end();
      out.settle(ending ?? endingOf({ ...body, done, unreadable }, asked, out));
    },
    isDone: () => done,
    isFinished: () => out.isFinished(),
    failure: () => out.failure(),
  };
}

interface Body {
  readonly form: BodyForm;
  readonly broken: boolean;
  readonly head: string;
  readonly done: boolean;
  readonly unreadable: number;
}

/** How a response ended whose bytes all arrived. */
function endingOf({ form, broken, head, done, unreadable }: Body, asked: Asked, out: Collector): Ending {
  if (form === 'html' || form === 'text') return { failure: notAStream(asked, head) };
  if (unreadable > 0) return { failure: unreadableChunks(unreadable) };
  if (broken && !out.isFinished()) return { failure: brokenStream(asked) };
  const { parts } = out;
  const empty = !parts.has('answer') && parts.last('tool-call') === null;
  if (
    empty &&
    (form === 'nothing' || (out.reason() ?? 'stop') === 'stop') &&
    out.failure() === null &&
    (done || form !== 'events' || out.isFinished())
  )
    return { failure: emptyAnswer(asked, parts.last('reasoning') !== null) };
  return { reason: done || form === 'json' ? 'stop' : 'aborted' };
}
