import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { createServer as createTcp } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { Failure, TraceEvent } from '../../../src/core/events.ts';
import { readFailure } from '../../../src/core/failures.ts';
import { fill } from '../../../src/core/sentences.ts';
import { listModels } from '../../../src/providers/client.ts';
import { networkFailure } from '../../../src/providers/errors.ts';
import { chatStream, endpointFor, sketch, traceOf } from './replay.ts';
import { askAt, serve } from './serve.ts';

/** The failure that ends the events, checked for what every failure must be. */
function failureIn(events: readonly TraceEvent[]): Failure {
  const last = events.at(-1);
  assert.equal(last?.type, 'error', JSON.stringify(events.slice(-3)));
  const { failure } = last;
  assert.match(failure.message, /^[\p{Lu}\d].*[^.]\.$/u, 'one sentence');
  assert.doesNotMatch(failure.message, /[.!?] [A-Z]/, `more than one sentence: ${failure.message}`);
  assert.match(failure.message, /[;,] /, `says what to do: ${failure.message}`);
  const read = readFailure(failure.message);
  assert.ok(read !== null, `a view in another language can read it: ${failure.message}`);
  assert.equal(fill(read.template, ...read.args), failure.message);
  assert.equal(events.filter(({ type }) => type === 'error' || type === 'finish').length, 1);
  return failure;
}

function answers(status: number, body: unknown, headers: Record<string, string> = {}) {
  return (_: unknown, response: ServerResponse) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/html' : 'application/json', ...headers }).end(text);
  };
}

const error = (message: string, code?: string) => ({ error: { message, code } });

const STATUSES: readonly (readonly [string, number, unknown, string, RegExp])[] = [
  ['401', 401, error('Incorrect API key provided'), 'unauthorized', /API key; set another/],
  ['402', 402, error('Insufficient Balance'), 'payment', /no credit left/],
  ['403', 403, error('Not in your region.'), 'forbidden', /\(Not in your region\)/],
  ['404', 404, error('no such model'), 'not-found', /no model 'some-model'.*choose another model/],
  ['400 about the model', 400, error('Model Not Exist'), 'not-found', /no model/],
  ['400 about the context', 400, error("This model's maximum context length is 4096 tokens"), 'context-length', /shorten it/],
  ['413', 413, 'too large', 'context-length', /shorten it/],
  ['400', 400, error('temperature must be positive'), 'bad-request', /temperature must be positive/],
  ['422', 422, { detail: 'field required' }, 'bad-request', /field required/],
  ['500', 500, error('overloaded'), 'server', /status 500.*later/],
  ['503 in markup', 503, '<html><h1>down</h1></html>', 'server', /status 503/],
  ['Google, in a list', 400, [{ error: { message: 'API key not valid' } }], 'bad-request', /API key not valid/],
];
for (const [name, status, body, code, words] of STATUSES) {
  test(`status ${name}`, async () => {
    await using server = await serve(answers(status, body));
    const failure = failureIn(await askAt(`${server.origin}/v1`));
    assert.equal(failure.code, code);
    assert.equal(failure.status, status);
    assert.match(failure.message, words);
    assert.equal(server.asked.length, 1, 'nothing is asked twice by itself');
  });
}

test('429 tells when to ask again', async () => {
  await using seconds = await serve(answers(429, error('slow down'), { 'retry-after': '37' }));
  const failure = failureIn(await askAt(`${seconds.origin}/v1`));
  assert.deepEqual([failure.code, failure.retryAfterMs], ['rate-limit', 37_000]);
  assert.match(failure.message, /in 37 seconds/);
  await using date = await serve(answers(429, {}, { 'retry-after': new Date(Date.now() + 60_000).toUTCString() }));
  const later = failureIn(await askAt(`${date.origin}/v1`)).retryAfterMs ?? 0;
  assert.ok(later > 50_000 && later <= 60_000);
  await using silent = await serve(answers(429, {}));
  assert.match(failureIn(await askAt(`${silent.origin}/v1`)).message, /a little later/);
});

