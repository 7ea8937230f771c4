/** A saved trace as an OpenAI-compatible server sends it: chat completions with `reasoning_content`, as DeepSeek does. */

export interface ReplayTrace {
  readonly parts: readonly { readonly kind: string; readonly text?: string }[];
  readonly timeline: readonly (readonly [ms: number, part: number, chars: number])[];
  readonly usage: { readonly promptTokens?: number; readonly reasoningTokens?: number; readonly answerTokens?: number };
}

/** A delta of the stream and when it was first sent, in milliseconds since the request. */
export interface TimedDelta {
  readonly at: number;
  readonly delta: Readonly<Record<string, unknown>>;
}

export interface Identity {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

/** The trace's text in pieces of about a token each, in the order and at the times of its timeline. */
export function deltasOf(trace: ReplayTrace): TimedDelta[] {
  const deltas: TimedDelta[] = [{ at: trace.timeline[0]?.[0] ?? 0, delta: { role: 'assistant', content: null, reasoning_content: '' } }];
  const done = new Map<number, number>();
  for (const [at, part, chars] of trace.timeline) {
    const { kind, text = '' } = trace.parts[part] ?? { kind: 'answer' };
    const from = done.get(part) ?? 0;
    done.set(part, from + chars);
    for (const piece of tokens(text.slice(from, from + chars)))
      deltas.push({
        at,
        delta: kind === 'reasoning' ? { content: null, reasoning_content: piece } : { content: piece, reasoning_content: null },
      });
  }
  return deltas;
}

/** Pieces of at most seven characters that begin with their white space, roughly as tokenizers cut; joined they are the text. */
export function tokens(text: string): string[] {
  return text.match(/\s*[\p{L}\p{N}_]{1,7}|\s*[^\p{L}\p{N}_\s]{1,3}|\s+/gu) ?? [];
}

export function chunk(identity: Identity, delta: Readonly<Record<string, unknown>>, finish: string | null = null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }];
  return event({ id: identity.id, object: 'chat.completion.chunk', created: identity.created, model: identity.model, choices });
}

export function usageChunk(identity: Identity, trace: ReplayTrace): string {
  const head = { id: identity.id, object: 'chat.completion.chunk', created: identity.created, model: identity.model };
  return event({ ...head, choices: [], usage: usageOf(trace) });
}

export function event(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

export function usageOf(trace: ReplayTrace): Record<string, unknown> {
  const { promptTokens = 0, reasoningTokens = 0, answerTokens = 0 } = trace.usage;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: reasoningTokens + answerTokens,
    total_tokens: promptTokens + reasoningTokens + answerTokens,
    completion_tokens_details: { reasoning_tokens: reasoningTokens },
  };
}

/** The whole response at once, for `stream: false`. */
export function completion(identity: Identity, trace: ReplayTrace): Record<string, unknown> {
  const text = (kind: string): string => trace.parts.flatMap((part) => (part.kind === kind && part.text ? [part.text] : [])).join('\n\n');
  const message = { role: 'assistant', content: text('answer'), reasoning_content: text('reasoning') };
  return {
    id: identity.id,
    object: 'chat.completion',
    created: identity.created,
    model: identity.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage: usageOf(trace),
  };
}
