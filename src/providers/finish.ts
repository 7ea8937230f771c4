import type { FinishReason } from '../core/events.ts';

/** The words of all APIs for why a response ended, in lower case. */
const REASONS: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  eos: 'stop',
  completed: 'stop',
  complete: 'stop',
  load: 'stop',
  length: 'length',
  max_tokens: 'length',
  max_output_tokens: 'length',
  model_length: 'length',
  incomplete: 'length',
  model_context_window_exceeded: 'length',
  tool_calls: 'tool-calls',
  tool_use: 'tool-calls',
  function_call: 'tool-calls',
  pause_turn: 'tool-calls',
  content_filter: 'content-filter',
  refusal: 'content-filter',
  safety: 'content-filter',
  recitation: 'content-filter',
  blocklist: 'content-filter',
  prohibited_content: 'content-filter',
  spii: 'content-filter',
  sensitive: 'content-filter',
  cancelled: 'aborted',
  insufficient_system_resource: 'aborted',
  error: 'error',
  failed: 'error',
};

export function finishReasonOf(raw: string): FinishReason {
  const key = raw.toLowerCase();
  return Object.hasOwn(REASONS, key) ? (REASONS[key] ?? 'unknown') : 'unknown';
}
