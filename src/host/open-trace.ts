import type { Uri } from 'vscode';
import type { TraceDocument } from '../core/schema.ts';
import type { Shown } from '../protocol/messages.ts';
import type { Run } from './run.ts';
import { finishedRun } from './run.ts';

/** A trace as a view shows it: the run with what is known around it. */
export interface OpenTrace {
  readonly run: Run;
  /** The document that it was read from: gives back the fields that we do not know when it is written again. */
  readonly base?: TraceDocument;
  readonly file?: Uri;
  readonly readOnly: boolean;
  readonly label: string | null;
  notice: string | null;
}

export function shownOf(open: OpenTrace): Shown {
  const { run, readOnly, label, notice } = open;
  const { explanation } = run;
  return { head: run.trace.head, notes: run.trace.notes, live: run.live(), readOnly, label, notice, ...(explanation && { explanation }) };
}

/** A trace from a document, complete. */
export async function openDocument(document: TraceDocument, around: Partial<Omit<OpenTrace, 'run' | 'base'>> = {}): Promise<OpenTrace> {
  const { eventsOf, headOf } = await import('../core/codec.ts');
  const run = finishedRun(headOf(document), eventsOf(document));
  run.trace.notes = document.notes.map(({ step, text, at, by }) => ({ step, text, at, by }));
  run.explanation = document.explanation ?? null;
  return { run, base: document, readOnly: false, label: null, notice: null, ...around };
}
