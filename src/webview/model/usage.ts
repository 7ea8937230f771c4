import type { Trace } from '../../core/trace.ts';
import { digits, t } from '../l10n.ts';
import { seconds } from './clock.ts';
import type { Facts } from './facts.ts';

/** A wait below this many milliseconds tells nothing. */
const LEAST = 50;

/** What a request cost in US dollars, with as many digits as say something; null when that is not known. */
export function costWords({ usage: { cost } }: Pick<Trace, 'usage'>): string | null {
  if (cost === undefined) return null;
  return `$${cost >= 1 ? cost.toFixed(2) : cost.toPrecision(2)}`;
}

/** All that is known of time, tokens and cost, a line each; counts that are not the provider's own are marked. */
export function usageLines(trace: Pick<Trace, 'parts' | 'usage'>, { rate }: Pick<Facts, 'rate'>): string[] {
  const { promptTokens, cachedTokens, reasoningTokens, answerTokens, serverMs, estimated = [] } = trace.usage;
  const tokens = (name: string, n: number): string => `${estimated.includes(name) ? '≈ ' : ''}${digits(n)}`;
  const first = trace.parts.find(({ kind }) => kind === 'reasoning')?.start ?? 0;
  const cost = costWords(trace);
  const lines: string[] = [];
  if (first >= LEAST) lines.push(t('First thought after {0}', seconds(first)));
  if (promptTokens !== undefined) {
    const prompt = t('Prompt: {0} tokens', tokens('promptTokens', promptTokens));
    lines.push(cachedTokens === undefined || cachedTokens === 0 ? prompt : `${prompt}, ${t('{0} of them cached', digits(cachedTokens))}`);
  }
  if (reasoningTokens !== undefined) lines.push(t('Reasoning: {0} tokens', tokens('reasoningTokens', reasoningTokens)));
  if (answerTokens !== undefined) lines.push(t('Answer: {0} tokens', tokens('answerTokens', answerTokens)));
  if (rate !== null) lines.push(t('Speed of thinking: {0} tokens a second', digits(rate)));
  if (serverMs !== undefined && serverMs >= LEAST) lines.push(t('Time by the server’s clock: {0}', seconds(serverMs)));
  if (cost !== null) lines.push(t('Cost: {0}', cost));
  return lines;
}
