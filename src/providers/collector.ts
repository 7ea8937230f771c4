import type { Failure, FinishReason, TraceEvent } from '../core/events.ts';
import type { PartWriter } from './parts.ts';
import { createPartWriter } from './parts.ts';
import type { ReportedUsage } from './usage.ts';
import { settleUsage } from './usage.ts';

/** Where a reader of an API puts what it understood. */
export interface Collector {
  readonly parts: PartWriter;
  /** The model's name by the server's own word; told once. */
  model(name: string): void;
  /** Later counts replace earlier ones of the same name. */
  usage(reported: ReportedUsage): void;
  /** Why it ended. The first word counts: some servers repeat themselves with less. */
  finish(reason: FinishReason, raw?: string): void;
  /** What went wrong inside the stream; told last, after everything that still arrives. */
  fail(failure: Failure): void;
  readonly failure: () => Failure | null;
  readonly isFinished: () => boolean;
  readonly reason: () => FinishReason | null;
  /** Usage, and reasoning that was counted and never shown; then the end. A reason given by the server goes before `ending`'s. */
  settle(ending: Ending): void;
}

/** How a response ended by what its bytes did. */
export type Ending = { readonly reason: FinishReason } | { readonly failure: Failure };

const SAMPLE = 20_000;

export function createCollector(emit: (event: TraceEvent) => void): Collector {
  const kinds: string[] = [];
  const seen = { reasoning: { sample: '', chars: 0 }, answer: { sample: '', chars: 0 } };
  let reported: ReportedUsage = {};
  let model: string | null = null;
  let finish: { readonly reason: FinishReason; readonly raw?: string } | null = null;
  let failure: Failure | null = null;
  const veiled = new Set<number>();
  const veil = (part: number, is: boolean) => {
    if (is) veiled.add(part);
    else veiled.delete(part);
  };
  const note = (event: TraceEvent) => {
    if (event.type === 'open') {
      kinds.push(event.kind);
      veil(kinds.length - 1, event.kind === 'reasoning' && event.visibility !== 'raw');
    } else if (event.type === 'retype') {
      veil(event.part, event.kind === 'reasoning' && event.visibility !== 'raw');
      // the text before a closing mark without opener was counted as answer
      if (event.kind === 'reasoning' && kinds[event.part] === 'answer') {
        seen.reasoning = { sample: seen.reasoning.sample + seen.answer.sample, chars: seen.reasoning.chars + seen.answer.chars };
        seen.answer = { sample: '', chars: 0 };
      }
      kinds[event.part] = event.kind;
    } else if (event.type === 'text') {
      const kind = kinds[event.part];
      if (kind === 'reasoning' || kind === 'answer') {
        const of = seen[kind];
        of.chars += event.text.length;
        if (of.sample.length < SAMPLE) of.sample += event.text.slice(0, SAMPLE - of.sample.length);
      }
    }
    emit(event);
  };
  const parts = createPartWriter(note);
  return {
    parts,
    model(name) {
      if (name === '' || model !== null) return;
      model = name;
      emit({ type: 'model', model: name });
    },
    usage(more) {
      reported = { ...reported, ...more };
    },
    finish(reason, raw) {
      finish ??= raw === undefined ? { reason } : { reason, raw };
    },
    fail(what) {
      failure ??= what;
    },
    failure: () => failure,
    isFinished: () => finish !== null,
    reason: () => finish?.reason ?? null,
    settle(ending) {
      parts.close();
      const usage = settleUsage(reported, { ...seen, veiled: veiled.size > 0 });
      if ((usage.reasoningTokens ?? 0) > 0 && parts.last('reasoning') === null) {
        parts.open({ kind: 'reasoning', visibility: 'withheld' });
        parts.close();
      }
      if (Object.keys(usage).length > 0) emit({ type: 'usage', usage });
      const wrong = failure ?? ('failure' in ending ? ending.failure : null);
      if (wrong !== null) emit({ type: 'error', failure: wrong });
      else if ('reason' in ending) {
        // stopping is the user's word and goes before the server's
        const { reason, raw } = ending.reason === 'stopped' ? { reason: ending.reason } : (finish ?? { reason: ending.reason });
        emit(raw === undefined ? { type: 'finish', reason } : { type: 'finish', reason, raw });
      }
    },
  };
}
