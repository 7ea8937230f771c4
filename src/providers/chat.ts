import type { Visibility } from '../core/events.ts';
import type { Collector } from './collector.ts';
import { createDetailsReader } from './details.ts';
import type { ApiReader, Dialect } from './dialect.ts';
import { bearer, modelInfo } from './dialect.ts';
import { inStreamFailure } from './errors.ts';
import { finishReasonOf } from './finish.ts';
import { showsOf } from './knowledge.ts';
import type { JsonObject } from './narrow.ts';
import { arrayOf, countOf, objectOf, textOfValue } from './narrow.ts';
import { chatMessages } from './follow-up.ts';
import { presetOf, reasoningSwitch } from './presets.ts';
import { fieldQuirksOf } from './quirks.ts';
import type { Splitter } from './splitter.ts';
import { createSplitter } from './splitter.ts';
import { createTagStripper } from './strip.ts';
import { openAiUsage, serverTimes } from './usage.ts';

/** Names under which servers send reasoning beside the answer, in the order in which they are believed; never more than one is read. */
const REASONING_FIELDS = ['reasoning_content', 'reasoning', 'reasoning_text', 'thinking'] as const;

/** OpenAI-compatible chat completions: what most of the world speaks. */
export const chat: Dialect = {
  request(request) {
    const { endpoint, model, messages, maxTokens, stream = true } = request;
    return {
      path: '/chat/completions',
      body: {
        model,
        messages: chatMessages(messages, endpoint, model, request.sendBack),
        stream,
        ...(stream && presetOf(endpoint)?.countsUnasked !== true ? { stream_options: { include_usage: true } } : {}),
        ...(maxTokens === undefined ? {} : maxTokensOf(endpoint.baseUrl, maxTokens)),
        ...reasoningSwitch(request),
        ...endpoint.extraBody,
        ...request.extraBody,
      },
    };
  },
  headers: bearer,
  read: createChatReader,
  models: { path: () => '/models', list: 'data', info: modelInfo },
};

/** What went wrong, from a frame of a response that began well: by the usual name, MiniMax's, or bare as older vLLM and DashScope have it. */
function errorIn(frame: JsonObject): unknown {
  if (frame['error']) return frame['error'];
  const { status_code: status, status_msg: message } = objectOf(frame['base_resp']);
  if (typeof status === 'number' && status !== 0) return { message };
  const bare = frame['object'] === 'error' || (frame['choices'] === undefined && frame['code'] !== undefined);
  return bare && textOfValue(frame['message']) !== '' ? frame : null;
}

/** OpenAI's own reasoning models refuse the old name, and most others know only that. */
function maxTokensOf(baseUrl: string, maxTokens: number): JsonObject {
  return baseUrl.includes('//api.openai.com') ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens };
}

