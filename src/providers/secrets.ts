import type { Failure, TraceEvent } from '../core/events.ts';
import type { ProviderRequest } from './provider.ts';

/** What a request sends that must appear nowhere else. Short values (`true`, a version) would only make holes in texts. */
export function secretsOf({ key, endpoint }: Pick<ProviderRequest, 'key' | 'endpoint'>): readonly string[] {
  const values = [key ?? '', ...Object.values(endpoint.headers ?? {})];
  // of `Bearer …` the last word is the secret
  return [...values, ...values.map((value) => value.trim().split(/\s+/).at(-1) ?? '')]
    .filter((value) => value.length >= 8)
    .sort((a, b) => b.length - a.length);
}

const MASK = '[key]';

function masked(text: string, secrets: readonly string[]): string {
  for (const secret of secrets) if (text.includes(secret)) text = text.replaceAll(secret, MASK);
  return text;
}

/** The failure without secrets: servers like to repeat in their errors what they were sent. */
export function withoutSecrets(failure: Failure, secrets: readonly string[]): Failure {
  const { message, detail } = failure;
  return { ...failure, message: masked(message, secrets), ...(detail === undefined ? {} : { detail: masked(detail, secrets) }) };
}

/** The event without secrets, whatever a server may echo. */
export function withoutSecretsIn(event: TraceEvent, secrets: readonly string[]): TraceEvent {
  if (secrets.length === 0) return event;
  switch (event.type) {
    case 'text': {
      const text = masked(event.text, secrets);
      return text === event.text ? event : { ...event, text };
    }
    case 'error':
      return { ...event, failure: withoutSecrets(event.failure, secrets) };
    case 'open':
      return event.name === undefined ? event : { ...event, name: masked(event.name, secrets) };
    case 'model':
      return { ...event, model: masked(event.model, secrets) };
    case 'opaque':
      return { ...event, opaque: masked(event.opaque, secrets) };
    case 'finish':
      return event.raw === undefined ? event : { ...event, raw: masked(event.raw, secrets) };
    default:
      return event;
  }
}
