import * as v from 'valibot';
import type { Analysis } from './analysis.ts';
import type { FailureCode, StampedEvent, TraceEvent } from './events.ts';
import { FAILURE_CODES } from './events.ts';
import { failureSentence } from './failures.ts';
import type { Explanation, TraceDocument } from './schema.ts';
import { TRACE_SCHEMA_URL, TRACE_VERSION, traceSchema } from './schema.ts';
import type { SavedPart, Trace, TraceHead, TraceNote } from './trace.ts';
import { applyEvent, createTrace } from './trace.ts';

/** The result of reading a trace file; `message` is one sentence for the reader. */
export type ReadResult =
  | { readonly ok: true; readonly document: TraceDocument; /** Of a newer version: show it, never write it. */ readonly newer: boolean }
  | { readonly ok: false; readonly message: string };

/** Turns a document of version `i` (its place in the list) into one of version `i + 1`. */
const MIGRATIONS: readonly ((old: Record<string, unknown>) => Record<string, unknown>)[] = [
  // 0: drafts had no `notes` and no `origin`
  (old) => ({ ...old, version: 1, notes: old['notes'] ?? [], origin: old['origin'] ?? null }),
];

/** Reads the text of a trace file. Any text at all gives a result, never an exception. */
export function readTrace(text: string): ReadResult {
  if (text.trim() === '') return { ok: false, message: 'This file is empty, so there is no trace to show.' };
  let json: unknown;
  try {
    json = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    return { ok: false, message: `This file is not valid JSON (${clip((error as Error).message)}); it was not changed.` };
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return { ok: false, message: 'This file holds JSON, but not a reasoning trace.' };
  let document = json as Record<string, unknown>;
  const version = document['version'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0 || !('parts' in document)) {
    return { ok: false, message: 'This file is not a reasoning trace: it has no version number or no parts.' };
  }
  const newer = version > TRACE_VERSION;
  for (let i = version; i < TRACE_VERSION; i++) document = MIGRATIONS[i]?.(document) ?? document;
  const parsed = v.safeParse(traceSchema, newer ? { ...document, version: TRACE_VERSION, analysis: null } : document);
  if (parsed.success) return { ok: true, document: parsed.output, newer };
  const issue = parsed.issues[0];
  const where = v.getDotPath(issue) ?? 'the top level';
  return {
    ok: false,
    message: newer
      ? `This trace was written by a newer version (format ${version}, this one reads up to ${TRACE_VERSION}); update the extension to read it.`
      : `This trace is damaged at ${clip(where)} (${clip(issue.message)}); it was not changed.`,
  };
}

/** The text of a trace file: two-space indent, one line for each entry of the timeline, a final newline. */
export function writeTrace(document: TraceDocument): string {
  // a timeline of thousands of triples would fill a screen for each hundred milliseconds
  const timeline = document.timeline.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
  const marker = '\u0000timeline';
  const text = JSON.stringify({ ...document, timeline: marker }, null, 2);
  return `${text.replace(JSON.stringify(marker), () => (timeline === '' ? '[]' : `[\n${timeline}\n  ]`))}\n`;
}

/** Our own types are closed, the file's are open to fields that we do not know. */
type Loose<K extends keyof TraceDocument> = TraceDocument[K];

/** What is saved of a trace. `base`, the document that it was read from, gives back the fields that we do not know. */
export function toDocument(trace: Trace, analysis: Analysis | null, base?: TraceDocument): TraceDocument {
  const { head } = trace;
  const parts: SavedPart[] = trace.parts.map((part, i) => ({
    ...(base?.parts[i] as object | undefined),
    kind: part.kind,
    visibility: part.visibility,
    ...(part.name === undefined ? {} : { name: part.name }),
    ...(part.text === '' ? {} : { text: part.text }),
    ...(part.opaque === undefined ? {} : { opaque: part.opaque }),
    start: Math.round(part.start),
    end: Math.round(part.end),
  }));
  if (trace.failure !== null) {
    const at = Math.round(trace.lastAt);
    parts.push({ kind: 'error', visibility: 'raw', name: trace.failure.code, text: trace.failure.message, start: at, end: at });
  }
  return {
    ...base,
    $schema: TRACE_SCHEMA_URL,
    version: TRACE_VERSION,
    id: head.id,
    createdAt: head.createdAt,
    title: head.title,
    request: {
      ...base?.request,
      endpoint: head.request.endpoint,
      origin: head.request.origin,
      api: head.request.api,
      model: head.request.model,
      parameters: { ...head.request.parameters },
      messages: head.request.messages as Loose<'request'>['messages'],
    },
    ...(trace.serverModel === null ? {} : { serverModel: trace.serverModel }),
    parts: parts as Loose<'parts'>,
    timeline: trace.timeline.map(([at, part, chars]) => [Math.round(at), part, chars]),
    usage: { ...trace.usage, ...(trace.usage.estimated === undefined ? {} : { estimated: [...trace.usage.estimated] }) } as Loose<'usage'>,
    finish: trace.finish ?? (trace.failure === null ? { reason: 'aborted' } : { reason: 'error', raw: trace.failure.code }),
    analysis: analysis as Loose<'analysis'>,
    origin: head.origin as Loose<'origin'>,
    notes: trace.notes.map((note) => ({ ...note })),
  };
}

/** A document with other notes and, if there is one, an explanation; a note that was there keeps the fields that we do not know. */
export function annotated(document: TraceDocument, notes: readonly TraceNote[], explanation: Explanation | null): TraceDocument {
  return {
    ...document,
    notes: notes.map((note) => ({
      ...document.notes.find(({ step, at, by }) => step === note.step && at === note.at && by === note.by),
      ...note,
    })),
    ...(explanation === null ? {} : { explanation }),
  };
}

/** What was known of a saved trace before its first event. */
export function headOf(document: TraceDocument): TraceHead {
  const { id, createdAt, title, request, origin } = document;
  return { id, createdAt, title, request: request as TraceHead['request'], origin };
}

/** The events that lead to a saved trace, at the times that its timeline tells: a replay is a live run again. */
export function eventsOf(document: TraceDocument): StampedEvent[] {
  const timed: { at: number; event: TraceEvent }[] = [];
  const arrivals = new Map<number, (readonly [number, number])[]>();
  for (const [at, part, chars] of document.timeline) {
    const list = arrivals.get(part);
    if (list) list.push([at, chars]);
    else arrivals.set(part, [[at, chars]]);
  }
  if (document.serverModel !== undefined) timed.push({ at: 0, event: { type: 'model', model: document.serverModel } });
  let index = -1;
  for (const saved of document.parts) {
    if (saved.kind === 'error') {
      const code = (FAILURE_CODES as readonly string[]).includes(saved.name ?? '') ? (saved.name as FailureCode) : 'unknown';
      timed.push({ at: saved.end, event: { type: 'error', failure: { code, message: saved.text ?? failureSentence('unknown') } } });
      continue;
    }
    const part = ++index;
    const { kind, visibility, name, text = '', opaque, start, end } = saved;
    timed.push({ at: start, event: { type: 'open', part, kind, visibility, ...(name === undefined ? {} : { name }) } });
    let done = 0;
    for (const [at, chars] of arrivals.get(part) ?? []) {
      const chunk = text.slice(done, done + chars);
      if (chunk === '') break;
      done += chunk.length;
      timed.push({ at, event: { type: 'text', part, text: chunk } });
    }
    // a timeline that tells of less than the text (edited by hand, or none at all) must not lose the rest
    if (done < text.length) timed.push({ at: Math.max(end, start), event: { type: 'text', part, text: text.slice(done) } });
    if (opaque !== undefined) timed.push({ at: end, event: { type: 'opaque', part, opaque } });
    timed.push({ at: end, event: { type: 'close', part } });
  }
  const last = timed.reduce((max, { at }) => Math.max(max, at), 0);
  if (Object.keys(document.usage).length > 0) timed.push({ at: last, event: { type: 'usage', usage: document.usage as object } });
  if (document.finish.reason !== 'error') {
    const { reason, raw } = document.finish;
    timed.push({ at: last, event: raw === undefined ? { type: 'finish', reason } : { type: 'finish', reason, raw } });
  }
  // parts were opened in order, and parts of one trace may overlap in time: never let an event overtake its part's opening
  let clock = 0;
  return timed.map(({ at, event }, i) => ({ seq: i + 1, at: (clock = Math.max(clock, at)), event }));
}

/** The state of a saved trace. */
export function traceOf(document: TraceDocument): Trace {
  const trace = createTrace(headOf(document));
  for (const event of eventsOf(document)) applyEvent(trace, event);
  trace.notes = document.notes.map(({ step, text, at, by }) => ({ step, text, at, by }));
  return trace;
}

/** A file name for a trace, without folder: its date and its title's words, safe on every file system. */
export function fileNameOf(head: TraceHead, attempt = 0): string {
  const slug = head.title
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .toLowerCase()
    .slice(0, 48)
    .replace(/^-+|-+$/g, '');
  return `${head.createdAt.slice(0, 10)}-${slug === '' ? 'trace' : slug}${attempt === 0 ? '' : `-${attempt + 1}`}.reasoning.json`;
}

function clip(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
