import type { Analysts } from './remote.ts';
import { createAnalysts } from './remote.ts';
import type { Reply, Request } from './service.ts';

/** The one name under which the page's policy lets a script's address be made (`host/policy.ts`). */
const POLICY = 'analysis';

/** Of Trusted Types, what is used here: TypeScript's DOM does not have them yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/**
 * Starts the analysis beside the page, so that reading never makes the view wait. It is the biggest part of the view and
 * comes after the first picture; what is sent before it is there waits for it.
 */
export function startAnalysis(on: { change(): void; failure(error: unknown): void }): Analysts {
  let waiting: Request[] | null = [];
  let worker: Worker | null = null;
  const analysts = createAnalysts(
    {
      send(request) {
        if (waiting === null) worker?.postMessage(request);
        else waiting.push(request);
      },
    },
    () => on.change(),
  );
  const fail = (error: unknown): void => {
    waiting = null;
    worker?.terminate();
    worker = null;
    analysts.fail();
    on.failure(error);
  };
  const begin = async (): Promise<void> => {
    const [{ SOURCE }, { LEARNED }] = await Promise.all([import('./source.ts'), import('./learned.ts')]);
    const address = URL.createObjectURL(new Blob([SOURCE], { type: 'text/javascript' }));
    worker = new Worker(trusted(address));
    worker.onmessage = ({ data }: MessageEvent<Reply>) => analysts.receive(data);
    worker.onerror = (event) => fail(event.message);
    worker.postMessage({ type: 'learned', learned: LEARNED });
    for (const request of waiting ?? []) worker.postMessage(request);
    waiting = null;
  };
  begin().catch(fail);
  return analysts;
}

function trusted(address: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  return types?.createPolicy(POLICY, { createScriptURL: (url) => url }).createScriptURL(address) ?? address;
}