test('nobody there, nobody of that name, no proper encryption', async () => {
  const nobody = await serve(() => undefined);
  await nobody[Symbol.asyncDispose]();
  assert.equal(failureIn(await askAt(`${nobody.origin}/v1`)).code, 'refused');
  // a name that must never resolve (RFC 6761); without any name server the lookup fails for another reason, in other words
  const coded = (code: string) => networkFailure(new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) }), asked);
  const asked = { endpoint: endpointFor('chat', 'https://models.invalid/v1'), model: 'm' };
  assert.equal(coded('ENOTFOUND').code, 'dns');
  assert.equal(coded('EAI_AGAIN').code, 'dns');
  assert.equal(coded('DEPTH_ZERO_SELF_SIGNED_CERT').code, 'tls');
  assert.equal(coded('UND_ERR_CONNECT_TIMEOUT').code, 'timeout');
  assert.equal(coded('ECONNRESET').code, 'broken-stream');
  assert.equal(networkFailure(new TypeError('Failed to fetch'), asked).code, 'network', 'browsers tell no more');
  const plain = createTcp((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end('this is no TLS\n', () => socket.destroy()));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => plain.once('listening', resolve));
  assert.equal(failureIn(await askAt(`https://127.0.0.1:${(plain.address() as AddressInfo).port}/v1`)).code, 'tls');
  plain.close();
});

test('no key where one is needed: nothing is sent', async () => {
  await using server = await serve(answers(200, '{}'));
  const endpoint = { ...endpointFor('chat', `${server.origin}/v1`), needsKey: true, keyUrl: 'https://example.com/keys' };
  const failure = failureIn(await askAt('', { endpoint }));
  assert.equal(failure.code, 'no-key');
  assert.match(failure.message, /https:\/\/example\.com\/keys/);
  assert.equal(server.asked.length, 0);
});

test('a page instead of an answer', async () => {
  await using server = await serve(answers(200, '<!doctype html><title>Sign in</title>'));
  const failure = failureIn(await askAt(`${server.origin}/v1`));
  assert.equal(failure.code, 'not-a-stream');
  assert.match(failure.message, /web page \('Sign in'\)/);
  await using words = await serve(answers(200, 'Ollama is running'));
  assert.equal(failureIn(await askAt(`${words.origin}/v1`)).code, 'not-a-stream');
});

const PARTIAL = chatStream([{ reasoning: 'half a ' }, { reasoning: 'thought' }], { finish: null, done: false });
const EVENT_STREAM = { 'content-type': 'text/event-stream' };

test('what had arrived is kept when the connection breaks', async () => {
  await using server = await serve((_, response) => {
    response.writeHead(200, EVENT_STREAM).write(PARTIAL, () => setImmediate(() => response.destroy()));
  });
  const events = await askAt(`${server.origin}/v1`);
  assert.equal(failureIn(events).code, 'broken-stream');
  assert.equal(sketch(traceOf(events)), 'r:half a thought');
});

test('what had arrived is kept when the server falls silent', async () => {
  await using server = await serve((_, response) => void response.writeHead(200, EVENT_STREAM).write(PARTIAL));
  const events = await askAt(`${server.origin}/v1`, {}, { idleTimeoutMs: 150 });
  assert.equal(failureIn(events).code, 'timeout');
  assert.equal(sketch(traceOf(events)), 'r:half a thought');
  await using mute = await serve(() => undefined);
  assert.equal(failureIn(await askAt(`${mute.origin}/v1`, {}, { idleTimeoutMs: 100 })).code, 'timeout');
});

test('a complete response is complete, though the connection stays open', async () => {
  await using server = await serve((_, response) => void response.writeHead(200, EVENT_STREAM).write(chatStream([{ content: 'c' }])));
  const events = await askAt(`${server.origin}/v1`);
  assert.deepEqual(events.at(-1), { type: 'finish', reason: 'stop', raw: 'stop' });
});

test('an error inside the stream', async () => {
  for (const line of [
    'data: {"error":{"message":"upstream gone"}}',
    'event: error\ndata: {"error":{"message":"upstream gone"}}',
    'error: {"error":{"message":"upstream gone"}}',
  ]) {
    await using server = await serve((_, response) => void response.writeHead(200, EVENT_STREAM).end(`${PARTIAL}${line}\n\n`));
    const events = await askAt(`${server.origin}/v1`);
    const failure = failureIn(events);
    assert.deepEqual([failure.code, failure.detail], ['in-stream', 'upstream gone'], line);
    assert.equal(sketch(traceOf(events)), 'r:half a thought');
  }
});

