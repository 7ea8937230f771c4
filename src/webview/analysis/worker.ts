import type { Reply, Request } from './service.ts';
import { createService } from './service.ts';

/** The first message: what was learned, by the names that its modules export (see `learnedHeld` in esbuild.mjs). */
interface Learned {
  readonly type: 'learned';
  readonly learned: Readonly<Record<string, unknown>>;
}

/** Of a worker's global scope, what is used here. */
interface Scope {
  onmessage: ((event: MessageEvent<Learned | Request>) => void) | null;
  postMessage(reply: Reply): void;
  reasoningInspectorLearned?: Readonly<Record<string, unknown>>;
}

const scope = globalThis as unknown as Scope;
let service: Promise<(request: Request) => void> | null = null;

scope.onmessage = ({ data }) => {
  if (data.type === 'learned') {
    scope.reasoningInspectorLearned = data.learned;
    service = import('../../core/analyser.ts').then(({ createAnalyser }) =>
      createService(createAnalyser, {
        post: (reply) => {
          scope.postMessage(reply);
        },
        now: () => performance.now(),
        later: (work, ms) => void setTimeout(work, ms),
        onError: (error) => {
          console.error(error);
        },
      }),
    );
  } else void service?.then((receive) => receive(data));
};
