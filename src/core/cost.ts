import type { Usage } from './events.ts';

/** What a model costs, in US dollars for a million tokens. Reasoning is paid as what is generated. */
export interface Price {
  readonly prompt: number;
  /** Prompt tokens that the provider had cached; as `prompt` when absent. */
  readonly cached?: number;
  readonly completion: number;
}

/** The cost of a request in US dollars; the provider's own figure when it gave one. Undefined when nothing was counted. */
export function costOf(usage: Usage, price: Price): number | undefined {
  if (usage.cost !== undefined) return usage.cost;
  const { promptTokens, cachedTokens = 0, reasoningTokens = 0, answerTokens } = usage;
  if (promptTokens === undefined && answerTokens === undefined) return undefined;
  const fresh = Math.max(0, (promptTokens ?? 0) - cachedTokens);
  const generated = reasoningTokens + (answerTokens ?? 0);
  return (fresh * price.prompt + cachedTokens * (price.cached ?? price.prompt) + generated * price.completion) / 1e6;
}
