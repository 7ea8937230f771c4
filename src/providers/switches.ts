import type { Effort } from '../core/trace.ts';
import type { JsonObject } from './narrow.ts';

/**
 * The parameters by which one dialect of chat completions is told how much to think. `default` leaves it to the model.
 * Where a dialect has fewer levels, the nearest is taken.
 */
export type Switch = (effort: Effort, model: string) => JsonObject;

type Level = Exclude<Effort, 'default' | 'none'>;

/** Tokens of thinking for APIs that count instead of naming levels: the budgets that OpenRouter's documentation maps levels to, of 32,000. */
export const BUDGETS: Readonly<Record<Level, number>> = { minimal: 1024, low: 4096, medium: 12_288, high: 24_576, max: 32_000 };

/** `reasoning_effort` with its levels as OpenAI names them; `none` switches reasoning off where the model allows it. */
export const effort: Switch = (level) => (level === 'default' ? {} : { reasoning_effort: level === 'max' ? 'high' : level });

const lowMediumHigh = (level: Level) => (level === 'minimal' ? 'low' : level === 'max' ? 'high' : level);

/** api-docs.deepseek.com/guides/thinking_mode */
export const deepseek: Switch = (level) => {
  if (level === 'default') return {};
  if (level === 'none') return { thinking: { type: 'disabled' } };
  const named = level === 'minimal' || level === 'low' ? 'low' : level === 'max' ? 'max' : 'high';
  return { thinking: { type: 'enabled' }, reasoning_effort: named };
};

/** openrouter.ai/docs/use-cases/reasoning-tokens */
export const openrouter: Switch = (level) => {
  if (level === 'default') return {};
  return { reasoning: { effort: level === 'max' ? 'xhigh' : level } };
};

/** Mistral: thinks or does not; Magistral always does. */
export const mistral: Switch = (level, model) =>
  level === 'default' || model.includes('magistral') ? {} : { reasoning_effort: level === 'none' ? 'none' : 'high' };

/** console.groq.com/docs/reasoning: Qwen knows `none` and `default`, gpt-oss three levels. */
export const groq: Switch = (level, model) => {
  if (level === 'default') return {};
  if (model.includes('qwen')) return { reasoning_effort: level === 'none' ? 'none' : 'default' };
  return { reasoning_effort: level === 'none' ? 'low' : lowMediumHigh(level) };
};

/** docs.x.ai/docs/guides/reasoning: two levels. */
export const xai: Switch = (level) =>
  level === 'default' ? {} : { reasoning_effort: level === 'high' || level === 'max' || level === 'medium' ? 'high' : 'low' };

/** docs.together.ai: models that can do without are switched by `reasoning`, gpt-oss by its level. */
export const together: Switch = (level) => {
  if (level === 'default') return {};
  return level === 'none' ? { reasoning: { enabled: false } } : { reasoning: { enabled: true }, reasoning_effort: lowMediumHigh(level) };
};

/** platform.moonshot.ai: `reasoning_effort: none` is rejected, so off is said the other way. */
export const kimi: Switch = (level) => {
  if (level === 'default') return {};
  return level === 'none' ? { thinking: { type: 'disabled' } } : { thinking: { type: 'enabled', budget_tokens: BUDGETS[level] } };
};

/** docs.z.ai: `thinking`, and a level since GLM 5.2. */
export const glm: Switch = (level, model) => {
  if (level === 'default') return {};
  if (level === 'none') return { thinking: { type: 'disabled' } };
  const version = Number(/glm-(\d+(?:\.\d+)?)/i.exec(model)?.[1] ?? 0);
  return { thinking: { type: 'enabled' }, ...(version >= 5.2 ? { reasoning_effort: lowMediumHigh(level) } : {}) };
};

/** platform.minimax.io: without `reasoning_split` the reasoning stands in tags in the answer. */
export const minimax: Switch = (level) =>
  level === 'none' ? { reasoning_split: true, thinking: { type: 'disabled' } } : { reasoning_split: true };

/** help.aliyun.com/model-studio deep thinking. */
export const dashscope: Switch = (level) => {
  if (level === 'default') return {};
  return level === 'none' ? { enable_thinking: false } : { enable_thinking: true, thinking_budget: BUDGETS[level] };
};

/** inference-docs.cerebras.ai/capabilities/reasoning: gpt-oss has levels, GLM can be switched off. */
export const cerebras: Switch = (level, model) => {
  const parsed = { reasoning_format: 'parsed' };
  if (level === 'default') return parsed;
  if (model.includes('gpt-oss')) return { ...parsed, reasoning_effort: level === 'none' ? 'low' : lowMediumHigh(level) };
  return level === 'none' ? { ...parsed, disable_reasoning: true } : parsed;
};

/**
 * Servers of open weights (vLLM, SGLang, llama.cpp, NIM) hand switches to the model's chat template, which knows one of two
 * names for it and ignores the other; gpt-oss takes a level.
 */
export const template: Switch = (level) => {
  if (level === 'default') return {};
  const on = level !== 'none';
  return {
    chat_template_kwargs: { enable_thinking: on, thinking: on },
    ...(on ? { reasoning_effort: lowMediumHigh(level) } : {}),
  };
};
