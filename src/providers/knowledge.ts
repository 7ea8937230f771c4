import type { Effort } from '../core/trace.ts';
import type { JsonObject } from './narrow.ts';
import type { Switch } from './switches.ts';
import { BUDGETS } from './switches.ts';

/** What a model shows of its reasoning: its own words, a summary written for it, or nothing. */
export type Shows = 'raw' | 'summary' | 'nothing';

/** What must be known of a model to ask it rightly. */
export interface ModelFacts {
  readonly model: RegExp;
  readonly shows: Shows;
  /** The names that its API has for how much to think, from least to most. */
  readonly levels?: readonly string[];
  /** How Anthropic's and Gemini's models are told: a budget of tokens, a level, or not at all. */
  readonly thinks?: 'budget' | 'level' | 'adaptive' | 'never';
  /** Smallest budget; 0 switches thinking off. */
  readonly minBudget?: number;
}

/**
 * Models by name without the maker's prefix, the first that fits. All others are taken to show their own words. Sources:
 * platform.openai.com/docs/guides/reasoning and the model pages (levels; summaries in Responses only);
 * platform.claude.com/docs/en/build-with-claude/{extended-thinking,adaptive-thinking,effort} (summaries since Claude 4;
 * budgets up to 4.5, adaptive since 4.6, budgets refused from Opus 4.7 on); ai.google.dev/gemini-api/docs/thinking (budgets
 * for 2.5, levels for 3, Pro cannot be switched off); docs.x.ai/docs/guides/reasoning.
 */
export const MODEL_FACTS: readonly ModelFacts[] = [
  { model: /^gpt-oss/, shows: 'raw', levels: ['low', 'medium', 'high'] },
  { model: /^gpt-5(?:\.\d+)?-pro/, shows: 'summary', levels: ['high'] },
  { model: /^gpt-5\.1-codex-max/, shows: 'summary', levels: ['none', 'medium', 'high', 'xhigh'] },
  { model: /^gpt-5\.1/, shows: 'summary', levels: ['none', 'low', 'medium', 'high'] },
  { model: /^gpt-5\.\d/, shows: 'summary', levels: ['none', 'low', 'medium', 'high', 'xhigh'] },
  { model: /^gpt-5(?!\.)/, shows: 'summary', levels: ['minimal', 'low', 'medium', 'high'] },
  { model: /^(?:o[134](?:-|$)|codex)/, shows: 'summary', levels: ['low', 'medium', 'high'] },
  { model: /^claude-(?:3-5|3-(?:opus|haiku|sonnet)|2|instant)/, shows: 'nothing', thinks: 'never' },
  { model: /^claude-3/, shows: 'raw', thinks: 'budget', minBudget: 1024 },
  { model: /^claude-(?:opus|sonnet|haiku)-4(?:-[015])?(?:-\d{8})?(?:@|:|$)/, shows: 'summary', thinks: 'budget', minBudget: 1024 },
  { model: /^claude-(?:opus|sonnet|haiku)-4\.[015]/, shows: 'summary', thinks: 'budget', minBudget: 1024 },
  { model: /^claude-/, shows: 'summary', thinks: 'adaptive', levels: ['low', 'medium', 'high', 'max'] },
  { model: /^gemini-(?:1|2\.0)/, shows: 'nothing', thinks: 'never' },
  { model: /^gemini-2\.5-pro/, shows: 'summary', thinks: 'budget', minBudget: 128 },
  { model: /^gemini-2\.5/, shows: 'summary', thinks: 'budget', minBudget: 0 },
  { model: /^gemini-[\d.]+-pro/, shows: 'summary', thinks: 'level', levels: ['low', 'high'] },
  { model: /^gemini-/, shows: 'summary', thinks: 'level', levels: ['minimal', 'low', 'medium', 'high'] },
  { model: /^gemma/, shows: 'raw', thinks: 'never' },
  { model: /^grok-3-mini/, shows: 'raw', levels: ['low', 'high'] },
  { model: /^grok-code/, shows: 'summary', levels: [] },
  { model: /^grok-4(?!\.|-fast|-1)/, shows: 'nothing', levels: [] },
  { model: /^grok-/, shows: 'summary', levels: ['low', 'high'] },
];

