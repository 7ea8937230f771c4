export interface BackoffPolicy {
  /** Delay before the first retry, in milliseconds. */
  readonly baseMs: number;
  /** No delay is longer than this, in milliseconds. */
  readonly capMs: number;
}

export const DEFAULT_POLICY: BackoffPolicy = { baseMs: 500, capMs: 300_000 };

/** Milliseconds to wait before a retry: doubles with each attempt (0 is the first), up to the cap. */
export function backoffMs(attempt: number, policy: BackoffPolicy = DEFAULT_POLICY): number {
  return Math.min(policy.capMs, policy.baseMs * (1 << attempt));
}

/** Spreads a delay over its upper half, so that deliveries that failed together do not come back together. */
export function withJitter(delayMs: number, random: () => number = Math.random): number {
  return delayMs / 2 + (delayMs / 2) * random();
}
