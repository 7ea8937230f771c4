import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Channel } from '../../../src/protocol/channel.ts';
import { createChannel } from '../../../src/protocol/channel.ts';

interface Doubler {
  double(n: number): number;
  fail(): void;
}

type Handlers = Record<string, (argument: unknown) => unknown>;

/** Two ends that post to each other through structured cloning, as webviews do. */
function pair(handlers: Handlers, onError?: (error: unknown) => void) {
  const near: Channel<Doubler> = createChannel<Doubler>({
    post: (m) => queueMicrotask(() => far.receive(structuredClone(m))),
    handlers: {},
  });
  const far: Channel<object> = createChannel<object>({
    post: (m) => queueMicrotask(() => near.receive(structuredClone(m))),
    handlers,
    ...(onError ? { onError } : {}),
  });
  return { near, far };
}

test('a call brings back what the handler returned', async () => {
  const { near } = pair({ double: (n) => (n as number) * 2 });
  assert.equal(await near.remote.double(21), 42);
});

test('what a handler throws reaches the caller', async () => {
  const { near } = pair({
    fail: () => {
      throw new Error('no such step');
    },
  });
  await assert.rejects(near.remote.fail(), /no such step/);
});

test('an unknown call is refused, also one that every object has', async () => {
  const { near } = pair({});
  await assert.rejects(near.remote.double(1), /unknown call double/);
  await assert.rejects((near.remote as unknown as { toString(): Promise<unknown> }).toString(), /unknown call toString/);
});

test('closing rejects what waits and what comes later', async () => {
  const { near } = pair({ double: () => new Promise(() => undefined) });
  const waiting = near.remote.double(1);
  near.close('the view was closed');
  await assert.rejects(waiting, /the view was closed/);
  await assert.rejects(near.remote.double(1), /the view was closed/);
});

test('telling waits for nothing, and its errors reach the listening side', async () => {
  const errors: unknown[] = [];
  const { near } = pair({}, (error) => errors.push(error));
  near.tell.double(1);
  await new Promise(setImmediate);
  assert.match(String(errors[0]), /unknown call double/);
});

test('foreign messages are ignored', () => {
  const { near } = pair({});
  for (const message of [null, 1, 'x', [], {}, { reply: 99 }, { call: 7, id: 1 }, { id: 1 }]) near.receive(message);
});
