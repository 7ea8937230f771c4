import type { Visibility } from '../core/events.ts';
import type { Collector } from './collector.ts';
import type { ApiReader, Dialect } from './dialect.ts';
import { bearer, modelInfo } from './dialect.ts';
import { inStreamFailure } from './errors.ts';
import { finishReasonOf } from './finish.ts';
import { responsesInput } from './follow-up.ts';
import { factsOf, levelFor } from './knowledge.ts';
import type { JsonObject } from './narrow.ts';
import { arrayOf, countOf, objectOf, textOfValue } from './narrow.ts';
import { createSplitter } from './splitter.ts';
import { openAiUsage } from './usage.ts';

/** OpenAI's Responses API and the servers that speak it too. */
export const responses: Dialect = {
  request(request) {
    const { endpoint, model, messages, effort, maxTokens, stream = true } = request;
    const level = levelFor(model, effort);
    const facts = factsOf(model);
    const summarised = facts?.shows === 'summary';
    const reasoning = { ...(level === null ? {} : { effort: level }), ...(summarised && level !== 'none' ? { summary: 'auto' } : {}) };
    return {
      path: '/responses',
      body: {
        model,
        input: responsesInput(messages),
        stream,
        // nothing is kept at the provider: a later turn carries the sealed reasoning itself
        store: false,
        ...(facts !== null && facts.shows !== 'raw' ? { include: ['reasoning.encrypted_content'] } : {}),
        ...(Object.keys(reasoning).length === 0 ? {} : { reasoning }),
        ...(maxTokens === undefined ? {} : { max_output_tokens: maxTokens }),
        ...endpoint.extraBody,
        ...request.extraBody,
      },
    };
  },
  headers: bearer,
  read: createResponsesReader,
  models: { path: () => '/models', list: 'data', info: modelInfo },
};

/** What has come of one item of the output. */
interface Item {
  readonly part: number | null;
  chars: number;
  /** Text of a reasoning item, to tell sealed reasoning from an echo. */
  text: string;
  index: number;
}

