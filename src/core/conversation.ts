import type { Message, SavedPart, Trace } from './trace.ts';
import { textOf } from './trace.ts';

/** What of earlier reasoning goes along with a follow-up: what the provider wants, nothing, or all that can be sent. */
export const SEND_BACKS = ['rule', 'nothing', 'all'] as const;
export type SendBackChoice = (typeof SEND_BACKS)[number];

/** An earlier question with its answer, as the messages of a follow-up hold them. */
export interface Turn {
  /** Id of the trace of that turn. */
  readonly trace: string | null;
  readonly prompt: string;
  readonly answer: string;
}

/** The messages of a conversation that goes on after `trace` with `prompt`. */
export function followUp(trace: Trace, prompt: string, choice: SendBackChoice): Message[] {
  const parts = trace.parts.map(savedPart).filter((part) => part.kind === 'answer' || (part.kind === 'reasoning' && choice !== 'nothing'));
  const assistant: Message = { role: 'assistant', content: textOf(trace.parts, 'answer'), trace: trace.head.id, parts };
  const earlier = trace.head.request.messages.map((message) => (choice === 'nothing' ? withoutReasoning(message) : message));
  return [...earlier, assistant, { role: 'user', content: prompt }];
}

function withoutReasoning(message: Message): Message {
  return message.parts === undefined ? message : { ...message, parts: message.parts.filter((part) => part.kind !== 'reasoning') };
}

function savedPart({ kind, visibility, name, text, opaque, start, end }: Trace['parts'][number]): SavedPart {
  return {
    kind,
    visibility,
    ...(name === undefined ? {} : { name }),
    ...(text === '' ? {} : { text }),
    ...(opaque === undefined ? {} : { opaque }),
    start,
    end,
  };
}

/** The turns before the last question, oldest first. */
export function earlierTurns(messages: readonly Message[]): Turn[] {
  const turns: Turn[] = [];
  let prompt = '';
  for (const message of messages) {
    if (message.role === 'user') prompt = message.content;
    else if (message.role === 'assistant') turns.push({ trace: message.trace ?? null, prompt, answer: message.content });
  }
  return turns;
}
