import type { SendBackChoice } from '../core/conversation.ts';
import type { Message, SavedPart } from '../core/trace.ts';
import type { JsonObject } from './narrow.ts';
import { objectOf } from './narrow.ts';
import { sendBackOf } from './presets.ts';
import type { Endpoint, SendBack } from './provider.ts';

/** What of a conversation goes to a chat endpoint, earlier reasoning as the provider's rule has it. */
export function chatMessages(
  messages: readonly Message[],
  endpoint: Endpoint,
  model: string,
  choice: SendBackChoice = 'rule',
): JsonObject[] {
  const rule = ruleFor(endpoint, model, choice);
  return messages.map((message) => {
    const { role, content, parts } = message;
    if (role !== 'assistant') return { role, content };
    return { role, content: partsText(parts, 'answer') || content, ...assistantExtras(parts ?? [], rule, content) };
  });
}

/** Whether earlier reasoning goes to this model at all. */
export function goesBack(endpoint: Endpoint, model: string, choice: SendBackChoice): boolean {
  if (choice === 'nothing') return false;
  // the other APIs take back what they sealed themselves
  return endpoint.api !== 'chat' || ruleFor(endpoint, model, choice) !== 'nothing';
}

/** DeepSeek's R1 rejects what its successors demand. Whoever wants all sent takes the field that most servers read. */
function ruleFor(endpoint: Endpoint, model: string, choice: SendBackChoice): SendBack {
  if (choice === 'nothing') return 'nothing';
  const preset = sendBackOf(endpoint);
  const rule = preset === 'reasoning_content-or-empty' && /reasoner|r1/i.test(model) ? 'nothing' : preset;
  return rule === 'nothing' && choice === 'all' ? 'reasoning_content' : rule;
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

/** Responses: each reasoning item goes back as it came, sealed, before what was said after it. */
export function responsesInput(messages: readonly Message[]): JsonObject[] {
  return messages.flatMap((message): JsonObject[] => {
    const { role, content, parts } = message;
    if (role !== 'assistant' || parts === undefined) return [{ role, content }];
    const items: JsonObject[] = [];
    for (const part of parts) {
      if (part.kind === 'answer' && part.text) items.push({ role, content: part.text });
      if (part.kind !== 'reasoning') continue;
      const summary = part.visibility === 'summary' && part.text ? [{ type: 'summary_text', text: part.text }] : [];
      for (const item of opaqueLines(part.opaque)) if (item['type'] === 'reasoning') items.push({ ...item, summary });
    }
    return items.some((item) => item['role'] === 'assistant') ? items : [...items, { role, content }];
  });
}

/** Anthropic: thinking blocks unchanged with their signatures; without a signature they would be refused, so they stay away. */
export function anthropicMessages(messages: readonly Message[]): JsonObject[] {
  return messages
    .filter(({ role }) => role !== 'system')
    .map(({ role, content, parts }) => {
      if (role !== 'assistant' || parts === undefined) return { role, content };
      const blocks: JsonObject[] = [];
      for (const part of parts) {
        if (part.kind === 'answer' && part.text) blocks.push({ type: 'text', text: part.text });
        else if (part.kind === 'reasoning' && part.opaque && part.visibility !== 'edited') {
          if (part.visibility === 'redacted') blocks.push({ type: 'redacted_thinking', data: part.opaque });
          else blocks.push({ type: 'thinking', thinking: part.text ?? '', signature: part.opaque });
        }
      }
      return blocks.some((block) => block['type'] === 'text') ? { role, content: blocks } : { role, content };
    });
}

/** Gemini: thoughts stay away, their signatures go back on the parts that they came with. */
export function geminiContents(messages: readonly Message[]): JsonObject[] {
  return messages
    .filter(({ role }) => role !== 'system')
    .map(({ role, content, parts }) => {
      if (role !== 'assistant') return { role: 'user', parts: [{ text: content }] };
      const said = (parts ?? []).filter((part) => part.kind === 'answer' && part.text);
      const back = said.map(({ text, opaque }) => (opaque === undefined ? { text } : { text, thoughtSignature: opaque }));
      return { role: 'model', parts: back.length === 0 ? [{ text: content }] : back };
    });
}

/** Ollama: in the field that it came in; the template decides what becomes of it. */
export function ollamaMessages(messages: readonly Message[]): JsonObject[] {
  return messages.map(({ role, content, parts }) => {
    const thinking = role === 'assistant' ? partsText(parts, 'reasoning') : '';
    return thinking === '' ? { role, content } : { role, content, thinking };
  });
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
