import { backoffMs, DEFAULT_POLICY, withJitter } from './backoff.ts';
import type { BackoffPolicy } from './backoff.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import type { Delivery, DeliveryQueue } from './delivery-queue.ts';

/** Sends one delivery; false means that the receiver did not take it. */
export type Send = (delivery: Delivery) => Promise<boolean>;

export interface DispatcherOptions {
  readonly queue: DeliveryQueue;
  readonly send: Send;
  readonly policy?: BackoffPolicy;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** How long to sleep when nothing waits, in milliseconds. */
const IDLE_MS = 1000;

export class Dispatcher {
  readonly #options: Required<DispatcherOptions>;

  constructor(options: DispatcherOptions) {
    this.#options = { policy: DEFAULT_POLICY, clock: systemClock, random: Math.random, ...options };
  }

  /** Sends all that is due, one after another, and puts back what failed. Returns how many arrived. */
  async tick(): Promise<number> {
    const { queue, send, policy, clock, random } = this.#options;
    let arrived = 0;
    for (const delivery of queue.takeDue(clock.now())) {
      if (await send(delivery)) {
        arrived++;
        continue;
      }
      const delay = withJitter(backoffMs(delivery.attempt, policy), random);
      queue.add({ ...delivery, attempt: delivery.attempt + 1, dueAt: clock.now() + delay });
    }
    return arrived;
  }

  /** Ticks whenever something is due. Returns a function that stops it. */
  start(): () => void {
    const { queue, clock } = this.#options;
    let stopped = false;
    let cancel = (): void => undefined;
    const loop = async (): Promise<void> => {
      await this.tick();
      if (stopped) return;
      const now = clock.now();
      const wait = Math.max(0, (queue.nextDueAt ?? now + IDLE_MS) - now);
      cancel = clock.after(wait, () => void loop());
    };
    void loop();
    return () => {
      stopped = true;
      cancel();
    };
  }
}
