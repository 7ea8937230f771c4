import type { Grounding } from '../core/grounding.ts';
import type { FailureCode, StampedEvent, TraceEvent } from '../core/events.ts';
import { UNEXPECTED } from '../core/failures.ts';
import { fill } from '../core/sentences.ts';
import type { Explanation } from '../core/schema.ts';
import type { Trace, TraceHead } from '../core/trace.ts';
import { applyEvent, createTrace } from '../core/trace.ts';

/** A trace that is shown, growing or complete, with the log of events that made it. */
export interface Run {
  readonly trace: Trace;
  readonly log: readonly StampedEvent[];
  /** What the workspace says about the files and symbols that are spoken of; null until it was asked. */
  grounding: Grounding | null;
  /** What a model said of the trace when it was asked to explain it. */
  explanation: Explanation | null;
  /** Whether events may still come. */
  live(): boolean;
  /** Settles when the last event is in the log. Never rejects. */
  readonly done: Promise<void>;
  /** Ends the run; what had arrived stays. */
  stop(): void;
  /** Calls `listener` with each batch of new events; the returned function ends that. */
  onEvents(listener: (events: readonly StampedEvent[]) => void): () => void;
}

/** A view can draw no faster than this, so deltas that arrive within it travel as one, in milliseconds. */
const BATCH_MS = 25;

/** A source that was stopped may say its last words within this time, in milliseconds. */
const STOP_MS = 300;

export interface RunOptions {
  readonly head: TraceHead;
  readonly source: (signal: AbortSignal) => AsyncIterable<TraceEvent>;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
}

/** Starts taking events from a source: stamps them, keeps the log, tells the listeners in small batches. */
export function startRun({ head, source, now }: RunOptions): Run {
  const abort = new AbortController();
  const trace = createTrace(head);
  const log: StampedEvent[] = [];
  const listeners = new Set<(events: readonly StampedEvent[]) => void>();
  const began = now();
  let live = true;
  let pending: { at: number; event: TraceEvent }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = (): void => {
    if (timer !== undefined) clearTimeout(timer);
    timer = undefined;
    if (pending.length === 0) return;
    const events = pending.map(({ at, event }, i): StampedEvent => ({ seq: log.length + i + 1, at, event }));
    pending = [];
    for (const event of events) {
      log.push(event);
      applyEvent(trace, event);
    }
    for (const listener of listeners) listener(events);
  };

  const take = (event: TraceEvent): void => {
    const last = pending.at(-1);
    if (event.type === 'text' && last?.event.type === 'text' && last.event.part === event.part) {
      last.event = { ...last.event, text: last.event.text + event.text };
    } else pending.push({ at: Math.round(now() - began), event });
    timer ??= setTimeout(flush, BATCH_MS);
  };

  /** Comes true when the source was told to stop and does not: the reader's word counts, not the server's. */
  const unwilling = new Promise<void>((resolve) => {
    abort.signal.addEventListener('abort', () => setTimeout(resolve, STOP_MS));
  });

  const takeAll = async (): Promise<void> => {
    try {
      for await (const event of source(abort.signal)) {
        if (!live) return;
        take(event);
      }
    } catch (error) {
      // sources promise not to throw; should one, the reader is told all the same
      const code: FailureCode = 'unknown';
      take({ type: 'error', failure: { code, message: fill(UNEXPECTED, String(error)) } });
    }
  };

  const consume = async (): Promise<void> => {
    await Promise.race([takeAll(), unwilling]);
    live = false;
    if (
      !pending.some(({ event }) => event.type === 'finish' || event.type === 'error') &&
      trace.finish === null &&
      trace.failure === null
    ) {
      take({ type: 'finish', reason: abort.signal.aborted ? 'stopped' : 'aborted' });
    }
    flush();
  };

  return {
    trace,
    log,
    grounding: null,
    explanation: null,
    live: () => live,
    done: consume(),
    stop: () => {
      abort.abort();
    },
    onEvents(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** A run that is over: a trace from a file, or one taken up after an interruption. */
export function finishedRun(head: TraceHead, events: readonly StampedEvent[]): Run {
  const trace = createTrace(head);
  for (const event of events) applyEvent(trace, event);
  return {
    trace,
    log: events,
    grounding: null,
    explanation: null,
    live: () => false,
    done: Promise.resolve(),
    stop: () => undefined,
    onEvents: () => () => undefined,
  };
}
