import { isLoopback } from './address.ts';
import type { Endpoint } from './provider.ts';

/** A server that runs on this machine answers at once; who has not within this many milliseconds is not there. */
const PROBE_MS = 800;

/**
 * Finds out which of the given servers on this machine answer, by asking each for its list of models. Addresses of other
 * machines are left out, so nothing leaves this one. To be called on the user's gesture only.
 */
export async function probeLocal(signal: AbortSignal, endpoints: readonly Endpoint[]): Promise<Endpoint[]> {
  const local = endpoints.filter(({ baseUrl }) => isLoopback(baseUrl));
  const answered = await Promise.all(local.map((endpoint) => answers(endpoint, signal)));
  return local.filter((_, i) => answered[i]);
}

async function answers({ baseUrl, api }: Endpoint, signal: AbortSignal): Promise<boolean> {
  try {
    const url = `${baseUrl.replace(/\/+$/, '')}/${api === 'ollama' ? 'tags' : 'models'}`;
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(PROBE_MS)]), redirect: 'error' });
    // a server that wants a key for its list is a model server all the same; any other page on that port is not
    if (response.status === 401) return true;
    if (!response.ok) return false;
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null && ('data' in body || 'models' in body);
  } catch {
    return false;
  }
}
