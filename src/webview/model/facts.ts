import type { Visibility } from '../../core/events.ts';
import type { RunState, Trace } from '../../core/trace.ts';
import { stateOf, thinkingMs } from '../../core/trace.ts';

/** Milliseconds below which a time is not told. */
const LEAST = 50;

/** The figures of the header. */
export interface Facts {
  readonly state: RunState;
  /** Milliseconds of thinking so far; null when none was seen. */
  readonly thinkingMs: number | null;
  /** Milliseconds from the first to the last character of the answer; null when there is none. */
  readonly answerMs: number | null;
  /** Milliseconds since the request during which nothing has come; null once something has. */
  readonly waitingMs: number | null;
  readonly reasoningTokens: number | null;
  /** True when the server did not count the tokens and we did. */
  readonly estimated: boolean;
  /** Tokens of reasoning a second. */
  readonly rate: number | null;
  /** What of the reasoning is shown: the least open of its parts. Null when there is none. */
  readonly visibility: Visibility | 'mixed' | null;
  readonly hasAnswer: boolean;
}

/**
 * `now` is in milliseconds since the request; while a run lives it goes on between events. `estimate` is how many tokens
 * the reasoning has by our own count; null while that is not known.
 */
export function factsOf(trace: Trace, live: boolean, now: number, estimate: number | null): Facts {
  const state = stateOf(trace);
  const reasoning = trace.parts.filter((part) => part.kind === 'reasoning');
  const answers = trace.parts.filter((part) => part.kind === 'answer' && part.text !== '');
  const last = trace.parts.at(-1);
  const growing = live && last?.kind === 'reasoning' && !last.closed;
  const seen = thinkingMs(trace);
  const thinking = seen === null ? null : seen + (growing ? Math.max(0, now - last.end) : 0);
  const reported = trace.usage.reasoningTokens;
  const hasText = reasoning.some((part) => part.text !== '');
  const tokens = reported !== undefined && reported > 0 ? reported : hasText ? estimate : null;
  const kinds = new Set(reasoning.map((part) => part.visibility));
  // parts that came in one piece tell nothing of the time that they took
  const known = (ms: number): number | null => (live || ms >= LEAST ? ms : null);
  const firstAnswer = answers[0];
  const lastAnswer = answers.at(-1);
  return {
    state,
    thinkingMs: thinking === null || (thinking < LEAST && !growing) ? null : thinking,
    answerMs:
      firstAnswer === undefined || lastAnswer === undefined
        ? null
        : known((live && state === 'answering' ? now : lastAnswer.end) - firstAnswer.start),
    waitingMs: live && trace.parts.length === 0 ? now : null,
    reasoningTokens: tokens,
    estimated: tokens !== null && (reported === undefined || reported === 0 || (trace.usage.estimated ?? []).includes('reasoningTokens')),
    rate: tokens !== null && thinking !== null && thinking >= 500 ? Math.round(tokens / (thinking / 1000)) : null,
    visibility: kinds.size === 0 ? null : kinds.size === 1 ? ([...kinds][0] ?? null) : 'mixed',
    hasAnswer: answers.length > 0,
  };
}
