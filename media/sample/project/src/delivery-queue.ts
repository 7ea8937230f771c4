export interface Delivery {
  readonly id: string;
  readonly url: string;
  readonly body: string;
  /** How often it was tried in vain. */
  readonly attempt: number;
  /** When it may be sent, in milliseconds since 1970. */
  readonly dueAt: number;
}

/** Deliveries that wait, the one that is due first in front. Kept in memory. */
export class DeliveryQueue {
  readonly #waiting: Delivery[] = [];

  get size(): number {
    return this.#waiting.length;
  }

  /** When the first one is due, or undefined when nothing waits. */
  get nextDueAt(): number | undefined {
    return this.#waiting[0]?.dueAt;
  }

  add(delivery: Delivery): void {
    let low = 0;
    let high = this.#waiting.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#waiting[middle]!.dueAt <= delivery.dueAt) low = middle + 1;
      else high = middle;
    }
    this.#waiting.splice(low, 0, delivery);
  }

  /** Takes out all that is due. */
  takeDue(now: number): Delivery[] {
    const first = this.#waiting.findIndex((delivery) => delivery.dueAt > now);
    return this.#waiting.splice(0, first === -1 ? this.#waiting.length : first);
  }
}
