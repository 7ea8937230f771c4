import type { Message, SavedPart } from '../core/trace.ts';
import type { JsonObject } from './narrow.ts';
import { objectOf } from './narrow.ts';
import type { SendBack } from './presets.ts';
import { sendBackOf } from './presets.ts';
import type { Endpoint } from './provider.ts';

/** What of a conversation goes to a chat endpoint, earlier reasoning as the provider's rule has it. */
export function chatMessages(messages: readonly Message[], endpoint: Endpoint, model: string): JsonObject[] {
  const rule = ruleFor(endpoint, model);
  return messages.map((message) => {
    const { role, content, parts } = message;
    if (role !== 'assistant') return { role, content };
    return { role, content: partsText(parts, 'answer') || content, ...assistantExtras(parts ?? [], rule, content) };
  });
}

/** DeepSeek's R1 rejects what its successors demand. */
function ruleFor(endpoint: Endpoint, model: string): SendBack {
  const rule = sendBackOf(endpoint);
  return rule === 'reasoning_content-or-empty' && /reasoner|r1/i.test(model) ? 'nothing' : rule;
}

function assistantExtras(parts: readonly SavedPart[], rule: SendBack, content: string): JsonObject {
  const reasoning = partsText(parts, 'reasoning');
  switch (rule) {
    case 'nothing':
      return {};
    case 'reasoning_content-or-empty':
      return { reasoning_content: reasoning };
    case 'reasoning_content':
      return reasoning === '' ? {} : { reasoning_content: reasoning };
    case 'reasoning':
      return reasoning === '' ? {} : { reasoning };
    case 'details': {
      const details = detailsOf(parts);
      return details.length === 0 ? {} : { reasoning_details: details };
    }
    case 'chunks':
      if (reasoning === '') return {};
      return {
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: reasoning }] },
          { type: 'text', text: partsText(parts, 'answer') || content },
        ],
      };
    case 'tags':
      return reasoning === '' ? {} : { content: `<think>${reasoning}</think>${partsText(parts, 'answer') || content}` };
    default:
      return rule satisfies never;
  }
}

/** The details as they came: what they say is in the part's text, all else was kept as lines of JSON. */
function detailsOf(parts: readonly SavedPart[]): JsonObject[] {
  const details: JsonObject[] = [];
  for (const part of parts) {
    if (part.kind !== 'reasoning') continue;
    const kept = opaqueLines(part.opaque);
    const text = part.text ?? '';
    const own = kept.findIndex((detail) => detail['data'] === undefined);
    if (text !== '' && own < 0) {
      const type = part.visibility === 'summary' ? { type: 'reasoning.summary', summary: text } : { type: 'reasoning.text', text };
      details.push({ ...type, index: details.length });
    }
    for (const [at, detail] of kept.entries())
      details.push(
        at === own && text !== '' ? { ...detail, ...(detail['type'] === 'reasoning.summary' ? { summary: text } : { text }) } : detail,
      );
  }
  return details;
}

/** The lines of JSON in which readers keep what must go back unchanged; others (a bare signature) give none. */
export function opaqueLines(opaque: string | undefined): JsonObject[] {
  const lines: JsonObject[] = [];
  for (const line of (opaque ?? '').split('\n')) {
    if (!line.startsWith('{')) continue;
    try {
      lines.push(objectOf(JSON.parse(line)));
    } catch {
      // not ours: left out rather than sent broken
    }
  }
  return lines;
}

function partsText(parts: readonly SavedPart[] | undefined, kind: 'reasoning' | 'answer'): string {
  return (parts ?? [])
    .filter((part) => part.kind === kind && part.visibility !== 'withheld')
    .map((part) => part.text ?? '')
    .filter((text) => text !== '')
    .join('\n\n');
}
