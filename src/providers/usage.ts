import { estimateTokenCount } from 'tokenx';
import type { Usage } from '../core/events.ts';
import type { JsonObject } from './narrow.ts';
import { countOf, defined, objectOf } from './narrow.ts';

/** Counts as a server reports them, before it is settled whether `completion` includes the reasoning. */
export interface ReportedUsage {
  readonly prompt?: number;
  readonly cached?: number;
  readonly completion?: number;
  readonly reasoning?: number;
  readonly total?: number;
  /** By the API's own definition; left out where the sums must tell. */
  readonly reasoningIncluded?: boolean;
  /** US dollars. */
  readonly cost?: number;
  /** Milliseconds. */
  readonly serverMs?: number;
}

/** How much text arrived, to estimate what was not reported: a sample of each kind and its whole length. */
export interface SeenText {
  readonly reasoning: { readonly sample: string; readonly chars: number };
  readonly answer: { readonly sample: string; readonly chars: number };
  /** Whether some reasoning is not shown in its own words, so that its length says nothing about its tokens. */
  readonly veiled: boolean;
}

/** Reads the `usage` of chat completions and Responses in all their spellings. */
export function openAiUsage(usage: unknown): ReportedUsage {
  const u = objectOf(usage);
  const details = objectOf(u['completion_tokens_details'] ?? u['output_tokens_details']);
  const promptDetails = objectOf(u['prompt_tokens_details'] ?? u['input_tokens_details']);
  return defined({
    prompt: countOf(u['prompt_tokens'] ?? u['input_tokens']),
    cached: countOf(promptDetails['cached_tokens'] ?? u['prompt_cache_hit_tokens']),
    completion: countOf(u['completion_tokens'] ?? u['output_tokens']),
    // SGLang puts it at the top level
    reasoning: countOf(details['reasoning_tokens'] ?? u['reasoning_tokens'] ?? u['reasoning_output_tokens']),
    total: countOf(u['total_tokens']),
    cost: countOf(u['cost']),
    serverMs: secondsToMs(u['total_time'] ?? u['completion_time']),
  });
}

/** Times that servers report beside `usage`: llama.cpp's `timings` (ms), Groq's and Cerebras's `time_info` (s). */
export function serverTimes(frame: JsonObject): ReportedUsage {
  const timings = objectOf(frame['timings']);
  const predicted = countOf(timings['predicted_ms']);
  const ms =
    predicted === undefined
      ? secondsToMs(objectOf(frame['time_info'])['completion_time'])
      : Math.round(predicted + (countOf(timings['prompt_ms']) ?? 0));
  return defined({ serverMs: ms });
}

function secondsToMs(value: unknown): number | undefined {
  const seconds = countOf(value);
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}

/**
 * Settles the counts. Whether the completion includes the reasoning is the API's definition where there is one, else what
 * the total adds up to (xAI's chat endpoint counts 2 + 340 where others count 342), else yes. A count of zero reasoning
 * tokens beside visible reasoning is no report (Azure, Snowflake). What is missing is estimated and named in `estimated`.
 */
export function settleUsage(reported: ReportedUsage, seen: SeenText): Usage {
  const { prompt, cached, completion, total, cost, serverMs } = reported;
  const estimated: string[] = [];
  const reasoned = seen.reasoning.chars > 0 || seen.veiled;
  let reasoning = reported.reasoning === 0 && seen.reasoning.chars > 0 ? undefined : reported.reasoning;
  let answer: number | undefined;
  if (completion === undefined) {
    answer = seen.answer.chars > 0 ? estimate(seen.answer) : undefined;
    if (answer !== undefined) estimated.push('answerTokens');
    if (reasoning === undefined && seen.reasoning.chars > 0 && !seen.veiled) {
      reasoning = estimate(seen.reasoning);
      estimated.unshift('reasoningTokens');
    }
  } else if (reasoning !== undefined || !reasoned) {
    const excluded = reported.reasoningIncluded === false || (reported.reasoningIncluded === undefined && addsUp(reported));
    answer = excluded ? completion : Math.max(0, completion - (reasoning ?? 0));
  } else {
    // the completion is divided by what was seen of both, or by the answer alone where the reasoning is not seen
    const said = estimate(seen.answer);
    const share = said / Math.max(1, said + estimate(seen.reasoning));
    answer = seen.veiled ? Math.min(said, completion) : Math.round(completion * share);
    reasoning = completion - answer;
    estimated.push('reasoningTokens', ...(said > 0 ? ['answerTokens'] : []));
  }
  return defined({
    promptTokens: prompt,
    cachedTokens: cached,
    reasoningTokens: reasoning,
    answerTokens: answer,
    totalTokens: total,
    serverMs,
    cost,
    estimated: estimated.length === 0 ? undefined : estimated,
  });
}

/** Whether the total only adds up when reasoning is counted beside the completion. */
function addsUp({ prompt, completion, reasoning, total }: ReportedUsage): boolean {
  if (completion === undefined || reasoning === undefined || reasoning === 0) return false;
  return total !== undefined && prompt !== undefined && total === prompt + completion + reasoning;
}

function estimate({ sample, chars }: SeenText['reasoning']): number {
  if (sample === '') return 0;
  return Math.max(1, Math.round(estimateTokenCount(sample) * (chars / sample.length)));
}
