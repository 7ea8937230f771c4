import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Api } from '../../../src/core/trace.ts';
import { APIS } from '../../../src/core/trace.ts';
import { baseOf, isLoopback, isPlainHttp, originOf } from '../../../src/providers/address.ts';
import { listModels } from '../../../src/providers/client.ts';
import { PRESETS } from '../../../src/providers/presets.ts';
import { chatStream, endpointFor } from './replay.ts';
import { askAt, PROMPT, serve } from './serve.ts';

const KEY = 'sk-canary-0123456789abcdef';
const SECRET_HEADER = 'header-canary-9876543210';

for (const status of [301, 302, 307, 308]) {
  test(`a redirect (${status}) carries neither prompt nor key elsewhere`, async () => {
    await using elsewhere = await serve((_, response) => void response.end('{}'));
    await using server = await serve(
      (_, response) => void response.writeHead(status, { location: `${elsewhere.origin}/v1/chat/completions` }).end(),
    );
    const headers = { 'api-key': SECRET_HEADER };
    const events = await askAt('', { endpoint: { ...endpointFor('chat', `${server.origin}/v1`), headers }, key: KEY });
    const last = events.at(-1);
    assert.equal(last?.type === 'error' && last.failure.code, 'redirect');
    assert.equal(server.asked.length, 1);
    assert.equal(elsewhere.asked.length, 0);
    await assert.rejects(listModels(endpointFor('chat', `${server.origin}/v1`), KEY, new AbortController().signal), /elsewhere/);
    assert.equal(elsewhere.asked.length, 0);
  });
}

test('plain http to another machine is refused before anything is sent, unless it was allowed', async () => {
  const asked = await askAt('http://192.0.2.1/v1', { key: KEY });
  assert.equal(asked.length, 1);
  assert.equal(asked[0]?.type === 'error' && asked[0].failure.code, 'plain-http');
  const allowed = await askAt('http://192.0.2.1/v1', { key: KEY, allowPlainHttp: true }, { idleTimeoutMs: 50 });
  assert.notEqual(allowed[0]?.type === 'error' && allowed[0].failure.code, 'plain-http');
});

test('which addresses are this machine', () => {
  for (const url of [
    'http://localhost:1234/v1',
    'http://127.0.0.1',
    'http://127.1.2.3:80/v1',
    'http://[::1]:8080/v1',
    'http://a.localhost/',
  ])
    assert.ok(isLoopback(url) && !isPlainHttp(url), url);
  for (const url of [
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1',
    'http://0.0.0.0:8000',
    'http://[::2]',
  ])
    assert.ok(!isLoopback(url) && isPlainHttp(url), url);
  assert.ok(!isPlainHttp('https://example.com'));
  assert.equal(originOf('https://example.com:8443/v1/'), 'https://example.com:8443');
  assert.equal(originOf('not an address'), null);
  for (const url of ['https://x.io/v1', 'https://x.io/v1/', ' https://x.io/v1/chat/completions ', 'https://x.io/v1/responses/'])
    assert.equal(baseOf(url), 'https://x.io/v1');
});

test('every API sends its key in its own header, the prompt in the body, and nothing about this machine', async () => {
  const carriers: Record<Api, string> = {
    chat: 'authorization',
    responses: 'authorization',
    anthropic: 'x-api-key',
    gemini: 'x-goog-api-key',
    ollama: 'authorization',
  };
  for (const api of APIS) {
    await using server = await serve((_, response) => void response.end('{}'));
    await askAt('', { endpoint: endpointFor(api, `${server.origin}/v1`), key: KEY });
    const seen = server.asked[0]!;
    assert.ok(seen.body.includes(PROMPT), api);
    const carrying = Object.entries(seen.headers).filter(([, value]) => String(value).includes(KEY));
    assert.deepEqual(
      carrying.map(([name]) => name),
      [carriers[api]],
    );
    assert.ok(!seen.url.includes(KEY) && !seen.body.includes(KEY));
    const known =
      /^(?:host|connection|accept|accept-encoding|accept-language|content-type|content-length|sec-fetch-mode|user-agent|authorization|x-api-key|x-goog-api-key|anthropic-.*)$/;
    assert.deepEqual(
      Object.keys(seen.headers).filter((name) => !known.test(name)),
      [],
    );
  }
});

test('a header of the user’s own takes the place of ours', async () => {
  await using server = await serve((_, response) => void response.end('{}'));
  const endpoint = { ...endpointFor('chat', `${server.origin}/v1`), headers: { Authorization: 'Token mine', 'X-Team': 'a' } };
  await askAt('', { endpoint, key: KEY });
  const { headers } = server.asked[0]!;
  assert.deepEqual([headers.authorization, headers['x-team']], ['Token mine', 'a']);
});

