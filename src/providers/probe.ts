import { isLoopback } from './address.ts';
import { PRESETS } from './presets.ts';
import type { Endpoint } from './provider.ts';

/** A server on this machine answers within this many milliseconds or is taken not to run. */
const PROBE_MS = 800;

/**
 * The servers among `endpoints` that answer on this machine, by default those of the presets. Asks only loopback addresses, for
 * their list of models, without any key. Never throws.
 */
export async function probeLocal(signal: AbortSignal, endpoints: readonly Endpoint[] = PRESETS): Promise<readonly Endpoint[]> {
  const local = endpoints.filter(({ baseUrl }) => isLoopback(baseUrl));
  const answers = await Promise.all(local.map((endpoint) => answersAt(endpoint, signal)));
  return local.filter((_, at) => answers[at] === true);
}

async function answersAt({ baseUrl, api }: Endpoint, signal: AbortSignal): Promise<boolean> {
  const base = baseUrl.replace(/\/+$/, '');
  const url = api === 'ollama' ? `${base.replace(/\/(?:api|v1)$/, '')}/api/tags` : `${base}/models`;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), PROBE_MS);
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, limit.signal]),
      redirect: 'error',
      credentials: 'omit',
      headers: { accept: 'application/json' },
    });
    // a server that wants a key says so in JSON too; a web page is something else that listens there
    const type = response.headers.get('content-type') ?? '';
    void response.body?.cancel().catch(() => undefined);
    return (response.ok || response.status === 401) && type.includes('json');
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