/** `model` as the user or the server names it; a maker's prefix (`anthropic/…`, `us.anthropic.…`) is put aside. */
export function factsOf(model: string): ModelFacts | null {
  const name = model
    .slice(model.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/^(?:[a-z]+\.)+/, '');
  return MODEL_FACTS.find((entry) => entry.model.test(name)) ?? null;
}

export function showsOf(model: string): Shows {
  return factsOf(model)?.shows ?? 'raw';
}

const SCALE = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

/** The model's own name for an effort, the nearest where it has no such level; null where nothing is to be said. */
export function levelFor(model: string, effort: Effort): string | null {
  if (effort === 'default') return null;
  const levels = factsOf(model)?.levels;
  if (levels === undefined) return effort === 'max' ? 'high' : effort;
  if (effort === 'max') return levels.at(-1) ?? null;
  if (effort === 'none') return levels[0] ?? null;
  const wanted = SCALE.indexOf(effort);
  const distance = (level: string) => Math.abs(SCALE.indexOf(level) - wanted);
  return levels
    .filter((level) => level !== 'none')
    .reduce<string | null>((best, level) => (best === null || distance(level) < distance(best) ? level : best), null);
}

/** Thinking in Anthropic's words. Thinking is off by default there, so an inspector asks for it, and for its summary. */
export function anthropicThinking(model: string, effort: Effort, maxTokens: number): JsonObject {
  const facts = factsOf(model);
  // another maker's model behind the same API has its own default
  if (facts?.thinks === undefined)
    return effort === 'default'
      ? {}
      : { thinking: effort === 'none' ? { type: 'disabled' } : { type: 'enabled', budget_tokens: budget(effort, 1024, maxTokens) } };
  if (facts.thinks === 'never') return {};
  if (effort === 'none') return { thinking: { type: 'disabled' } };
  if (facts.thinks === 'budget') {
    if (maxTokens <= 1024) return { thinking: { type: 'disabled' } };
    return { thinking: { type: 'enabled', budget_tokens: budget(effort === 'default' ? 'medium' : effort, 1024, maxTokens) } };
  }
  const level = levelFor(model, effort);
  return { thinking: { type: 'adaptive', display: 'summarized' }, ...(level === null ? {} : { output_config: { effort: level } }) };
}

/** The budget for an effort, leaving room for an answer within `maxTokens`. */
function budget(effort: Exclude<Effort, 'default' | 'none'>, min: number, maxTokens: number): number {
  return Math.max(min, Math.min(BUDGETS[effort], maxTokens - Math.max(1024, Math.floor(maxTokens / 8))));
}

/** Gemini's `thinkingConfig`, or null for models that do not know it. Thoughts are only sent when asked for. */
export function geminiThinking(model: string, effort: Effort): JsonObject | null {
  const facts = factsOf(model.replace(/^models\//, ''));
  if (facts?.thinks === undefined || facts.thinks === 'never') return null;
  if (effort === 'default') return { includeThoughts: true };
  if (facts.thinks === 'level') return { includeThoughts: true, thinkingLevel: levelFor(model, effort) };
  const least = facts.minBudget ?? 0;
  const thinkingBudget = effort === 'none' ? least : Math.max(least, Math.min(BUDGETS[effort], 24_576));
  return { includeThoughts: thinkingBudget > 0, thinkingBudget };
}

/** Gemini's OpenAI-compatible endpoint takes the same in snake case, in a field that is really called `extra_body`. */
export const geminiCompatible: Switch = (effort, model) => {
  const config = geminiThinking(model, effort);
  if (config === null) return {};
  const snake = Object.entries(config).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]);
  return { extra_body: { google: { thinking_config: Object.fromEntries(snake) as JsonObject } } };
};

/** Ollama's `think`: on or off, a level for gpt-oss, nothing where the model is to decide. */
export function ollamaThink(model: string, effort: Effort): JsonObject {
  if (effort === 'default') return {};
  if (factsOf(model)?.levels !== undefined) return { think: levelFor(model, effort) };
  return { think: effort !== 'none' };
}
