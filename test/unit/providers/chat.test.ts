import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Usage } from '../../../src/core/events.ts';
import { bytesOf, chatStream, oneByOne, pipe, sketch, traceOf } from './replay.ts';

/** The trace of a chat stream, the same whole and byte by byte. */
function read(body: string, model?: string) {
  const bytes = bytesOf(body);
  const events = pipe([bytes], 'chat', model);
  assert.deepEqual(pipe(oneByOne(bytes), 'chat', model), events);
  return traceOf(events);
}

function check(name: string, deltas: readonly unknown[], expected: string, model?: string) {
  test(name, () => assert.equal(sketch(read(chatStream(deltas), model)), expected));
}

check('reasoning_content, null and empty in turn', [{ content: '', reasoning_content: 'a' }, { content: null, reasoning_content: 'b' }, { reasoning_content: '', content: 'c' }, { reasoning_content: null, content: 'd' }], 'r:ab | a:cd'); // prettier-ignore
check('both names at once are one', [{ reasoning: 'a', reasoning_content: 'a' }, { reasoning: 'b', reasoning_content: 'b' }, { content: 'c' }], 'r:ab | a:c'); // prettier-ignore
check('both fields in one delta', [{ reasoning: 'a', content: 'c' }], 'r:a | a:c');
check('order is kept', [{ reasoning: 'a' }, { content: 'b' }, { reasoning: 'c' }, { content: 'd' }], 'r:a | a:b | r:c | a:d');
check('white space opens nothing', [{ reasoning: 'a' }, { content: '\n' }, { reasoning: 'b' }, { content: '\n\n' }, { content: 'c' }], 'r:ab | a:\n\nc'); // prettier-ignore
check('details alone', [{ reasoning_details: [{ type: 'reasoning.text', text: 'a', index: 0 }] }, { content: 'c' }], 'r:a | a:c');
check('details that repeat the string', [{ reasoning: 'a', reasoning_details: [{ type: 'reasoning.text', text: 'a' }] }, { content: 'c' }], 'r:a | a:c'); // prettier-ignore
check('details that lag behind the string', [{ reasoning: 'ab' }, { reasoning_details: [{ type: 'reasoning.text', text: 'ab' }] }, { reasoning_details: [{ type: 'reasoning.text', text: 'c' }] }, { content: 'd' }], 'r:abc | a:d'); // prettier-ignore
check('a summary is no chain of thought', [{ reasoning: 's', reasoning_details: [{ type: 'reasoning.summary', summary: 's' }] }, { content: 'c' }], 'r(summary):s | a:c'); // prettier-ignore
check('sealed reasoning', [{ reasoning_details: [{ type: 'reasoning.encrypted', data: 'x' }] }, { content: 'c' }], 'r(encrypted): | a:c');
check('only placeholders', [{ reasoning_content: 'Thinking... ' }, { reasoning_content: 'Thinking... ' }, { content: 'c' }], 'r(withheld):Thinking... Thinking...  | a:c'); // prettier-ignore
check('a genuine repeat stays', [{ reasoning_content: 'ha ' }, { reasoning_content: 'ha ' }, { content: 'c' }], 'r:ha ha  | a:c');
check('cumulative details', [{ reasoning_details: [{ id: 'r', format: 'MiniMax-response-v1', text: 'So' }] }, { reasoning_details: [{ id: 'r', format: 'MiniMax-response-v1', text: 'So we' }] }, { content: 'c' }], 'r:So we | a:c'); // prettier-ignore
check('tags around the reasoning field', [{ reasoning: '<th' }, { reasoning: 'ink>a' }, { reasoning: '</think>' }, { content: 'c' }], 'r:a | a:c'); // prettier-ignore
check('tags within the reasoning field', [{ reasoning: 'say </think>' }, { reasoning: ' twice' }, { content: 'c' }], 'r:say </think> twice | a:c'); // prettier-ignore
check('chunks and strings', [{ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'a' }] }] }, { content: [{ type: 'text', text: 'b' }] }, { content: 'c' }], 'r:a | a:bc'); // prettier-ignore
check('a slip of the template before the field', [{ content: '<think>' }, { content: '', reasoning: 'a' }, { content: 'c' }], 'r:a | a:c'); // prettier-ignore
check('models known for summaries', [{ reasoning: 's' }, { content: 'c' }], 'r(summary):s | a:c', 'anthropic/claude-sonnet-4.5');

test('tool calls keep their place and their arguments, also in turn', () => {
  const call = (index: number, fn: object) => ({ tool_calls: [{ index, id: `c${index}`, function: fn }] });
  const trace = read(
    chatStream(
      [{ reasoning: 'a' }, call(0, { name: 'f', arguments: '{"x"' }), call(1, { name: 'g', arguments: '{' }), call(0, { arguments: ':1}' }), call(1, { arguments: '}' }), { reasoning: 'b' }], // prettier-ignore
      { finish: 'tool_calls' },
    ),
  );
  assert.equal(sketch(trace), 'r:a | t:{"x":1} | t:{} | r:b');
  assert.deepEqual(
    trace.parts.map(({ name }) => name),
    [undefined, 'f', 'g', undefined],
  );
  assert.equal(trace.finish?.reason, 'tool-calls');
});

test('a whole answer to a streaming request is read too', () => {
  const body = { model: 'm', choices: [{ index: 0, message: { role: 'assistant', reasoning: 'a', content: 'c' }, finish_reason: 'stop' }] };
  for (const text of [JSON.stringify(body), `\n \n${JSON.stringify(body, null, 2)}\n`]) assert.equal(sketch(read(text)), 'r:a | a:c');
});

