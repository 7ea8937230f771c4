import type { TraceEvent } from '../core/events.ts';
import type { TraceDocument } from '../core/schema.ts';

/** Plays a saved trace again at the pace at which it was written; `speed` 2 is twice as fast. */
export async function* replay(document: TraceDocument, signal: AbortSignal, speed = 1): AsyncGenerator<TraceEvent> {
  const { eventsOf } = await import('../core/codec.ts');
  let clock = 0;
  for (const { at, event } of eventsOf(document)) {
    if (at > clock) await pause((at - clock) / speed, signal);
    clock = Math.max(clock, at);
    if (signal.aborted) {
      yield { type: 'finish', reason: 'stopped' };
      return;
    }
    yield event;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
