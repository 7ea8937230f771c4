import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Api, Effort, Message, SavedPart } from '../../../src/core/trace.ts';
import { APIS, EFFORTS } from '../../../src/core/trace.ts';
import type { Exposed } from '../../../src/providers/advice.ts';
import { exposureAdvice } from '../../../src/providers/advice.ts';
import { DIALECTS } from '../../../src/providers/dialects.ts';
import { factsOf, levelFor, showsOf } from '../../../src/providers/knowledge.ts';
import { PRESETS } from '../../../src/providers/presets.ts';
import type { SendBack } from '../../../src/providers/provider.ts';
import { endpointFor } from './replay.ts';

const SAME = ['model', 'messages', 'input', 'contents', 'stream', 'stream_options', 'store', 'include'];

/** What is sent to a built-in endpoint, without the parts that are the same for all. */
function sent(name: string, model: string, effort: Effort, more: { maxTokens?: number } = {}) {
  const endpoint = PRESETS.find((preset) => preset.name === name)!;
  const { body } = DIALECTS[endpoint.api].request({ endpoint, model, effort, messages: [{ role: 'user', content: 'q' }], ...more });
  const rest = Object.fromEntries(Object.entries(body).filter(([name]) => !SAME.includes(name)));
  return rest;
}

const SENT: readonly (readonly [string, string, Effort, object])[] = [
  ['DeepSeek', 'deepseek-v4-pro', 'default', {}],
  ['DeepSeek', 'deepseek-v4-pro', 'none', { thinking: { type: 'disabled' } }],
  ['DeepSeek', 'deepseek-v4-pro', 'max', { thinking: { type: 'enabled' }, reasoning_effort: 'max' }],
  ['OpenRouter', 'qwen/qwen3', 'high', { reasoning: { effort: 'high' } }],
  ['OpenRouter', 'qwen/qwen3', 'none', { reasoning: { effort: 'none' } }],
  ['Mistral', 'magistral-medium-latest', 'high', {}],
  ['Mistral', 'mistral-medium', 'low', { reasoning_effort: 'high' }],
  ['Groq', 'qwen/qwen3-32b', 'high', { reasoning_effort: 'default' }],
  ['Groq', 'openai/gpt-oss-120b', 'max', { reasoning_effort: 'high' }],
  ['Moonshot', 'kimi-k2.5', 'none', { thinking: { type: 'disabled' } }],
  ['Z.ai', 'glm-4.7', 'low', { thinking: { type: 'enabled' } }],
  ['Z.ai', 'glm-5.2', 'low', { thinking: { type: 'enabled' }, reasoning_effort: 'low' }],
  ['MiniMax', 'MiniMax-M2', 'default', { reasoning_split: true }],
  ['DashScope', 'qwen3-max', 'none', { enable_thinking: false }],
  ['DashScope', 'qwen3-max', 'low', { enable_thinking: true, thinking_budget: 4096 }],
  ['Cerebras', 'gpt-oss-120b', 'minimal', { reasoning_format: 'parsed', reasoning_effort: 'low' }],
  ['vLLM', 'Qwen/Qwen3-8B', 'none', { chat_template_kwargs: { enable_thinking: false, thinking: false } }],
  ['Perplexity', 'sonar-reasoning-pro', 'medium', { reasoning_effort: 'medium' }],
  ['OpenAI', 'gpt-5', 'default', { reasoning: { summary: 'auto' } }],
  ['OpenAI', 'gpt-5', 'none', { reasoning: { effort: 'minimal', summary: 'auto' } }],
  ['OpenAI', 'gpt-5.2', 'none', { reasoning: { effort: 'none' } }],
  ['OpenAI', 'gpt-5.2', 'max', { reasoning: { effort: 'xhigh', summary: 'auto' } }],
  ['OpenAI', 'gpt-4.1', 'default', {}],
  ['Anthropic', 'claude-sonnet-4-5', 'none', { max_tokens: 32_000, thinking: { type: 'disabled' } }],
  ['Anthropic', 'claude-sonnet-4-5', 'low', { max_tokens: 32_000, thinking: { type: 'enabled', budget_tokens: 4096 } }],
  [
    'Anthropic',
    'claude-opus-4-7',
    'high',
    { max_tokens: 32_000, thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: 'high' } },
  ],
  ['Anthropic', 'claude-3-5-haiku-latest', 'high', { max_tokens: 32_000 }],
  ['Gemini', 'gemini-2.5-flash', 'none', { generationConfig: { thinkingConfig: { includeThoughts: false, thinkingBudget: 0 } } }],
  ['Gemini', 'gemini-2.5-pro', 'none', { generationConfig: { thinkingConfig: { includeThoughts: true, thinkingBudget: 128 } } }],
  ['Gemini', 'gemini-3-pro-preview', 'medium', { generationConfig: { thinkingConfig: { includeThoughts: true, thinkingLevel: 'low' } } }],
  ['Gemini', 'gemini-2.0-flash', 'high', {}],
  ['Ollama', 'qwen3:4b', 'none', { think: false }],
  ['Ollama', 'gpt-oss:20b', 'max', { think: 'high' }],
  ['Ollama', 'qwen3:4b', 'default', {}],
];
for (const [name, model, effort, expected] of SENT)
  test(`${name}, ${model}, ${effort}`, () => assert.deepEqual(sent(name, model, effort), expected));

