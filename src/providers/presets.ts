import type { Effort } from '../core/trace.ts';
import { isLoopback, originOf } from './address.ts';
import { geminiCompatible } from './knowledge.ts';
import type { JsonObject } from './narrow.ts';
import type { Endpoint, SendBack } from './provider.ts';
import type { Switch } from './switches.ts';
import * as switches from './switches.ts';

/** An endpoint that is built in, with what must be known to speak to it. */
export interface Preset extends Endpoint {
  /** For chat completions; the other APIs have one way for all models. */
  readonly switch: Switch;
  readonly sendBack: SendBack;
  /** Sends its counts without being asked, and may refuse to be asked (`stream_options`). */
  readonly countsUnasked?: boolean;
}

/**
 * One entry a provider; the names are part of saved settings (`"<name>/<model>"`). A provider that speaks chat completions
 * needs an entry here and no code. The order is that of the picker.
 */
export const PRESETS: readonly Preset[] = [
  {
    name: 'DeepSeek',
    baseUrl: 'https://api.deepseek.com',
    api: 'chat',
    keyUrl: 'https://platform.deepseek.com/api_keys',
    models: ['deepseek-reasoner', 'deepseek-v4-pro', 'deepseek-v4-flash'],
    switch: switches.deepseek,
    sendBack: 'reasoning_content-or-empty',
  },
  {
    name: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    api: 'chat',
    keyUrl: 'https://openrouter.ai/settings/keys',
    switch: switches.openrouter,
    sendBack: 'details',
  },
  {
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    api: 'responses',
    keyUrl: 'https://platform.openai.com/api-keys',
    switch: switches.effort,
    sendBack: 'nothing',
  },
  {
    name: 'Anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    api: 'anthropic',
    keyUrl: 'https://console.anthropic.com/settings/keys',
    switch: switches.effort,
    sendBack: 'nothing',
  },
  {
    name: 'Gemini',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    api: 'gemini',
    keyUrl: 'https://aistudio.google.com/apikey',
    switch: geminiCompatible,
    sendBack: 'nothing',
  },
  {
    name: 'Mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    api: 'chat',
    keyUrl: 'https://console.mistral.ai/api-keys',
    models: ['magistral-medium-latest', 'magistral-small-latest'],
    switch: switches.mistral,
    sendBack: 'chunks',
    countsUnasked: true,
  },
  {
    name: 'Groq',
    baseUrl: 'https://api.groq.com/openai/v1',
    api: 'chat',
    keyUrl: 'https://console.groq.com/keys',
    switch: switches.groq,
    sendBack: 'nothing',
  },
  {
    name: 'xAI',
    baseUrl: 'https://api.x.ai/v1',
    api: 'responses',
    keyUrl: 'https://console.x.ai',
    switch: switches.xai,
    sendBack: 'nothing',
  },
  {
    name: 'Together',
    baseUrl: 'https://api.together.xyz/v1',
    api: 'chat',
    keyUrl: 'https://api.together.ai/settings/api-keys',
    switch: switches.together,
    sendBack: 'nothing',
  },
  {
    name: 'Fireworks',
    baseUrl: 'https://api.fireworks.ai/inference/v1',
    api: 'chat',
    keyUrl: 'https://fireworks.ai/account/api-keys',
    switch: switches.effort,
    sendBack: 'reasoning_content',
  },
  {
    name: 'Moonshot',
    baseUrl: 'https://api.moonshot.ai/v1',
    api: 'chat',
    keyUrl: 'https://platform.moonshot.ai/console/api-keys',
    switch: switches.kimi,
    sendBack: 'reasoning_content',
  },
  {
    name: 'Z.ai',
    baseUrl: 'https://api.z.ai/api/paas/v4',
    api: 'chat',
    keyUrl: 'https://z.ai/manage-apikey/apikey-list',
    switch: switches.glm,
    sendBack: 'reasoning_content',
  },
  {
    name: 'MiniMax',
    baseUrl: 'https://api.minimax.io/v1',
    api: 'chat',
    keyUrl: 'https://platform.minimax.io/user-center/basic-information/interface-key',
    models: ['MiniMax-M2'],
    switch: switches.minimax,
    sendBack: 'details',
  },
  {
    name: 'DashScope',
    baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
    api: 'chat',
    keyUrl: 'https://modelstudio.console.alibabacloud.com/?tab=model#/api-key',
    switch: switches.dashscope,
    sendBack: 'nothing',
  },
  {
    name: 'Cerebras',
    baseUrl: 'https://api.cerebras.ai/v1',
    api: 'chat',
    keyUrl: 'https://cloud.cerebras.ai',
    switch: switches.cerebras,
    sendBack: 'tags',
  },
  {
    name: 'NVIDIA NIM',
    baseUrl: 'https://integrate.api.nvidia.com/v1',
    api: 'chat',
    keyUrl: 'https://build.nvidia.com/settings/api-keys',
    switch: switches.template,
    sendBack: 'nothing',
  },
  {
    name: 'Perplexity',
    baseUrl: 'https://api.perplexity.ai',
    api: 'chat',
    keyUrl: 'https://www.perplexity.ai/settings/api',
    models: ['sonar-reasoning-pro', 'sonar-reasoning', 'sonar-deep-research'],
    switch: switches.effort,
    sendBack: 'nothing',
    countsUnasked: true,
  },
  {
    name: 'Hugging Face',
    baseUrl: 'https://router.huggingface.co/v1',
    api: 'chat',
    keyUrl: 'https://huggingface.co/settings/tokens',
    switch: switches.effort,
    sendBack: 'nothing',
  },
  { name: 'Ollama', baseUrl: 'http://127.0.0.1:11434/api', api: 'ollama', switch: switches.effort, sendBack: 'nothing' },
  { name: 'LM Studio', baseUrl: 'http://127.0.0.1:1234/v1', api: 'chat', switch: switches.effort, sendBack: 'nothing' },
  { name: 'llama.cpp', baseUrl: 'http://127.0.0.1:8080/v1', api: 'chat', switch: switches.template, sendBack: 'nothing' },
  { name: 'vLLM', baseUrl: 'http://127.0.0.1:8000/v1', api: 'chat', switch: switches.template, sendBack: 'nothing' },
  { name: 'SGLang', baseUrl: 'http://127.0.0.1:30000/v1', api: 'chat', switch: switches.template, sendBack: 'nothing' },
];

/** What is built in about the endpoint: by its name, or, for one of the user's own, by its origin. */
export function presetOf(endpoint: Endpoint): Preset | undefined {
  const origin = originOf(endpoint.baseUrl);
  const same = PRESETS.filter((preset) => originOf(preset.baseUrl) === origin);
  return same.find((preset) => preset.name === endpoint.name) ?? same[0];
}

/** Whether a question without a key would be in vain. */
export function needsKey(endpoint: Endpoint): boolean {
  return endpoint.needsKey ?? !isLoopback(endpoint.baseUrl);
}

/** The parameters of a chat completion that stand for the effort that is asked for; none for `default`, save what a server needs to show reasoning. */
export function reasoningSwitch({ endpoint, model, effort }: { endpoint: Endpoint; model: string; effort: Effort }): JsonObject {
  return (presetOf(endpoint)?.switch ?? switches.effort)(effort, model);
}

/** How an earlier turn's reasoning goes back to this endpoint. */
export function sendBackOf(endpoint: Endpoint): SendBack {
  return endpoint.sendBack ?? presetOf(endpoint)?.sendBack ?? 'nothing';
}