/** Reads OpenAI-compatible chat completions, streamed or whole, of all the dialects that are known. */
export function createChatReader(out: Collector, asked: { readonly model: string }): ApiReader {
  const { parts } = out;
  let visibility: Visibility = showsOf(asked.model) === 'summary' ? 'summary' : 'raw';
  let known = false;
  let splitter: Splitter = createSplitter(parts, visibility);
  let quirks = fieldQuirksOf(asked.model);
  const stripper = createTagStripper();
  const details = createDetailsReader(out);

  const learn = (model: string) => {
    if (known || model === '') return;
    known = true;
    out.model(model);
    quirks = fieldQuirksOf(model);
    if (visibility === 'raw' && showsOf(model) === 'summary') {
      visibility = 'summary';
      splitter = createSplitter(parts, visibility);
    }
  };
  const reason = (text: string, shown: Visibility) => {
    if (text === '') return;
    splitter.flush();
    splitter.reasoningElsewhere();
    parts.write({ kind: 'reasoning', visibility: quirks.placeholders.includes(text) ? 'withheld' : shown }, text);
  };
  const content = (value: unknown) => {
    if (typeof value === 'string') splitter.push(value);
    else
      for (const item of arrayOf(value)) {
        // Mistral: the content is a list of chunks while the model thinks
        const chunk = objectOf(item);
        const thinking = chunk['thinking'] ?? chunk['reasoning'];
        if (thinking === undefined) splitter.push(textOfValue(chunk['text']));
        else if (typeof thinking === 'string') reason(thinking, visibility);
        else for (const piece of arrayOf(thinking)) reason(textOfValue(objectOf(piece)['text']), visibility);
      }
  };
  const message = (delta: JsonObject) => {
    const field = REASONING_FIELDS.find((name) => textOfValue(delta[name]) !== '');
    const said = field === undefined ? '' : textOfValue(delta[field]);
    const extra = arrayOf(delta['reasoning_details']).concat(arrayOf(delta['thinking_blocks']));
    const detailed = details.read(extra, said);
    const text = said === '' ? detailed.text : said;
    if (text !== '') reason(quirks.keepTags ? text : stripper.push(text), detailed.visibility ?? visibility);
    details.keep(extra);
    // Copilot's name for what must go back
    if (textOfValue(delta['reasoning_opaque']) !== '') details.keep([{ type: 'reasoning.encrypted', data: delta['reasoning_opaque'] }]);
    if (delta['content'] !== undefined && delta['content'] !== null) {
      if (stripper.held() !== '' && delta['content'] !== '') reason(stripper.flush(), visibility);
      content(delta['content']);
    }
    if (textOfValue(delta['refusal']) !== '') splitter.push(textOfValue(delta['refusal']));
    tools(delta);
  };
  const tools = (delta: JsonObject) => {
    const calls = arrayOf(delta['tool_calls']);
    const old = objectOf(delta['function_call']);
    for (const [at, item] of (calls.length > 0
      ? calls
      : textOfValue(old['name']) + textOfValue(old['arguments']) === ''
        ? []
        : [{ function: old }]
    ).entries()) {
      splitter.flush();
      const call = objectOf(item);
      const fn = objectOf(call['function']);
      const key = `tool-${countOf(call['index']) ?? (typeof call['id'] === 'string' ? call['id'] : at)}`;
      const name = textOfValue(fn['name']);
      const target = { kind: 'tool-call', visibility: 'raw', key } as const;
      if (!seenCalls.has(key)) {
        seenCalls.add(key);
        const part = parts.open(name === '' ? target : { ...target, name });
        parts.opaque(textOfValue(call['id']), part);
      }
      const given = fn['arguments'];
      parts.write(target, typeof given === 'string' ? given : given === undefined || given === null ? '' : JSON.stringify(given));
    }
  };
  const seenCalls = new Set<string>();

  return {
    frame(json) {
      const frame = objectOf(json);
      learn(textOfValue(frame['model']));
      const usage = frame['usage'] ?? objectOf(frame['x_groq'])['usage'];
      if (usage) out.usage(openAiUsage(usage));
      out.usage(serverTimes(frame));
      for (const item of arrayOf(frame['choices'])) {
        const choice = objectOf(item);
        if ((choice['index'] ?? 0) !== 0) continue;
        // some send the whole message so far beside each delta
        const delta = choice['delta'] ?? choice['message'];
        if (delta) message(objectOf(delta));
        else if (textOfValue(choice['text']) !== '') splitter.push(textOfValue(choice['text']));
        const why = textOfValue(choice['finish_reason']);
        if (why !== '') out.finish(finishReasonOf(why), why);
        if (choice['error']) out.fail(inStreamFailure(choice['error']));
        // Moonshot counts inside the choice
        if (choice['usage']) out.usage(openAiUsage(choice['usage']));
      }
      const error = errorIn(frame);
      if (error !== null) out.fail(inStreamFailure(error));
    },
    end() {
      if (stripper.held() !== '') reason(stripper.flush(), visibility);
      splitter.flush();
    },
  };
}