test('chunks that are not JSON cost only themselves', async () => {
  const body = `${PARTIAL}data: {"choices":[{"delta":{"con\n\n${chatStream([{ content: 'and an answer' }])}`;
  await using server = await serve((_, response) => void response.writeHead(200, EVENT_STREAM).end(body));
  const events = await askAt(`${server.origin}/v1`);
  assert.equal(failureIn(events).code, 'broken-stream');
  assert.equal(sketch(traceOf(events)), 'r:half a thought | a:and an answer');
});

test('nothing at all', async () => {
  await using server = await serve((_, response) => void response.writeHead(200, EVENT_STREAM).end());
  assert.equal(failureIn(await askAt(`${server.origin}/v1`)).code, 'empty');
});

test('stopping works at once and keeps what had arrived', async () => {
  await using server = await serve((_, response) => void response.writeHead(200, EVENT_STREAM).write(PARTIAL));
  const stop = new AbortController();
  const closed = new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (server.asked.length > 0) stop.abort();
      if (stop.signal.aborted) {
        clearInterval(timer);
        resolve();
      }
    }, 30);
  });
  const events = await askAt(`${server.origin}/v1`, {}, { signal: stop.signal });
  await closed;
  assert.deepEqual(events.at(-1), { type: 'finish', reason: 'stopped' });
  assert.deepEqual(await askAt('http://127.0.0.1:9/v1', {}, { signal: AbortSignal.abort() }), [{ type: 'finish', reason: 'stopped' }]);
});

test('whoever stops reading closes the connection', async () => {
  let gone: () => void = () => undefined;
  const left = new Promise<void>((resolve) => (gone = resolve));
  await using server = await serve((_, response) => {
    response.once('close', () => gone());
    response.writeHead(200, EVENT_STREAM).write(PARTIAL);
  });
  const { ask } = await import('../../../src/providers/client.ts');
  const request = { endpoint: endpointFor('chat', `${server.origin}/v1`), model: 'm', effort: 'default', messages: [] } as const;
  for await (const event of ask(request, { signal: new AbortController().signal })) if (event.type === 'text') break;
  await left;
});

test('the list of models, or one sentence why there is none', async () => {
  const signal = new AbortController().signal;
  await using server = await serve(
    answers(200, { data: [{ id: 'a', context_length: 128_000, name: 'A' }, { id: 'b', owned_by: 'us' }, {}] }),
  );
  assert.deepEqual(await listModels(endpointFor('chat', `${server.origin}/v1`), 'some-key-1234', signal), [
    { id: 'a', detail: 'A · 128k context' },
    { id: 'b', detail: 'us' },
  ]);
  assert.equal(server.asked[0]?.headers.authorization, 'Bearer some-key-1234');
  await using ollama = await serve(
    answers(200, { models: [{ name: 'qwen3:4b', details: { parameter_size: '4B', quantization_level: 'Q4' } }] }),
  );
  assert.deepEqual(await listModels(endpointFor('ollama', `${ollama.origin}/api`), undefined, signal), [
    { id: 'qwen3:4b', detail: '4B · Q4' },
  ]);
  for (const base of ['', '/v1', '/api/']) await listModels(endpointFor('ollama', `${ollama.origin}${base}`), undefined, signal);
  assert.deepEqual(new Set(ollama.asked.map(({ url }) => url)), new Set(['/api/tags']));
  await using none = await serve(answers(404, {}));
  await assert.rejects(listModels(endpointFor('chat', `${none.origin}/v1`), undefined, signal), /no list of models/);
  await using page = await serve(answers(200, '<html>'));
  await assert.rejects(listModels(endpointFor('chat', `${page.origin}/v1`), undefined, signal), /no list of models/);
  await using bare = await serve((_, response) => void response.end('{"data":[{"id":"c"}]}'));
  assert.deepEqual(await listModels(endpointFor('anthropic', `${bare.origin}/v1`), undefined, signal), [{ id: 'c' }]);
  await using locked = await serve(answers(401, error('who are you')));
  await assert.rejects(
    listModels(endpointFor('chat', `${locked.origin}/v1`), undefined, signal),
    /^Error: Test does not accept the API key/,
  );
  await assert.rejects(listModels(endpointFor('chat', 'http://example.com/v1'), 'k', signal), /without encryption/);
});
