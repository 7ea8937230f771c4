import type { TraceDocument } from './schema.ts';

/**
 * Shapes of secrets, by the prefixes and forms that their issuers document. They are told by shape alone: what only looks
 * random is not taken for one.
 */
const PATTERNS: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'private key', pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]{0,10000}?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g },
  { name: 'API key', pattern: /\b(?:sk|rk|pk)-(?:[A-Za-z]{2,12}-){0,3}[A-Za-z0-9_-]{20,200}/g },
  { name: 'API key', pattern: /\b(?:gsk|xai|hf|nvapi|csk|tgp)[_-][A-Za-z0-9_-]{24,200}/g },
  { name: 'Google key', pattern: /\bAIza[A-Za-z0-9_-]{35}/g },
  { name: 'cloud key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { name: 'GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})/g },
  { name: 'GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20,64}/g },
  { name: 'Slack token', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,255}/g },
  { name: 'Stripe key', pattern: /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,255}/g },
  { name: 'npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { name: 'JSON Web Token', pattern: /\beyJ[A-Za-z0-9_-]{10,4000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,4000}/g },
  { name: 'bearer token', pattern: /\bBearer\s+[A-Za-z0-9._~+/-]{20,4000}=*/g },
  { name: 'password in an address', pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{1,100}:[^\s/@]{3,200}@/g },
];

/** What each of them has in it: hardly any text has, and is then not searched for them one by one. */
const HINT =
  /-----BEGIN |\b(?:[srp]k-|(?:gsk|xai|hf|nvapi|csk|tgp)[_-]|AIza|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|[sr]k_|npm_|eyJ|Bearer\s)|:\/\//;

/** A secret's place: UTF-16 offsets into the text that was searched. */
export interface Secret {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Finds what has the shape of a secret, in order, without overlaps. */
export function secretsIn(text: string): Secret[] {
  if (!HINT.test(text)) return [];
  const found: Secret[] = [];
  for (const { name, pattern } of PATTERNS) {
    for (const match of text.matchAll(pattern)) found.push({ name, start: match.index, end: match.index + match[0].length });
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Secret[] = [];
  for (const secret of found) if (secret.start >= (kept.at(-1)?.end ?? 0)) kept.push(secret);
  return kept;
}

/** Replaces each secret by as many of `mask`, so that every offset into the text stays true. */
export function maskSecrets(text: string, mask: string): string {
  let out = '';
  let at = 0;
  for (const { start, end } of secretsIn(text)) {
    out += text.slice(at, start) + mask.repeat(end - start);
    at = end;
  }
  return out + text.slice(at);
}

/** The same with blocks, as people know them from redacted papers. */
export function redactText(text: string): string {
  return maskSecrets(text, '█');
}

/** All secrets of a trace: prompt, reasoning, answer, title and whatever else is text, except opaque bytes. */
export function findSecrets(document: TraceDocument): Secret[] {
  const found: Secret[] = [];
  mapTexts(document, (text) => {
    found.push(...secretsIn(text));
    return text;
  });
  return found;
}

/** "2 API keys, 1 private key" */
export function describeSecrets(secrets: readonly Secret[]): string {
  const counts = new Map<string, number>();
  for (const { name } of secrets) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, n]) => (n === 1 ? `1 ${name}` : `${n} × ${name}`)).join(', ');
}

export function redactDocument(document: TraceDocument): TraceDocument {
  return mapTexts(document, redactText) as TraceDocument;
}

/** Applies `change` to every string of a tree of data, opaque bytes apart: redacted, those could not be sent back. */
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, key === 'opaque' ? item : mapTexts(item, change)]));
}
