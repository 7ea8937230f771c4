import type { StampedEvent } from '../core/events.ts';
import { createInspection } from '../core/inspection.ts';
import type { Inspection } from '../core/inspection.ts';
import type { TraceHead } from '../core/trace.ts';
import { PART_SEPARATOR } from '../core/trace.ts';
import type { Analysts, RemoteAnalyser } from './analysis/remote.ts';
import { createGrowingText } from './model/pieces.ts';
import type { GrowingText } from './model/pieces.ts';

/** The trace on show, growing. */
export interface Run {
  readonly id: string;
  readonly inspection: Inspection<RemoteAnalyser>;
  readonly reasoning: GrowingText;
  readonly answer: string;
  /** `performance.now()` when the last event came. */
  readonly heardAt: number;
  /** Applies events in order; those that were applied before change nothing. */
  apply(events: readonly StampedEvent[]): void;
}

export function createRun(head: TraceHead, analysts: Analysts): Run {
  const inspection = createInspection(head, (context) => analysts.open(context));
  const { trace } = inspection;
  let reasoning = createGrowingText();
  /** The part that the reasoning text last grew by. */
  let tail = -1;
  let answer: string | null = '';
  let heardAt = performance.now();

  const joined = (kind: 'reasoning' | 'answer'): string =>
    trace.parts
      .filter((part) => part.kind === kind && part.text !== '')
      .map((part) => part.text)
      .join(PART_SEPARATOR);

  /** After an earlier part grew, or turned out to be of another kind. */
  const rebuild = (): void => {
    reasoning = createGrowingText();
    reasoning.push(joined('reasoning'));
    tail = trace.parts.findLastIndex((part) => part.kind === 'reasoning' && part.text !== '');
    answer = null;
  };

  const grow = (part: number, text: string): void => {
    const kind = trace.parts[part]?.kind;
    if (text === '') return;
    if (kind === 'answer') answer = null;
    else if (kind === 'reasoning') {
      if (part < tail) rebuild();
      else {
        reasoning.push((tail !== -1 && tail !== part ? PART_SEPARATOR : '') + text);
        tail = part;
      }
    }
  };

  return {
    id: head.id,
    inspection,
    get reasoning() {
      return reasoning;
    },
    get answer() {
      return (answer ??= joined('answer'));
    },
    get heardAt() {
      return heardAt;
    },
    apply(events) {
      for (const stamped of events) {
        if (stamped.seq <= trace.lastSeq) continue;
        inspection.apply(stamped);
        const { event } = stamped;
        if (event.type === 'retype') rebuild();
        else if (event.type === 'text') grow(event.part, event.text);
      }
      heardAt = performance.now();
    },
  };
}
