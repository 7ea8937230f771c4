import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Api } from '../../../src/core/trace.ts';
import { bytesOf, oneByOne, pipe, sketch, traceOf } from './replay.ts';

/** The trace of these frames, the same whole and byte by byte. */
function read(api: Api, frames: readonly unknown[], form: 'events' | 'lines' | 'list' = api === 'ollama' ? 'lines' : 'events') {
  const text =
    form === 'list'
      ? JSON.stringify(frames, null, 1)
      : frames.map((frame) => (form === 'lines' ? `${JSON.stringify(frame)}\n` : `data: ${JSON.stringify(frame)}\n\n`)).join('');
  const events = pipe([bytesOf(text)], api);
  assert.deepEqual(pipe(oneByOne(bytesOf(text)), api), events);
  return traceOf(events);
}

const added = (index: number, item: object) => ({ type: 'response.output_item.added', output_index: index, item });
const done = (index: number, item: object) => ({ type: 'response.output_item.done', output_index: index, item });
const summary = (index: number, at: number, delta: string) => ({ type: 'response.reasoning_summary_text.delta', output_index: index, summary_index: at, delta }); // prettier-ignore

test('Responses: summaries, sealed reasoning, calls and answers in their order', () => {
  const trace = read('responses', [
    { type: 'response.created', response: { model: 'gpt-5-2025' } },
    added(0, { type: 'reasoning', id: 'rs_1' }),
    summary(0, 0, '**One**'),
    summary(0, 1, '**Two**'),
    done(0, { type: 'reasoning', id: 'rs_1', summary: [{ text: '**One**' }, { text: '**Two**' }], encrypted_content: 'SEAL' }),
    added(1, { type: 'function_call', id: 'fc', call_id: 'call_1', name: 'look' }),
    { type: 'response.function_call_arguments.delta', output_index: 1, delta: '{"a":1}' },
    done(1, { type: 'function_call', id: 'fc', call_id: 'call_1', name: 'look', arguments: '{"a":1}' }),
    added(2, { type: 'reasoning', id: 'rs_2' }),
    done(2, { type: 'reasoning', id: 'rs_2', summary: [], encrypted_content: 'SEAL2' }),
    added(3, { type: 'message' }),
    { type: 'response.output_text.delta', output_index: 3, delta: 'so' },
    done(3, { type: 'message', content: [{ type: 'output_text', text: 'so' }] }),
    { type: 'response.completed', response: { status: 'completed', usage: { input_tokens: 9, output_tokens: 30, output_tokens_details: { reasoning_tokens: 20 } } } }, // prettier-ignore
  ]);
  assert.equal(sketch(trace), 'r(summary):**One**\n\n**Two** | t:{"a":1} | r(encrypted): | a:so');
  assert.deepEqual(JSON.parse(trace.parts[0]?.opaque ?? ''), { type: 'reasoning', id: 'rs_1', encrypted_content: 'SEAL' });
  assert.deepEqual([trace.usage.reasoningTokens, trace.usage.answerTokens, trace.serverModel], [20, 10, 'gpt-5-2025']);
});

test('Responses: what the deltas did not bring is taken from the whole', () => {
  const output = [
    { type: 'reasoning', id: 'rs', summary: [], content: [{ type: 'reasoning_text', text: 'raw' }], encrypted_content: 'raw' },
    { type: 'message', content: [{ type: 'output_text', text: 'so' }] },
  ];
  const response = { object: 'response', status: 'completed', output };
  assert.equal(sketch(read('responses', [{ type: 'response.completed', response }])), 'r:raw | a:so');
  const whole = read('responses', [response], 'lines');
  assert.equal(sketch(whole), 'r:raw | a:so');
  assert.equal(whole.parts[0]?.opaque, undefined, 'plain words in the sealed field are no seal');
});

test('Responses: cut off, failed, refused', () => {
  const end = (type: string, response: object) => {
    const { finish, failure } = read('responses', [
      { type: 'response.output_text.delta', output_index: 0, delta: 'a' },
      { type, response },
    ]);
    return failure?.code ?? finish?.reason;
  };
  assert.equal(end('response.incomplete', { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }), 'length');
  assert.equal(end('response.incomplete', { incomplete_details: { reason: 'content_filter' } }), 'content-filter');
  assert.equal(end('response.failed', { status: 'failed', error: { message: 'no' } }), 'in-stream');
  assert.equal(end('error', {}), 'in-stream');
});

const block = (index: number, content_block: object) => ({ type: 'content_block_start', index, content_block });
const delta = (index: number, change: object) => ({ type: 'content_block_delta', index, delta: change });
const stop = (index: number) => ({ type: 'content_block_stop', index });

test('Anthropic: thinking, redacted and omitted thinking, tools, text', () => {
  const trace = read('anthropic', [
    { type: 'message_start', message: { model: 'claude-sonnet-4-5', usage: { input_tokens: 5, cache_read_input_tokens: 3 } } },
    block(0, { type: 'thinking', thinking: '', signature: '' }),
    delta(0, { type: 'thinking_delta', thinking: 'why' }),
    delta(0, { type: 'signature_delta', signature: 'S1' }),
    stop(0),
    block(1, { type: 'redacted_thinking', data: 'R' }),
    stop(1),
    block(2, { type: 'thinking', thinking: '', signature: '' }),
    delta(2, { type: 'signature_delta', signature: 'S2' }),
    stop(2),
    block(3, { type: 'tool_use', id: 'tu', name: 'look', input: {} }),
    delta(3, { type: 'input_json_delta', partial_json: '{"a":1}' }),
    stop(3),
    block(4, { type: 'text', text: '' }),
    delta(4, { type: 'text_delta', text: 'so' }),
    stop(4),
    block(5, { type: 'text', text: ' on' }),
    stop(5),
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn' },
      usage: { output_tokens: 50, output_tokens_details: { thinking_tokens: 40 } },
    },
    { type: 'message_stop' },
  ]);
  assert.equal(sketch(trace), 'r(summary):why | r(redacted): | r(withheld): | t:{"a":1} | a:so on');
  assert.deepEqual(
    trace.parts.map(({ opaque }) => opaque),
    ['S1', 'R', 'S2', 'tu', undefined],
  );
  assert.deepEqual([trace.usage.promptTokens, trace.usage.reasoningTokens, trace.usage.answerTokens], [8, 40, 10]);
});

