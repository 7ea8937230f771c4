import type { ReadonlySignal } from '@preact/signals';

/** Makes what is being drawn or computed depend on signals that stand for things that are not signals themselves. */
export function heed(...signals: readonly ReadonlySignal<unknown>[]): unknown[] {
  return signals.map((signal) => signal.value);
}