test('signatures and seals are kept as they are, to go back', () => {
  const details = [{ type: 'reasoning.text', text: 'a', signature: 'SIG', format: 'f', index: 0 }];
  const trace = read(chatStream([{ reasoning: 'a', reasoning_details: details }, { content: 'c' }]));
  assert.deepEqual(JSON.parse(trace.parts[0]?.opaque ?? ''), { type: 'reasoning.text', signature: 'SIG', format: 'f', index: 0 });
});

test('a model that thinks and shows nothing has a part that says so', () => {
  const usage = { prompt_tokens: 5, completion_tokens: 30, total_tokens: 35, completion_tokens_details: { reasoning_tokens: 20 } };
  const trace = read(chatStream([{ content: 'c' }], { usage }));
  assert.equal(sketch(trace), 'a:c | r(withheld):');
  assert.equal(trace.usage.reasoningTokens, 20);
});

test('how it ended', () => {
  const ended = (end: Parameters<typeof chatStream>[1], deltas: unknown[] = [{ content: 'c' }]) => {
    const { finish, failure } = read(chatStream(deltas, end));
    return finish?.reason ?? failure?.code;
  };
  assert.equal(ended({}), 'stop');
  assert.equal(ended({ finish: 'length' }), 'length');
  assert.equal(ended({ finish: 'content_filter' }), 'content-filter');
  assert.equal(ended({ finish: 'something new' }), 'unknown');
  assert.equal(ended({ finish: null }), 'stop', '[DONE] is a proper end');
  assert.equal(ended({ finish: null, done: false }), 'aborted');
  assert.equal(ended({ done: false }), 'stop');
  assert.equal(ended({}, []), 'empty');
  assert.equal(ended({}, [{ reasoning: 'a' }]), 'empty');
  assert.equal(ended({ finish: 'length' }, [{ reasoning: 'a' }]), 'length');
});

const counted = (
  usage: unknown,
  deltas: readonly unknown[] = [{ reasoning: 'word '.repeat(40) }, { content: 'word '.repeat(10) }],
): Usage => read(chatStream(deltas, { usage })).usage;

test('answer tokens never include reasoning tokens, whoever counts', () => {
  const details = { completion_tokens_details: { reasoning_tokens: 340 } };
  const included = counted({ prompt_tokens: 12, completion_tokens: 342, total_tokens: 354, ...details });
  const excluded = counted({ prompt_tokens: 12, completion_tokens: 2, total_tokens: 354, ...details });
  for (const usage of [included, excluded])
    assert.deepEqual([usage.reasoningTokens, usage.answerTokens, usage.estimated], [340, 2, undefined]);
  assert.equal(counted({ prompt_tokens: 1, completion_tokens: 9, reasoning_tokens: 5 }).answerTokens, 4, 'SGLang, top level');
  assert.equal(counted({ prompt_tokens: 15, completion_tokens: 220, total_tokens: 235, ...details }).answerTokens, 0, 'counted by two');
});

test('what is not reported is estimated, and marked', () => {
  const shared = counted({ prompt_tokens: 5, completion_tokens: 100 });
  assert.equal((shared.reasoningTokens ?? 0) + (shared.answerTokens ?? 0), 100);
  assert.ok((shared.reasoningTokens ?? 0) > 70);
  assert.deepEqual(shared.estimated, ['reasoningTokens', 'answerTokens']);
  const zero = counted({ completion_tokens: 100, completion_tokens_details: { reasoning_tokens: 0 } });
  assert.deepEqual(zero.estimated, ['reasoningTokens', 'answerTokens'], 'zero beside visible reasoning is no report');
  const none = counted(undefined);
  assert.ok((none.reasoningTokens ?? 0) > 20 && (none.answerTokens ?? 0) > 5);
  assert.deepEqual(none.estimated, ['reasoningTokens', 'answerTokens']);
  assert.equal(counted({ completion_tokens: 9 }, [{ content: 'c' }]).estimated, undefined);
});

test('times that the server tells are kept in milliseconds', () => {
  const timed = (more: object) =>
    read(`data: ${JSON.stringify({ choices: [{ delta: { content: 'c' }, finish_reason: 'stop' }], ...more })}\n\n`).usage.serverMs;
  assert.equal(timed({ timings: { prompt_ms: 10, predicted_ms: 32 } }), 42);
  assert.equal(timed({ x_groq: { usage: { total_time: 0.5 } } }), 500);
  assert.equal(timed({ time_info: { completion_time: 0.25 } }), 250);
});

test('errors that come with status 200, by any name', () => {
  const detail = (frame: object) => read(`data: ${JSON.stringify(frame)}\n\n`).failure?.detail;
  assert.equal(detail({ error: { message: 'no' } }), 'no');
  assert.equal(detail({ error: 'no' }), 'no');
  assert.equal(detail({ base_resp: { status_code: 1004, status_msg: 'no' } }), 'no');
  assert.equal(detail({ object: 'error', message: 'no', code: 400 }), 'no');
  assert.equal(detail({ code: 'InvalidParameter', message: 'no' }), 'no');
  assert.equal(detail({ choices: [{ index: 0, delta: {}, error: { message: 'no' }, finish_reason: 'error' }] }), 'no');
  const fine = {
    choices: [{ delta: { content: 'c' }, finish_reason: 'stop', usage: { completion_tokens: 3 } }],
    base_resp: { status_code: 0 },
  };
  const trace = read(`data: ${JSON.stringify(fine)}\n\n`);
  assert.deepEqual([trace.failure, trace.usage.answerTokens], [null, 3]);
});
