import type { FinishReason, Failure, PartKind, StampedEvent, Usage, Visibility } from './events.ts';
import { unreachable } from './unreachable.ts';

/** How a request is spoken to a server. */
export const APIS = ['chat', 'responses', 'anthropic', 'gemini', 'ollama'] as const;
export type Api = (typeof APIS)[number];

export const EFFORTS = ['default', 'none', 'minimal', 'low', 'medium', 'high', 'max'] as const;
export type Effort = (typeof EFFORTS)[number];

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
  /** An earlier turn's parts, for providers that want reasoning or signatures back. */
  readonly parts?: readonly SavedPart[];
  /** Id of the trace of that turn. */
  readonly trace?: string;
}

/** What was asked, of whom. Never holds a key or a header. */
export interface TraceRequest {
  readonly endpoint: string;
  readonly origin: string;
  readonly api: Api;
  readonly model: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly messages: readonly Message[];
}

/** A part as a trace file holds it; times in milliseconds since the request. */
export interface SavedPart {
  readonly kind: PartKind;
  readonly visibility: Visibility;
  readonly name?: string;
  readonly text?: string;
  readonly opaque?: string;
  readonly start: number;
  readonly end: number;
}

/** A part while it grows. `end` is the time of its last event so far. */
export interface Part {
  kind: PartKind;
  visibility: Visibility;
  name?: string;
  text: string;
  opaque?: string;
  start: number;
  end: number;
  closed: boolean;
}

export interface TraceNote {
  readonly step: number;
  readonly text: string;
  /** ISO 8601. */
  readonly at: string;
  readonly by: string;
}

export interface TraceOrigin {
  readonly trace: string;
  readonly step: number;
  readonly how: 'edit' | 'resample' | 'again';
}

/** What is known before the first event. `createdAt` is ISO 8601. */
export interface TraceHead {
  readonly id: string;
  readonly createdAt: string;
  readonly title: string;
  readonly request: TraceRequest;
  readonly origin: TraceOrigin | null;
}

/** `[ms since the request, index of the part, UTF-16 code units that arrived]` */
export type TimelineEntry = readonly [number, number, number];

/** One request and all that came back, as far as it has come. Only `applyEvent` changes it. */
export interface Trace {
  readonly head: TraceHead;
  readonly parts: Part[];
  readonly timeline: TimelineEntry[];
  usage: Usage;
  serverModel: string | null;
  finish: { reason: FinishReason; raw?: string } | null;
  failure: Failure | null;
  notes: TraceNote[];
  /** Number of the last event applied; 0 before the first. */
  lastSeq: number;
  /** Time of the last event, ms since the request. */
  lastAt: number;
}

export function createTrace(head: TraceHead): Trace {
  return { head, parts: [], timeline: [], usage: {}, serverModel: null, finish: null, failure: null, notes: [], lastSeq: 0, lastAt: 0 };
}

/** Arrivals of the same part closer together than this many milliseconds share a timeline entry: finer is noise of the network. */
const TIMELINE_STEP_MS = 50;

/**
 * Applies the next event. Events that were applied already (`seq` not above `lastSeq`) change nothing, so a batch may be
 * sent twice; an event for a part that was never opened is ignored, so no order of events can throw.
 * Returns whether anything changed.
 */
export function applyEvent(trace: Trace, { seq, at, event }: StampedEvent): boolean {
  if (seq <= trace.lastSeq) return false;
  trace.lastSeq = seq;
  trace.lastAt = Math.max(trace.lastAt, at);
  switch (event.type) {
    case 'open':
      if (event.part !== trace.parts.length) return false;
      trace.parts.push({
        kind: event.kind,
        visibility: event.visibility,
        ...(event.name === undefined ? {} : { name: event.name }),
        text: '',
        start: at,
        end: at,
        closed: false,
      });
      return true;
    case 'model':
      trace.serverModel = event.model;
      return true;
    case 'usage':
      trace.usage = { ...trace.usage, ...event.usage };
      return true;
    case 'finish':
      trace.finish = event.raw === undefined ? { reason: event.reason } : { reason: event.reason, raw: event.raw };
      for (const part of trace.parts) part.closed = true;
      return true;
    case 'error':
      trace.failure = event.failure;
      return true;
    case 'text':
    case 'opaque':
    case 'retype':
    case 'close': {
      const part = trace.parts[event.part];
      if (part === undefined) return false;
      if (event.type === 'close') {
        part.closed = true;
        return true;
      }
      if (event.type === 'retype') {
        part.kind = event.kind;
        part.visibility = event.visibility;
        return true;
      }
      part.end = at;
      if (event.type === 'opaque') part.opaque = (part.opaque ?? '') + event.opaque;
      else {
        part.text += event.text;
        extendTimeline(trace.timeline, at, event.part, event.text.length);
      }
      return true;
    }
    default:
      return unreachable(event, false);
  }
}

function extendTimeline(timeline: TimelineEntry[], at: number, part: number, chars: number): void {
  const last = timeline.at(-1);
  if (last !== undefined && last[1] === part && at - last[0] < TIMELINE_STEP_MS)
    timeline[timeline.length - 1] = [last[0], part, last[2] + chars];
  else timeline.push([at, part, chars]);
}

/** What stands between two parts when they are read as one text. */
export const PART_SEPARATOR = '\n\n';

/** The text over which offsets into the reasoning, or into the answer, count: the parts of that kind, joined. */
export function textOf(parts: readonly { readonly kind: PartKind; readonly text?: string }[], kind: 'reasoning' | 'answer'): string {
  const texts = [];
  for (const part of parts) if (part.kind === kind && part.text) texts.push(part.text);
  return texts.join(PART_SEPARATOR);
}

export const RUN_STATES = ['idle', 'thinking', 'answering', 'done', 'stopped', 'cutoff', 'failed'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** The one word that says how far a trace is. */
export function stateOf(trace: Trace): RunState {
  if (trace.failure !== null) return 'failed';
  if (trace.finish === null) return trace.parts.some((p) => p.kind === 'answer' && p.text.length > 0) ? 'answering' : 'thinking';
  switch (trace.finish.reason) {
    case 'stopped':
      return 'stopped';
    case 'length':
    case 'aborted':
      return 'cutoff';
    case 'error':
      return 'failed';
    default:
      return 'done';
  }
}

/**
 * Milliseconds spent on reasoning: from the first to the last character of each reasoning part, summed, so that time in
 * tools and in the answer is not counted. Null when the reasoning never showed.
 */
export function thinkingMs(trace: Trace): number | null {
  let sum: number | null = null;
  for (const part of trace.parts) if (part.kind === 'reasoning') sum = (sum ?? 0) + (part.end - part.start);
  return sum;
}