test('without a key none is sent', async () => {
  for (const api of APIS) {
    await using server = await serve((_, response) => void response.end('{}'));
    await askAt('', { endpoint: endpointFor(api, `${server.origin}/v1`) });
    const { headers } = server.asked[0]!;
    assert.deepEqual([headers.authorization, headers['x-api-key'], headers['x-goog-api-key']], [undefined, undefined, undefined]);
  }
});

test('a server that repeats what it was sent does not bring the key into any event', async () => {
  const echo = (text: string) =>
    chatStream(
      [
        { reasoning: `you sent ${text}` },
        { content: text, tool_calls: [{ index: 0, id: text, function: { name: text, arguments: text } }] },
      ],
      { finish: text },
    );
  const replies: ((headers: string) => { status: number; body: string })[] = [
    (headers) => ({ status: 200, body: echo(headers) }),
    (headers) => ({ status: 401, body: JSON.stringify({ error: { message: `bad key ${headers}` } }) }),
    (headers) => ({ status: 500, body: headers }),
    (headers) => ({ status: 200, body: `<html><title>${headers}</title>` }),
    (headers) => ({ status: 200, body: `data: ${JSON.stringify({ error: { message: headers } })}\n\n` }),
    (headers) => ({ status: 400, body: JSON.stringify({ error: { message: `model ${headers} not found` } }) }),
  ];
  for (const reply of replies) {
    await using server = await serve((_, response, { headers }) => {
      const { status, body } = reply(`${headers.authorization ?? ''} ${String(headers['x-extra'])}`);
      response.writeHead(status).end(body);
    });
    const endpoint = { ...endpointFor('chat', `${server.origin}/v1`), headers: { 'x-extra': SECRET_HEADER } };
    const told = JSON.stringify(await askAt('', { endpoint, key: KEY, model: 'm' }));
    assert.ok(!told.includes(KEY) && !told.includes(SECRET_HEADER), told);
  }
});

test('a key or an address that cannot be sent does not stand in the error', async () => {
  const told = async (baseUrl: string, key: string, headers: Record<string, string> = {}) => {
    const endpoint = { ...endpointFor('chat', baseUrl), headers };
    const listed = await listModels(endpoint, key, new AbortController().signal).catch((error: unknown) => String(error));
    return JSON.stringify([await askAt('', { endpoint, key }), listed]);
  };
  for (const bad of ['canary-\nsecret', 'canary-ключ-secret', 'canary secret', 'canary-\u0000secret']) {
    assert.doesNotMatch(await told('http://127.0.0.1:9/v1', bad), /canary|secret/);
    assert.doesNotMatch(await told('http://127.0.0.1:9/v1', '', { 'x-extra': bad }), /canary|secret/);
  }
  assert.doesNotMatch(await told('https://user:canary-secret@127.0.0.1:9/v1?key=canary-secret', ''), /canary/);
});

test('variables of the environment change nothing', async () => {
  await using elsewhere = await serve((_, response) => void response.end('{}'));
  await using server = await serve((_, response) => void response.end(chatStream([{ content: 'c' }])));
  const env = {
    PATH: process.env['PATH'],
    OPENAI_BASE_URL: `${elsewhere.origin}/v1`,
    OPENAI_API_KEY: 'sk-from-the-environment',
    OPENAI_ADMIN_KEY: 'sk-admin-from-the-environment',
    OPENAI_ORG_ID: 'org-environment',
    OPENAI_PROJECT_ID: 'project-environment',
    OPENAI_CUSTOM_HEADERS: 'authorization: Bearer stolen\nx-slipped-in: yes',
    OPENAI_LOG: 'debug',
  };
  const script = fileURLToPath(new URL('./ask-once.ts', import.meta.url));
  for (const key of [KEY, '']) {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, `${server.origin}/v1`, key], { env });
    assert.deepEqual(JSON.parse(stdout).at(-1), { type: 'finish', reason: 'stop', raw: 'stop' });
    assert.equal(stderr, '', 'nothing is logged');
  }
  assert.equal(elsewhere.asked.length, 0);
  const sent = JSON.stringify(server.asked.map(({ headers }) => headers));
  assert.doesNotMatch(sent, /environment|stolen|slipped|stainless/);
  assert.deepEqual(
    server.asked.map(({ headers }) => headers.authorization),
    [`Bearer ${KEY}`, undefined],
  );
});

test('the presets reach other machines by https alone, each under a name and an origin of its own', () => {
  for (const preset of PRESETS) assert.ok(!isPlainHttp(preset.baseUrl), preset.name);
  assert.equal(new Set(PRESETS.map(({ name }) => name.toLowerCase())).size, PRESETS.length);
  assert.equal(new Set(PRESETS.map(({ baseUrl }) => originOf(baseUrl))).size, PRESETS.length);
  for (const preset of PRESETS) assert.ok(isLoopback(preset.baseUrl) || preset.keyUrl?.startsWith('https://'), preset.name);
});
