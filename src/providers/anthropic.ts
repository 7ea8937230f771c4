import type { Visibility } from '../core/events.ts';
import type { Collector } from './collector.ts';
import type { ApiReader, Dialect } from './dialect.ts';
import { modelInfo } from './dialect.ts';
import { inStreamFailure } from './errors.ts';
import { finishReasonOf } from './finish.ts';
import { anthropicMessages } from './follow-up.ts';
import { anthropicThinking, showsOf } from './knowledge.ts';
import type { JsonObject } from './narrow.ts';
import { arrayOf, countOf, defined, objectOf, textOfValue } from './narrow.ts';
import type { ReportedUsage } from './usage.ts';

/** The API demands a limit; this one is within what all models that think may write. */
const MAX_TOKENS = 32_000;

/** Anthropic's Messages API and the servers that speak it too. */
export const anthropic: Dialect = {
  request(request) {
    const { endpoint, model, messages, effort, stream = true } = request;
    const maxTokens = request.maxTokens ?? MAX_TOKENS;
    const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
    return {
      path: '/messages',
      body: {
        model,
        max_tokens: maxTokens,
        ...(system.length === 0 ? {} : { system: system.join('\n\n') }),
        messages: anthropicMessages(messages),
        stream,
        ...anthropicThinking(model, effort, maxTokens),
        ...endpoint.extraBody,
        ...request.extraBody,
      },
    };
  },
  headers: (key) => ({ 'x-api-key': key, 'anthropic-version': '2023-06-01', 'anthropic-dangerous-direct-browser-access': 'true' }),
  read: createAnthropicReader,
  models: { path: () => '/models?limit=1000', list: 'data', info: modelInfo },
};

/** A block of thinking while it comes. */
interface Thinking {
  readonly part: number;
  text: boolean;
}

function createAnthropicReader(out: Collector, asked: { readonly model: string }): ApiReader {
  const { parts } = out;
  let visibility: Visibility = showsOf(asked.model) === 'summary' ? 'summary' : 'raw';
  let turn = 0;
  const thinking = new Map<string, Thinking>();

  const learn = (model: string) => {
    if (model === '') return;
    out.model(model);
    visibility = showsOf(model) === 'summary' ? 'summary' : 'raw';
  };
  const think = (block: Thinking, key: string, text: string) => {
    if (text === '') return;
    block.text = true;
    parts.write({ kind: 'reasoning', visibility, key }, text);
  };
  const begin = (key: string, block: JsonObject) => {
    const type = textOfValue(block['type']);
    if (type === 'thinking') {
      const begun: Thinking = { part: parts.open({ kind: 'reasoning', visibility, key }), text: false };
      thinking.set(key, begun);
      think(begun, key, textOfValue(block['thinking']));
      parts.opaque(textOfValue(block['signature']), begun.part);
    } else if (type === 'redacted_thinking') {
      parts.opaque(textOfValue(block['data']), parts.open({ kind: 'reasoning', visibility: 'redacted', key }));
    } else if (type === 'text') parts.write({ kind: 'answer', visibility: 'raw' }, textOfValue(block['text']));
    else if (type === 'tool_use' || type === 'server_tool_use' || type === 'mcp_tool_use') {
      const target = { kind: 'tool-call', visibility: 'raw', key } as const;
      const part = parts.open({ ...target, name: textOfValue(block['name']) });
      parts.opaque(textOfValue(block['id']), part);
      const input = objectOf(block['input']);
      if (Object.keys(input).length > 0) parts.write(target, JSON.stringify(input));
    } else if (type.endsWith('_result')) {
      const target = { kind: 'tool-result', visibility: 'raw', key } as const;
      parts.open({ ...target, name: type.replace(/_(?:tool_)?result$/, '') });
      if (block['content'] !== undefined) parts.write(target, JSON.stringify(block['content']));
    }
  };
  const finish = (key: string) => {
    const block = thinking.get(key);
    thinking.delete(key);
    // a block that says nothing has thought all the same: its signature stands for it
    if (block?.text === false) parts.retype('reasoning', 'withheld', block.part);
    if (block !== undefined) parts.close();
  };
  const delta = (key: string, change: JsonObject) => {
    const block = thinking.get(key);
    switch (change['type']) {
      case 'thinking_delta':
        if (block !== undefined) think(block, key, textOfValue(change['thinking']));
        else parts.write({ kind: 'reasoning', visibility }, textOfValue(change['thinking']));
        return;
      case 'signature_delta':
        parts.opaque(textOfValue(change['signature']), block?.part);
        return;
      case 'text_delta':
        parts.write({ kind: 'answer', visibility: 'raw' }, textOfValue(change['text']));
        return;
      case 'input_json_delta':
        parts.write({ kind: 'tool-call', visibility: 'raw', key }, textOfValue(change['partial_json']));
    }
  };
  const stop = (why: string) => {
    if (why !== '') out.finish(finishReasonOf(why), why);
  };
  return {
    frame(json) {
      const frame = objectOf(json);
      const key = `${turn}-${countOf(frame['index']) ?? 0}`;
      switch (frame['type']) {
        case 'message_start': {
          turn++;
          const message = objectOf(frame['message']);
          learn(textOfValue(message['model']));
          out.usage(usageOf(message['usage']));
          return;
        }
        case 'content_block_start':
          begin(key, objectOf(frame['content_block']));
          return;
        case 'content_block_delta':
          delta(key, objectOf(frame['delta']));
          return;
        case 'content_block_stop':
          finish(key);
          return;
        case 'message_delta':
          out.usage(usageOf(frame['usage']));
          stop(textOfValue(objectOf(frame['delta'])['stop_reason']));
          return;
        case 'message':
          learn(textOfValue(frame['model']));
          for (const [at, block] of arrayOf(frame['content']).entries()) {
            begin(`whole-${at}`, objectOf(block));
            finish(`whole-${at}`);
          }
          out.usage(usageOf(frame['usage']));
          stop(textOfValue(frame['stop_reason']));
          return;
        default:
          if (frame['error']) out.fail(inStreamFailure(frame['error']));
      }
    },
    end() {
      for (const key of [...thinking.keys()]) finish(key);
    },
  };
}

/** Output counts include thinking; newer models tell how much of it that was. */
function usageOf(usage: unknown): ReportedUsage {
  const u = objectOf(usage);
  const cached = countOf(u['cache_read_input_tokens']);
  const input = countOf(u['input_tokens']);
  return defined({
    prompt: input === undefined ? undefined : input + (cached ?? 0) + (countOf(u['cache_creation_input_tokens']) ?? 0),
    cached,
    completion: countOf(u['output_tokens']),
    reasoning: countOf(objectOf(u['output_tokens_details'])['thinking_tokens']),
    reasoningIncluded: true,
  });
}