function createResponsesReader(out: Collector): ApiReader {
  const { parts } = out;
  const splitter = createSplitter(parts);
  // one body may hold several responses one after the other, each counting its items from 0
  let turn = 0;
  const items = new Map<string, Item>();
  const keyOf = (frame: JsonObject) => `${turn}-${countOf(frame['output_index']) ?? textOfValue(frame['item_id'])}`;

  const begin = (key: string, item: JsonObject): Item => {
    const known = items.get(key);
    if (known !== undefined) return known;
    const type = textOfValue(item['type']);
    let part: number | null = null;
    if (type !== 'message') {
      splitter.flush();
      if (type === 'reasoning') {
        splitter.reasoningElsewhere();
        part = parts.open({ kind: 'reasoning', visibility: 'withheld', key });
      } else {
        const kind = /_(?:output|result)$/.test(type) ? 'tool-result' : 'tool-call';
        const name = textOfValue(item['name']) || type.replace(/_(?:call|output)$/, '');
        part = parts.open({ kind, visibility: 'raw', key, name });
        parts.opaque(textOfValue(item['call_id']), part);
      }
    }
    const begun: Item = { part, chars: 0, text: '', index: 0 };
    items.set(key, begun);
    return begun;
  };
  const reason = (key: string, text: string, visibility: Visibility, index: number) => {
    if (text === '') return;
    const item = begin(key, { type: 'reasoning' });
    if (item.part === null) return;
    if (item.chars === 0) parts.retype('reasoning', visibility, item.part);
    // the paragraphs of a summary come as entries of a list
    const lead = item.chars > 0 && index !== item.index ? '\n\n' : '';
    item.index = index;
    item.chars += text.length;
    item.text += lead + text;
    parts.write({ kind: 'reasoning', visibility, key }, lead + text);
  };
  const say = (key: string, text: string) => {
    if (text === '') return;
    begin(key, { type: 'message' }).chars += text.length;
    splitter.push(text);
  };
  const call = (key: string, text: string) => {
    const item = items.get(key);
    if (item === undefined || text === '') return;
    item.chars += text.length;
    parts.write({ kind: 'tool-call', visibility: 'raw', key }, text);
  };
  /** An item that is complete: what its deltas did not bring is taken from it. */
  const complete = (key: string, item: JsonObject) => {
    const begun = begin(key, item);
    const type = textOfValue(item['type']);
    if (type === 'message') {
      if (begun.chars === 0)
        for (const piece of arrayOf(item['content'])) say(key, textOfValue(objectOf(piece)['text'] ?? objectOf(piece)['refusal']));
      splitter.flush();
    } else if (type === 'reasoning') {
      if (begun.chars === 0)
        for (const [at, piece] of arrayOf(item['content']).entries()) reason(key, textOfValue(objectOf(piece)['text']), 'raw', at);
      if (begun.chars === 0)
        for (const [at, piece] of arrayOf(item['summary']).entries()) reason(key, textOfValue(objectOf(piece)['text']), 'summary', at);
      const sealed = textOfValue(item['encrypted_content']);
      // Ollama puts the plain words there
      if (sealed !== '' && sealed !== begun.text && begun.part !== null) {
        if (begun.chars === 0) parts.retype('reasoning', 'encrypted', begun.part);
        parts.opaque(`${JSON.stringify({ type, id: item['id'], encrypted_content: sealed })}\n`, begun.part);
      }
    } else if (begun.chars === 0) {
      const given = item['arguments'] ?? item['input'] ?? item['code'] ?? item['action'] ?? item['output'] ?? item['queries'];
      if (given !== undefined && given !== null) call(key, typeof given === 'string' ? given : JSON.stringify(given));
    }
  };
  const whole = (response: JsonObject, as = '') => {
    out.model(textOfValue(response['model']));
    for (const [at, item] of arrayOf(response['output']).entries()) {
      const key = `${turn}-${at}`;
      // in a stream all items were told one by one
      if ((items.get(key)?.chars ?? 0) === 0) complete(key, objectOf(item));
    }
    if (response['usage']) out.usage({ ...openAiUsage(response['usage']), reasoningIncluded: true });
    const status = textOfValue(response['status']) || as;
    const why = textOfValue(objectOf(response['incomplete_details'])['reason']) || status;
    if (status === 'failed' || response['error']) out.fail(inStreamFailure(response['error'] ?? response));
    else if (why !== '') out.finish(calledOnly(response) ? 'tool-calls' : finishReasonOf(why), why);
  };
  return {
    frame(json, event) {
      const frame = objectOf(json);
      const type = textOfValue(frame['type']) || (event ?? '');
      const key = keyOf(frame);
      const delta = textOfValue(frame['delta']);
      switch (type) {
        case 'response.created':
          turn++;
          out.model(textOfValue(objectOf(frame['response'])['model']));
          return;
        case 'response.output_item.added':
          begin(key, objectOf(frame['item']));
          return;
        case 'response.output_item.done':
          complete(key, objectOf(frame['item']));
          return;
        case 'response.reasoning_summary_text.delta':
          reason(key, delta, 'summary', countOf(frame['summary_index']) ?? 0);
          return;
        case 'response.reasoning_text.delta':
        case 'response.reasoning.delta':
          reason(key, delta, 'raw', countOf(frame['content_index']) ?? 0);
          return;
        case 'response.output_text.delta':
        case 'response.refusal.delta':
          say(key, delta);
          return;
        case 'response.function_call_arguments.delta':
        case 'response.custom_tool_call_input.delta':
        case 'response.mcp_call_arguments.delta':
        case 'response.code_interpreter_call_code.delta':
          call(key, delta);
          return;
        case 'response.completed':
        case 'response.incomplete':
        case 'response.failed':
        case 'response.done':
          whole(objectOf(frame['response']), type.replace(/^response\.(?:done$)?/, '') || 'completed');
          return;
        case 'error':
          out.fail(inStreamFailure(frame['error'] ?? frame));
          return;
        default:
          if (frame['error']) out.fail(inStreamFailure(frame['error']));
          else if (frame['output'] !== undefined) whole(frame);
      }
    },
    end: () => splitter.flush(),
  };
}

/** Whether the response ends in calls that wait for somebody to make them. */
function calledOnly(response: JsonObject): boolean {
  const last = objectOf(arrayOf(response['output']).at(-1));
  return last['type'] === 'function_call' || last['type'] === 'custom_tool_call';
}
