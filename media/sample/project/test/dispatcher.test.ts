import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeliveryQueue } from '../src/delivery-queue.ts';
import { Dispatcher } from '../src/dispatcher.ts';

/** A dispatcher whose clock stands still until it is moved, and whose receiver answers as told. */
function setUp(answers: boolean[]) {
  const time = { now: 1_000_000 };
  const queue = new DeliveryQueue();
  const sent: number[] = [];
  const dispatcher = new Dispatcher({
    queue,
    clock: { now: () => time.now, after: () => () => undefined },
    random: () => 1,
    send: (delivery) => {
      sent.push(delivery.attempt);
      return Promise.resolve(answers.shift() ?? false);
    },
  });
  queue.add({ id: 'a', url: 'https://receiver.example/hook', body: '{}', attempt: 0, dueAt: time.now });
  return { time, queue, sent, dispatcher };
}

test('a delivery that arrives is forgotten', async () => {
  const { queue, dispatcher } = setUp([true]);
  assert.equal(await dispatcher.tick(), 1);
  assert.equal(queue.size, 0);
});

test('a delivery that fails waits longer each time', async () => {
  const { time, queue, sent, dispatcher } = setUp([]);
  const waits: number[] = [];
  for (let i = 0; i < 5; i++) {
    await dispatcher.tick();
    waits.push(queue.nextDueAt! - time.now);
    time.now = queue.nextDueAt!;
  }
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000]);
  assert.deepEqual(sent, [0, 1, 2, 3, 4]);
});

test('what is not due stays', async () => {
  const { time, queue, sent, dispatcher } = setUp([]);
  time.now -= 1;
  await dispatcher.tick();
  assert.deepEqual([queue.size, sent.length], [1, 0]);
});