test('Anthropic: a whole message, and an error amid a stream', () => {
  const content = [
    { type: 'thinking', thinking: 'why', signature: 'S' },
    { type: 'text', text: 'so' },
  ];
  assert.equal(
    sketch(read('anthropic', [{ type: 'message', model: 'other', content, stop_reason: 'max_tokens' }], 'lines')),
    'r:why | a:so',
  );
  const broken = read('anthropic', [block(0, { type: 'thinking', thinking: 'why' }), { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }]); // prettier-ignore
  assert.equal(sketch(broken), 'r:why');
  assert.equal(broken.failure?.detail, 'Overloaded');
});

const gemini = (parts: readonly object[], more: object = {}) => ({
  candidates: [{ content: { parts }, ...more }],
  modelVersion: 'gemini-3-pro',
});

test('Gemini: thoughts, signatures, code, in a stream and in a list', () => {
  const frames = [
    gemini([{ text: 'plan ', thought: true }]),
    gemini([{ text: 'it', thought: true }]),
    gemini([{ functionCall: { name: 'look', args: { a: 1 } }, thoughtSignature: 'S1' }]),
    gemini([{ executableCode: { code: 'print(1)' } }, { codeExecutionResult: { output: '1' } }]),
    gemini([{ text: 'so' }]),
    { ...gemini([{ text: '', thoughtSignature: 'S2' }], { finishReason: 'STOP' }), usageMetadata: { promptTokenCount: 4, candidatesTokenCount: 6, thoughtsTokenCount: 30, totalTokenCount: 40 } }, // prettier-ignore
  ];
  for (const form of ['events', 'list'] as const) {
    const trace = read('gemini', frames, form);
    assert.equal(sketch(trace), 'r(summary):plan it | t:{"a":1} | t:print(1) | o:1 | a:so');
    assert.deepEqual(
      trace.parts.map(({ opaque }) => opaque),
      [undefined, 'S1', undefined, undefined, 'S2'],
    );
    assert.deepEqual([trace.usage.reasoningTokens, trace.usage.answerTokens], [30, 6]);
    assert.equal(trace.finish?.reason, 'stop');
  }
});

test('Gemini: blocked, cut off, wrong', () => {
  const ended = (frame: object) => {
    const { finish, failure } = read('gemini', [frame]);
    return failure?.code ?? finish?.reason;
  };
  assert.equal(ended({ promptFeedback: { blockReason: 'SAFETY' } }), 'content-filter');
  assert.equal(ended(gemini([{ text: 'a' }], { finishReason: 'MAX_TOKENS' })), 'length');
  assert.equal(ended({ error: { code: 500, message: 'internal' } }), 'in-stream');
});

test('Ollama: thinking in its field or in tags, its own timing', () => {
  const end = { done: true, done_reason: 'stop', prompt_eval_count: 7, eval_count: 20, eval_duration: 2_000_000_000 };
  const message = (fields: object, more: object = {}) => ({ model: 'q', message: { role: 'assistant', ...fields }, done: false, ...more });
  const trace = read('ollama', [message({ content: '', thinking: 'why' }), message({ content: 'so' }), message({ content: '' }, end)]);
  assert.equal(sketch(trace), 'r:why | a:so');
  assert.deepEqual([trace.usage.serverMs, trace.usage.promptTokens], [2000, 7]);
  assert.equal(sketch(read('ollama', [message({ content: 'why\n</thi' }), message({ content: 'nk>\n\nso' }, end)])), 'r:why\n | a:\n\nso');
  const call = { tool_calls: [{ function: { name: 'f', arguments: { a: 1 } } }] };
  assert.equal(read('ollama', [message({ thinking: 'why', ...call }, end)]).finish?.reason, 'tool-calls');
  assert.equal(read('ollama', [message({ thinking: 'why' }), { error: 'out of memory' }]).failure?.detail, 'out of memory');
  assert.equal(sketch(read('ollama', [{ response: 'so', thinking: 'why', done: true }])), 'r:why | a:so', '/api/generate');
});

test('whatever JSON arrives, nothing is thrown', () => {
  const odd = [null, 1, 'x', [], {}, { choices: 1 }, { choices: [null] }, { choices: [{ delta: 1 }] }, { choices: [{ delta: { content: 5, tool_calls: [null, 3] } }] }, { type: 'content_block_delta' }, { type: 'content_block_start', content_block: 7 }, { type: 'response.output_item.done', item: null }, { candidates: {} }, { message: [] }, { usage: 'much' }, { error: [[[]]] }]; // prettier-ignore
  for (const api of ['chat', 'responses', 'anthropic', 'gemini', 'ollama'] as const)
    for (const form of ['events', 'lines', 'list'] as const) {
      const trace = read(api, odd, form);
      assert.ok(trace.finish !== null || trace.failure !== null);
    }
});
