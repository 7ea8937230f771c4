/**
 * A channel between two sides that know nothing of each other but an interface. It knows neither VS Code nor the DOM: the
 * function that posts is given, and incoming messages are handed to `receive`.
 */

/** The other side's interface as seen from here: every call returns a promise. */
export type Remote<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
};

/** The same without answers, for what may be lost: nothing waits, so nothing piles up while the other side sleeps. */
export type Listener<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => unknown ? (...args: A) => void : never;
};

type Wire =
  | { readonly call: string; readonly id: number; readonly argument?: unknown }
  | { readonly call: string; readonly argument?: unknown }
  | { readonly reply: number; readonly ok: unknown }
  | { readonly reply: number; readonly err: string };

export interface Channel<Theirs> {
  readonly remote: Remote<Theirs>;
  /** Calls without an answer; whether they arrive is not known. */
  readonly tell: Listener<Theirs>;
  /** Takes what the other side posted. What is not of this protocol is ignored. */
  receive(message: unknown): void;
  /** Rejects all calls that still wait; later calls reject at once. */
  close(reason: string): void;
}

export interface ChannelOptions {
  /** Sends a message; `false` means that it was not delivered. */
  readonly post: (message: unknown) => unknown;
  /** This side's functions by name, already guarding their arguments. */
  readonly handlers: Readonly<Record<string, (argument: unknown) => unknown>>;
  /** Gets what a handler threw when nobody waits for an answer. */
  readonly onError?: (error: unknown) => void;
}

export function createChannel<Theirs>({ post, handlers, onError }: ChannelOptions): Channel<Theirs> {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let nextId = 1;
  let closed: string | null = null;

  const call = (name: string, argument: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (closed !== null) {
        reject(new Error(closed));
        return;
      }
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      post({ call: name, id, argument } satisfies Wire);
    });

  const answer = async (name: string, id: number | null, argument: unknown): Promise<void> => {
    try {
      const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
      if (handler === undefined) throw new Error(`unknown call ${name}`);
      const ok = await handler(argument);
      if (id !== null) post({ reply: id, ok } satisfies Wire);
    } catch (error) {
      if (id !== null) post({ reply: id, err: error instanceof Error ? error.message : String(error) } satisfies Wire);
      else onError?.(error);
    }
  };

  const remote = new Proxy(
    {},
    {
      // a promise would be taken for thenable if it answered to `then`
      get: (_, name) => (typeof name === 'string' && name !== 'then' ? (argument: unknown) => call(name, argument) : undefined),
    },
  ) as Remote<Theirs>;

  const tell = new Proxy(
    {},
    {
      get: (_, name) => (argument: unknown) => {
        if (closed === null) post({ call: String(name), argument } satisfies Wire);
      },
    },
  ) as Listener<Theirs>;

  return {
    remote,
    tell,
    receive(message) {
      if (typeof message !== 'object' || message === null) return;
      const wire = message as Partial<Record<string, unknown>>;
      const { id, reply } = wire;
      if (typeof wire['call'] === 'string') {
        if (closed === null) void answer(wire['call'], typeof id === 'number' ? id : null, wire['argument']);
      } else if (typeof reply === 'number') {
        const pending = waiting.get(reply);
        waiting.delete(reply);
        if (typeof wire['err'] === 'string') pending?.reject(new Error(wire['err']));
        else pending?.resolve(wire['ok']);
      }
    },
    close(reason) {
      closed = reason;
      for (const { reject } of waiting.values()) reject(new Error(reason));
      waiting.clear();
    },
  };
}
