import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { probeLocal } from '../../../src/providers/probe.ts';

async function serve(answer: { status: number; body: string; location?: string }) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(answer.status, { 'content-type': 'application/json', ...(answer.location ? { location: answer.location } : {}) });
    response.end(answer.body);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

test('offers the servers on this machine that list models, and asks no other', async () => {
  await using models = await serve({ status: 200, body: '{"data":[]}' });
  await using ollama = await serve({ status: 200, body: '{"models":[]}' });
  await using locked = await serve({ status: 401, body: '{}' });
  await using page = await serve({ status: 200, body: '<html>' });
  await using other = await serve({ status: 404, body: '{}' });
  await using moved = await serve({ status: 307, body: '', location: models.url });
  const at = (name: string, baseUrl: string, api: 'chat' | 'ollama' = 'chat') => ({ name, baseUrl, api });
  const found = await probeLocal(new AbortController().signal, [
    at('models', `${models.url}/v1`),
    at('ollama', `${ollama.url}/api/`, 'ollama'),
    at('locked', `${locked.url}/v1`),
    at('page', `${page.url}/v1`),
    at('other', `${other.url}/v1`),
    at('moved', `${moved.url}/v1`),
    at('nobody', 'http://127.0.0.1:1/v1'),
    at('far', 'http://192.0.2.1/v1'),
  ]);
  assert.deepEqual(
    found.map(({ name }) => name),
    ['models', 'ollama', 'locked'],
  );
  assert.deepEqual(models.asked, ['/v1/models']);
  assert.deepEqual(ollama.asked, ['/api/tags']);
});
