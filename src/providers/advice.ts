import type { Usage } from '../core/events.ts';
import type { SavedPart } from '../core/trace.ts';
import { originOf } from './address.ts';
import { factsOf } from './knowledge.ts';
import type { Endpoint } from './provider.ts';

/** What a trace must tell so that advice can be given. */
export interface Exposed {
  readonly parts: readonly Pick<SavedPart, 'kind' | 'text'>[];
  readonly usage: Usage;
}

/**
 * One sentence for whoever asked a model that thought and showed nothing of it: how much it thought, and by what a summary or
 * the words can be had. Null when reasoning was shown, or when there was none.
 */
export function exposureAdvice({ parts, usage }: Exposed, endpoint: Endpoint, model: string): string | null {
  const reasoning = parts.filter(({ kind }) => kind === 'reasoning');
  const tokens = usage.reasoningTokens ?? 0;
  if (reasoning.some(({ text }) => text !== undefined && text !== '') || (reasoning.length === 0 && tokens === 0)) return null;
  const about = usage.estimated?.includes('reasoningTokens') ? 'about ' : '';
  const thought =
    tokens === 0
      ? `${model} thought and shows none of it`
      : `${model} thought ${about}${tokens.toLocaleString('en')} tokens and shows none of them`;
  const way = wayOf(endpoint, model);
  return way === null ? `${thought}.` : `${thought}; ${way}.`;
}

/** How reasoning is had from that server, or null where nothing is known to help. */
function wayOf({ api, baseUrl }: Endpoint, model: string): string | null {
  const origin = originOf(baseUrl) ?? '';
  const facts = factsOf(model);
  if (origin.endsWith('openrouter.ai')) return 'a summary can be asked for with a higher effort, where the model has one';
  if (origin.endsWith('api.groq.com')) return 'it is shown with `reasoning_format: "parsed"` in the endpoint’s extraBody';
  if (api === 'chat' && facts !== null && facts.shows !== 'raw')
    return 'a summary can be asked for with the API “responses” instead of “chat”';
  if (api === 'responses' && facts?.shows === 'summary')
    return 'a summary can be asked for with a higher effort; OpenAI gives it to verified organisations';
  if (api === 'anthropic') return 'a summary can be asked for with `thinking: { "display": "summarized" }` in the endpoint’s extraBody';
  return null;
}
