import * as v from 'valibot';
import { FINDING_KINDS, KINDS, TAGS } from './analysis.ts';
import { FINISH_REASONS, PART_KINDS, VISIBILITIES } from './events.ts';
import { APIS } from './trace.ts';

/** The version that we write. Raise it with a migration in `codec.ts`, never without. */
export const TRACE_VERSION = 1;

/** Where the JSON Schema of that version is found; written into every trace file. */
export const TRACE_SCHEMA_URL = 'https://reasoning-inspector.dev/schema/trace-1.json';

const ms = v.pipe(v.number(), v.minValue(0), v.description('milliseconds since the request'));
const offset = v.pipe(v.number(), v.integer(), v.minValue(0), v.description('UTF-16 code units'));
const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const count = v.optional(v.pipe(v.number(), v.minValue(0)));

/** Whatever is in a file beyond what we know is kept: `looseObject` everywhere. */
const part = v.looseObject({
  kind: v.picklist(PART_KINDS),
  visibility: v.picklist(VISIBILITIES),
  name: v.optional(v.string()),
  text: v.optional(v.string()),
  opaque: v.optional(v.pipe(v.string(), v.description('bytes for the provider alone: a signature, encrypted reasoning'))),
  start: ms,
  end: ms,
});

const message = v.looseObject({
  role: v.picklist(['system', 'user', 'assistant']),
  content: v.string(),
  parts: v.optional(v.array(part)),
  trace: v.optional(v.pipe(v.string(), v.description('id of the trace of that turn'))),
});

const request = v.looseObject({
  endpoint: v.string(),
  origin: v.string(),
  api: v.picklist(APIS),
  model: v.string(),
  parameters: v.record(v.string(), v.unknown()),
  messages: v.array(message),
});

const analysis = v.looseObject({
  analyser: v.string(),
  steps: v.array(
    v.looseObject({
      start: offset,
      end: offset,
      kind: v.picklist(KINDS),
      confidence: probability,
      parent: v.nullable(index),
      tags: v.array(v.picklist(TAGS)),
    }),
  ),
  phases: v.array(v.looseObject({ at: index, title: v.string() })),
  branches: v.array(v.looseObject({ from: index, at: index, back: v.nullable(index), reason: v.string() })),
  findings: v.array(
    v.looseObject({
      kind: v.picklist(FINDING_KINDS),
      steps: v.array(index),
      confidence: probability,
      shown: v.boolean(),
      message: v.string(),
      why: v.string(),
      quotes: v.array(v.looseObject({ in: v.picklist(['reasoning', 'answer']), start: offset, end: offset })),
    }),
  ),
  links: v.array(
    v.looseObject({
      block: v.looseObject({ start: offset, end: offset }),
      steps: v.array(index),
      score: v.number(),
      words: v.array(v.string()),
    }),
  ),
  firstAnswer: v.nullable(index),
  behaviours: v.looseObject({
    alternative: v.boolean(),
    comparison: v.boolean(),
    ambiguity: v.boolean(),
    edgeCase: v.boolean(),
    flaw: v.boolean(),
  }),
});

/** What a model said when it was asked to explain a trace: beside the analysis, never in its place. */
const explanation = v.looseObject({
  by: v.pipe(v.string(), v.description('the model')),
  at: v.string(),
  kinds: v.array(v.looseObject({ step: index, kind: v.picklist(KINDS) })),
  titles: v.array(v.looseObject({ at: index, title: v.string() })),
  findings: v.array(
    v.looseObject({
      kind: v.picklist(FINDING_KINDS),
      steps: v.array(index),
      message: v.string(),
      quotes: v.array(v.looseObject({ in: v.picklist(['reasoning', 'answer']), start: offset, end: offset })),
    }),
  ),
  dropped: v.pipe(index, v.description('how much of the reply did not fit and was left out')),
});

/** An explanation as its file holds it. */
export type Explanation = v.InferOutput<typeof explanation>;

/** One request to a reasoning model and everything that came back. The file format of `*.reasoning.json`. */
export const traceSchema = v.looseObject({
  $schema: v.optional(v.string()),
  version: v.literal(TRACE_VERSION),
  id: v.pipe(v.string(), v.minLength(1)),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  title: v.string(),
  request,
  serverModel: v.optional(v.pipe(v.string(), v.description('the model by the server’s own word'))),
  parts: v.array(part),
  timeline: v.array(v.tuple([ms, index, index])),
  usage: v.looseObject({
    promptTokens: count,
    cachedTokens: count,
    reasoningTokens: count,
    answerTokens: count,
    totalTokens: count,
    serverMs: count,
    cost: count,
    estimated: v.optional(v.array(v.string())),
  }),
  finish: v.looseObject({ reason: v.picklist(FINISH_REASONS), raw: v.optional(v.string()) }),
  analysis: v.nullable(analysis),
  explanation: v.optional(explanation),
  origin: v.nullable(v.looseObject({ trace: v.string(), step: index, how: v.picklist(['edit', 'resample', 'again']) })),
  notes: v.array(v.looseObject({ step: index, text: v.string(), at: v.string(), by: v.string() })),
});

/** A trace as its file holds it. */
export type TraceDocument = v.InferOutput<typeof traceSchema>;
