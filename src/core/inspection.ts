import type { AnalysisContext, Reader } from './analyse.ts';
import type { StampedEvent } from './events.ts';
import type { Trace, TraceHead } from './trace.ts';
import { PART_SEPARATOR, applyEvent, createTrace, stateOf } from './trace.ts';

/** A trace with its analysis, both growing with the same events. */
export interface Inspection<Analysed extends Reader> {
  readonly trace: Trace;
  /** Applies an event; one that was applied before changes nothing. */
  apply(event: StampedEvent): void;
  /** The analyser over the trace so far. A retyped part makes it a new one. */
  analyser(): Analysed;
}

/** The last thing that the user said, which is what the reasoning is about. */
export function promptOf(head: TraceHead): string {
  return head.request.messages.findLast((m) => m.role === 'user')?.content ?? '';
}

/** All that was said before the reasoning began, the last question last: what an earlier turn says is no assumption of a later one. */
export function givenOf(head: TraceHead): string {
  const { messages } = head.request;
  const last = messages.findLastIndex((m) => m.role === 'user');
  return [...messages.toSpliced(last, last < 0 ? 0 : 1), ...messages.slice(last, last + 1)].map(({ content }) => content).join('\n\n');
}

export function createInspection<Analysed extends Reader>(
  head: TraceHead,
  createAnalyser: (context: AnalysisContext) => Analysed,
): Inspection<Analysed> {
  const trace = createTrace(head);
  let analyser = createAnalyser({ prompt: givenOf(head) });
  let stale = false;
  let ended = false;
  /** The part that last grew, by kind: text may only be appended to the end of what the analyser has. */
  const tail = { reasoning: -1, answer: -1 };

  const feed = (kind: 'reasoning' | 'answer', part: number, text: string): void => {
    if (text === '') return;
    const separator = tail[kind] !== -1 && tail[kind] !== part ? PART_SEPARATOR : '';
    tail[kind] = part;
    if (kind === 'reasoning') analyser.push(separator + text);
    else analyser.pushAnswer(separator + text);
  };

  const finish = (): void => {
    if (ended || (trace.finish === null && trace.failure === null)) return;
    ended = true;
    const state = stateOf(trace);
    analyser.end({ cutOff: state === 'cutoff' || state === 'failed' || state === 'stopped' });
  };

  const rebuild = (): void => {
    analyser = createAnalyser({ prompt: givenOf(head) });
    tail.reasoning = tail.answer = -1;
    ended = stale = false;
    trace.parts.forEach((part, i) => {
      if (part.kind === 'reasoning' || part.kind === 'answer') feed(part.kind, i, part.text);
    });
    finish();
  };

  return {
    trace,
    apply(stamped) {
      if (!applyEvent(trace, stamped)) return;
      const { event } = stamped;
      if (event.type === 'retype') {
        // a part that had no text yet changes nothing in what was analysed
        if (trace.parts[event.part]?.text !== '') stale = true;
      } else if (event.type === 'text') {
        const kind = trace.parts[event.part]?.kind;
        if (kind !== 'reasoning' && kind !== 'answer') return;
        if (ended || event.part < tail[kind]) stale = true;
        if (!stale) feed(kind, event.part, event.text);
      }
      if (!stale) finish();
    },
    analyser() {
      if (stale) rebuild();
      return analyser;
    },
  };
}