test('Gemini’s compatible endpoint is asked for thoughts in its own words', () => {
  const endpoint = endpointFor('chat', 'https://generativelanguage.googleapis.com/v1beta/openai');
  const { body } = DIALECTS.chat.request({ endpoint, model: 'gemini-2.5-flash', effort: 'low', messages: [] });
  assert.deepEqual(body['extra_body'], { google: { thinking_config: { include_thoughts: true, thinking_budget: 4096 } } });
});

test('who shows nothing of what was thought is told how to see more', () => {
  const hidden = {
    parts: [
      { kind: 'reasoning', text: '' },
      { kind: 'answer', text: 'so' },
    ],
    usage: { reasoningTokens: 1932 },
  } as const;
  const say = (name: string, model: string, exposed: Exposed = hidden) =>
    exposureAdvice(exposed, { ...PRESETS.find((preset) => preset.name === name)!, ...(name === 'OpenAI' ? { api: 'chat' } : {}) }, model);
  assert.equal(
    say('OpenAI', 'gpt-5'),
    'gpt-5 thought 1,932 tokens and shows none of them; a summary can be asked for with the API “responses” instead of “chat”.',
  );
  assert.equal(say('DeepSeek', 'm'), 'm thought 1,932 tokens and shows none of them.');
  assert.match(say('Groq', 'm', { ...hidden, usage: {} }) ?? '', /^m thought and shows none of it; it is shown with `reasoning_format/);
  assert.equal(say('OpenAI', 'm', { parts: [{ kind: 'reasoning', text: 'why' }], usage: {} }), null);
  assert.equal(say('OpenAI', 'm', { parts: [{ kind: 'answer', text: 'so' }], usage: {} }), null);
});

test('a budget leaves room for the answer', () => {
  const budget = (maxTokens: number, effort: Effort) => sent('Anthropic', 'claude-sonnet-4-5', effort, { maxTokens })['thinking'];
  assert.deepEqual(budget(8000, 'max'), { type: 'enabled', budget_tokens: 6976 });
  assert.deepEqual(budget(1024, 'low'), { type: 'disabled' });
});

test('every effort is understood by every preset, and said in JSON', () => {
  for (const { name } of PRESETS)
    for (const effort of EFFORTS)
      for (const model of ['m', 'gpt-5.2', 'qwen3', 'claude-opus-5'])
        assert.doesNotMatch(JSON.stringify(sent(name, model, effort)), /null|undefined/);
});

test('what the endpoint and the user add goes last', () => {
  for (const api of APIS) {
    const endpoint = { ...endpointFor(api), extraBody: { a: 1, b: 1 } };
    const { body } = DIALECTS[api].request({ endpoint, model: 'm', effort: 'high', messages: [], extraBody: { b: 2, stream: 'no' } });
    assert.deepEqual([body['a'], body['b'], body['stream']], [1, 2, 'no'], api);
  }
});

test('counts are asked for where they do not come by themselves', () => {
  const asks = (name: string) => {
    const endpoint = PRESETS.find((preset) => preset.name === name)!;
    return 'stream_options' in DIALECTS.chat.request({ endpoint, model: 'm', effort: 'default', messages: [] }).body;
  };
  assert.deepEqual(['DeepSeek', 'vLLM', 'Mistral', 'Perplexity'].map(asks), [true, true, false, false]);
});

test('models are known by name, whoever serves them', () => {
  assert.equal(showsOf('anthropic/claude-sonnet-4.5'), 'summary');
  assert.equal(showsOf('us.anthropic.claude-sonnet-4-5-20250929-v1'), 'summary');
  assert.equal(showsOf('claude-3-7-sonnet-20250219'), 'raw');
  assert.equal(showsOf('openai/gpt-oss-120b'), 'raw');
  assert.equal(showsOf('deepseek-reasoner'), 'raw');
  assert.equal(factsOf('claude-opus-4-1-20250805')?.thinks, 'budget');
  assert.equal(factsOf('claude-opus-4-6')?.thinks, 'adaptive');
  assert.equal(levelFor('o3', 'minimal'), 'low');
  assert.equal(levelFor('some-model', 'max'), 'high');
});

const part = (kind: SavedPart['kind'], visibility: SavedPart['visibility'], text: string, opaque?: string): SavedPart => ({
  kind,
  visibility,
  text,
  ...(opaque === undefined ? {} : { opaque }),
  start: 0,
  end: 0,
});

/** The assistant's turn as it goes back. */
function back(api: Api, parts: readonly SavedPart[], name?: string, model = 'm'): unknown {
  const endpoint = PRESETS.find((preset) => preset.name === name) ?? endpointFor(api);
  const messages: Message[] = [{ role: 'user', content: 'q' }, { role: 'assistant', content: 'so', parts }, { role: 'user', content: 'and?' }]; // prettier-ignore
  const { body } = DIALECTS[api].request({ endpoint, model, effort: 'default', messages });
  const list = (body['messages'] ?? body['input'] ?? body['contents']) as unknown[];
  return list.length === 3 ? list[1] : list.slice(1, -1);
}

test('what goes back in the next turn is each provider’s own rule', () => {
  const parts = [part('reasoning', 'raw', 'why'), part('answer', 'raw', 'so')];
  const plain = { role: 'assistant', content: 'so' };
  assert.deepEqual(back('chat', parts), plain, 'nobody’s rule is known: only the answer');
  assert.deepEqual(back('chat', parts, 'DeepSeek', 'deepseek-reasoner'), plain, 'R1 refuses it');
  assert.deepEqual(back('chat', parts, 'DeepSeek', 'deepseek-v4-pro'), { ...plain, reasoning_content: 'why' });
  assert.deepEqual(back('chat', [part('answer', 'raw', 'so')], 'DeepSeek', 'deepseek-v4-pro'), { ...plain, reasoning_content: '' });
  assert.deepEqual(back('chat', parts, 'Moonshot'), { ...plain, reasoning_content: 'why' });
  assert.deepEqual(back('chat', parts, 'Cerebras'), { ...plain, content: '<think>why</think>so' });
  assert.deepEqual(back('chat', parts, 'Mistral'), { role: 'assistant', content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'why' }] }, { type: 'text', text: 'so' }] }); // prettier-ignore
  assert.deepEqual(back('ollama', parts), { ...plain, thinking: 'why' });
});

test('details go back unmodified, with their signatures and seals', () => {
  const text = { type: 'reasoning.text', signature: 'S', format: 'f', index: 0 };
  const seal = { type: 'reasoning.encrypted', data: 'D', id: 'x', format: 'f', index: 1 };
  const opaque = `${JSON.stringify(text)}\n${JSON.stringify(seal)}\n`;
  const turn = back('chat', [part('reasoning', 'raw', 'why', opaque), part('answer', 'raw', 'so')], 'OpenRouter') as {
    reasoning_details: unknown;
  };
  assert.deepEqual(turn.reasoning_details, [{ ...text, text: 'why' }, seal]);
  const bare = back('chat', [part('reasoning', 'summary', 'why')], 'OpenRouter') as { reasoning_details: unknown };
  assert.deepEqual(bare.reasoning_details, [{ type: 'reasoning.summary', summary: 'why', index: 0 }]);
});

test('Anthropic gets its blocks back with their signatures; without one, or edited, they stay away', () => {
  const turn = (parts: SavedPart[]) => (back('anthropic', [...parts, part('answer', 'raw', 'so')]) as { content: unknown }).content;
  const answer = { type: 'text', text: 'so' };
  assert.deepEqual(turn([part('reasoning', 'summary', 'why', 'S')]), [{ type: 'thinking', thinking: 'why', signature: 'S' }, answer]);
  assert.deepEqual(turn([part('reasoning', 'withheld', '', 'S')]), [{ type: 'thinking', thinking: '', signature: 'S' }, answer]);
  assert.deepEqual(turn([part('reasoning', 'redacted', '', 'R')]), [{ type: 'redacted_thinking', data: 'R' }, answer]);
  assert.deepEqual(turn([part('reasoning', 'raw', 'why')]), [answer]);
  assert.deepEqual(turn([part('reasoning', 'edited', 'why not', 'S')]), [answer]);
});

test('Responses gets its items back sealed, Gemini its signatures without the thoughts', () => {
  const seal = `${JSON.stringify({ type: 'reasoning', id: 'rs', encrypted_content: 'E' })}\n`;
  assert.deepEqual(back('responses', [part('reasoning', 'summary', 'why', seal), part('answer', 'raw', 'so')]), [
    { type: 'reasoning', id: 'rs', encrypted_content: 'E', summary: [{ type: 'summary_text', text: 'why' }] },
    { role: 'assistant', content: 'so' },
  ]);
  assert.deepEqual(back('gemini', [part('reasoning', 'summary', 'why'), part('answer', 'raw', 'so', 'S')]), {
    role: 'model',
    parts: [{ text: 'so', thoughtSignature: 'S' }],
  });
});

test('the user’s own word on what goes back is above the rule', () => {
  const parts = [part('reasoning', 'raw', 'why'), part('answer', 'raw', 'so')];
  const turn = (sendBack: SendBack, name?: string) => {
    const endpoint = { ...(PRESETS.find((preset) => preset.name === name) ?? endpointFor('chat')), sendBack };
    const { body } = DIALECTS.chat.request({
      endpoint,
      model: 'm',
      effort: 'default',
      messages: [{ role: 'assistant', content: 'so', parts }],
    });
    return (body['messages'] as unknown[])[0];
  };
  assert.deepEqual(turn('reasoning'), { role: 'assistant', content: 'so', reasoning: 'why' });
  assert.deepEqual(turn('nothing', 'Moonshot'), { role: 'assistant', content: 'so' });
});
