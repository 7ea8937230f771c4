import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { startReplay } from '../../replay/server.ts';
import type { Replay } from '../../replay/server.ts';
import { tokens } from '../../replay/wire.ts';
import { SAMPLE_FILE } from '../../tools/sample.ts';

const sample = JSON.parse(readFileSync(SAMPLE_FILE, 'utf8')) as { parts: { text: string }[] };
let replay: Replay;
before(async () => (replay = await startReplay()));
after(() => replay.close());

const ask = (model: string, more: object = { stream: true }, signal?: AbortSignal): Promise<Response> =>
  fetch(`${replay.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [], ...more }),
    ...(signal === undefined ? {} : { signal }),
  });

/** What a client reads from a stream: the texts by field, and how it ended. */
async function read(response: Response): Promise<{ reasoning: string; content: string; finish: string | null; usage: any; done: boolean }> {
  const events = (await response.text())
    .split('\n\n')
    .filter(Boolean)
    .map((line) => line.replace(/^data: /, ''));
  const chunks = events.filter((data) => data !== '[DONE]').map((data) => JSON.parse(data));
  const join = (field: string): string => chunks.map((chunk) => chunk.choices?.[0]?.delta[field] ?? '').join('');
  return {
    reasoning: join('reasoning_content'),
    content: join('content'),
    finish: chunks.map((chunk) => chunk.choices?.[0]?.finish_reason).findLast(Boolean) ?? null,
    usage: chunks.findLast((chunk) => chunk.usage)?.usage,
    done: events.at(-1) === '[DONE]',
  };
}

test('streams the sample: every character of its reasoning and answer, the usage, the end', async () => {
  const { reasoning, content, finish, usage, done } = await read(await ask('sample-reasoner'));
  assert.deepEqual([reasoning, content, finish, done], [sample.parts[0]!.text, sample.parts[1]!.text, 'stop', true]);
  assert.ok(usage.completion_tokens_details.reasoning_tokens > 1000);
});

test('answers at once when no stream is wanted', async () => {
  const body = await (await ask('sample-reasoner', {})).json();
  assert.equal(body.choices[0].message.reasoning_content, sample.parts[0]!.text);
});

test('every model of its list does something, the faults by their status', async () => {
  const list = (await (await fetch(`${replay.baseUrl}/models`)).json()) as { data: { id: string }[] };
  const statuses = new Map<string, number>();
  for (const { id } of list.data)
    // these end only when they are hung up on, or released
    if (!['model-hang', 'model-hold', 'model-loop'].includes(id)) {
      const response = await ask(id);
      statuses.set(id, response.status);
      await response.text().catch(() => undefined);
    }
  for (const [id, status] of statuses) assert.equal(status, Number(/\d+/.exec(id)?.[0] ?? 200), id);
  assert.equal((await ask('model-429')).headers.get('retry-after'), '37');
  assert.equal((await ask('unheard-of')).status, 404);
});

test('breaks, cuts off, hides and wraps the reasoning as asked', async () => {
  await assert.rejects((await ask('model-cut')).text());
  const noFinish = await read(await ask('model-no-finish'));
  assert.ok(noFinish.reasoning.length > 500 && noFinish.finish === null && !noFinish.done);
  const length = await read(await ask('model-length'));
  assert.ok(length.reasoning.length > 500 && length.content === '' && length.finish === 'length');
  const empty = await read(await ask('model-empty'));
  assert.deepEqual([empty.reasoning, empty.content, empty.finish], ['', '', 'stop']);
  const encrypted = await read(await ask('model-encrypted'));
  assert.deepEqual([encrypted.reasoning, encrypted.content], ['', sample.parts[1]!.text]);
  const tags = await read(await ask('model-think-tags'));
  assert.equal(tags.content, `<think>\n${sample.parts[0]!.text}\n</think>\n\n${sample.parts[1]!.text}`);
  assert.match(await (await ask('model-in-stream')).text(), /"error":.*Provider returned error/);
});

test('holds until it is released, and notices who hangs up', async () => {
  const stop = new AbortController();
  const response = await ask('model-hold', { stream: true }, stop.signal);
  const reader = response.body!.getReader();
  assert.ok((await reader.read()).value!.length > 0);
  stop.abort();
  while (!replay.chats().at(-1)!.ended) await new Promise((done) => setImmediate(done));
  assert.equal(replay.chats().at(-1)!.hungUp, true);
  replay.release();
  assert.equal((await read(await ask('model-hold'))).reasoning, sample.parts[0]!.text);
  assert.equal(replay.chats().at(-1)!.hungUp, false);
});

test('thinks the same over and over, until it is hung up on', async () => {
  const stop = new AbortController();
  const response = await ask('model-loop', { stream: true }, stop.signal);
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body!) {
    text += [...decoder.decode(bytes, { stream: true }).matchAll(/"reasoning_content":"((?:[^"\\]|\\.)*)"/g)]
      .map(([, said]) => said)
      .join('');
    const tail = text.slice(-60);
    if (text.length > 1000 && text.split(tail).length > 4) break;
  }
  stop.abort();
  while (!replay.chats().at(-1)!.ended) await new Promise((done) => setImmediate(done));
  assert.equal(replay.chats().at(-1)!.hungUp, true);
});

test('lets a page of another origin ask', async () => {
  const response = await fetch(`${replay.baseUrl}/chat/completions`, {
    method: 'OPTIONS',
    headers: { origin: 'http://elsewhere', 'access-control-request-headers': 'authorization, x-stainless-lang' },
  });
  assert.equal(response.headers.get('access-control-allow-origin'), '*');
  assert.equal(response.headers.get('access-control-allow-headers'), 'authorization, x-stainless-lang');
});

test('asks for its key, if it has one', async () => {
  const locked = await startReplay({ key: 'k' });
  try {
    assert.equal((await fetch(`${locked.baseUrl}/models`)).status, 401);
    assert.equal((await fetch(`${locked.baseUrl}/models`, { headers: { authorization: 'Bearer k' } })).status, 200);
  } finally {
    await locked.close();
  }
});

test('the pieces of a text are the text', () => {
  for (const text of ['', ' ', 'a  b\n\nc', 'naïve 日本語, 😀!', '\ud800 x', '`1 << 31`']) assert.equal(tokens(text).join(''), text);
});
