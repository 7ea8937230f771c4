import type { Explainable } from '../core/explain.ts';
import { readExplanation } from '../core/explain.ts';
import type { TraceEvent } from '../core/events.ts';
import { readFailure } from '../core/failures.ts';
import { fill } from '../core/sentences.ts';
import type { Explanation } from '../core/schema.ts';
import { applyEvent, createTrace, textOf } from '../core/trace.ts';
import type { TraceHead } from '../core/trace.ts';

/** What became of asking; `message` is one sentence for the reader. `stopped`: by the user. */
export type Explained =
  { readonly ok: true; readonly explanation: Explanation } | { readonly ok: false; readonly stopped: boolean; readonly message: string };

interface TakeOptions {
  readonly head: TraceHead;
  /** When it was asked, ISO 8601. */
  readonly at: string;
  /** The reader's words for an English sentence. */
  readonly say?: (english: string, ...args: readonly string[]) => string;
}

/** Takes a model's reply to the end and keeps of it what fits. Tool calls, reasoning and whatever else it sends are left lying. */
export async function takeExplanation(
  events: AsyncIterable<TraceEvent>,
  explainable: Explainable,
  { head, at, say = fill }: TakeOptions,
): Promise<Explained> {
  const trace = createTrace(head);
  let seq = 0;
  for await (const event of events) applyEvent(trace, { seq: ++seq, at: 0, event });
  if (trace.failure !== null) {
    const { message } = trace.failure;
    const read = readFailure(message);
    return { ok: false, stopped: false, message: read === null ? message : say(read.template, ...read.args) };
  }
  if (trace.finish?.reason === 'stopped') return { ok: false, stopped: true, message: say('Stopped') };
  const explanation = readExplanation(textOf(trace.parts, 'answer'), explainable, { by: head.request.model, at });
  if (explanation !== null) return { ok: true, explanation };
  const short = trace.finish?.reason === 'length';
  return {
    ok: false,
    stopped: false,
    message: short
      ? say('The model reached its limit of tokens before it was done explaining; raise the limit or choose another model.')
      : say('What the model replied is not an explanation in the asked form, so nothing was kept; try again or choose another model.'),
  };
}
