import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TraceEvent } from '../../../src/core/events.ts';
import { ask } from '../../../src/providers/client.ts';
import type { ProviderOptions, ProviderRequest } from '../../../src/providers/provider.ts';
import { endpointFor } from './replay.ts';

export interface Seen {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server on this machine, with all that was asked of it. */
export async function serve(answer: (request: IncomingMessage, response: ServerResponse, seen: Seen) => void) {
  const asked: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (data: Buffer) => (body += data.toString()));
    request.on('end', () => {
      const seen = { url: request.url ?? '', headers: request.headers, body };
      asked.push(seen);
      answer(request, response, seen);
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const PROMPT = 'a prompt that nobody else may read';

/** All events of a question to that address. */
export async function askAt(
  baseUrl: string,
  more: Partial<ProviderRequest> = {},
  options: Partial<ProviderOptions> = {},
): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const request: ProviderRequest = {
    endpoint: endpointFor('chat', baseUrl),
    model: 'some-model',
    effort: 'default',
    messages: [{ role: 'user', content: PROMPT }],
    ...more,
  };
  for await (const event of ask(request, { signal: new AbortController().signal, ...options })) events.push(event);
  return events;
}
