import type { Collector } from './collector.ts';
import type { ApiReader, Dialect } from './dialect.ts';
import { bearer, modelInfo } from './dialect.ts';
import { inStreamFailure } from './errors.ts';
import { finishReasonOf } from './finish.ts';
import { ollamaMessages } from './follow-up.ts';
import { ollamaThink } from './knowledge.ts';
import { arrayOf, countOf, defined, objectOf, textOfValue } from './narrow.ts';
import { createSplitter } from './splitter.ts';

/** Ollama's own API, which answers in lines of JSON. */
export const ollama: Dialect = {
  request(request) {
    const { endpoint, model, messages, effort, maxTokens, stream = true } = request;
    return {
      path: `${apiPath(endpoint.baseUrl)}/chat`,
      body: {
        model,
        messages: ollamaMessages(messages),
        stream,
        ...ollamaThink(model, effort),
        ...(maxTokens === undefined ? {} : { options: { num_predict: maxTokens } }),
        ...endpoint.extraBody,
        ...request.extraBody,
      },
    };
  },
  headers: bearer,
  read: createOllamaReader,
  models: {
    path: (baseUrl) => `${apiPath(baseUrl)}/tags`,
    list: 'models',
    info: (item) => {
      const { parameter_size: size, quantization_level: level } = objectOf(item['details']);
      const detail = [textOfValue(size), textOfValue(level)].filter((word) => word !== '').join(' · ');
      return { ...modelInfo({ id: item['model'] ?? item['name'] }), ...(detail === '' ? {} : { detail }) };
    },
  },
};

/** People give the server's address with `/api`, with the compatible endpoint's `/v1`, or bare. */
function apiPath(baseUrl: string): string {
  if (/\/api\/?$/.test(baseUrl)) return '';
  return /\/v1\/?$/.test(baseUrl) ? '/../api' : '/api';
}

function createOllamaReader(out: Collector): ApiReader {
  const { parts } = out;
  const splitter = createSplitter(parts);
  let calls = 0;
  return {
    frame(json) {
      const frame = objectOf(json);
      out.model(textOfValue(frame['model']));
      const message = objectOf(frame['message']);
      const thinking = textOfValue(message['thinking'] ?? frame['thinking']);
      if (thinking !== '') {
        splitter.flush();
        splitter.reasoningElsewhere();
        parts.write({ kind: 'reasoning', visibility: 'raw' }, thinking);
      }
      splitter.push(textOfValue(message['content'] ?? frame['response']));
      for (const item of arrayOf(message['tool_calls'])) {
        splitter.flush();
        const fn = objectOf(objectOf(item)['function']);
        const target = { kind: 'tool-call', visibility: 'raw', key: `ollama-${calls++}` } as const;
        parts.open({ ...target, name: textOfValue(fn['name']) });
        if (fn['arguments'] !== undefined) parts.write(target, JSON.stringify(fn['arguments']));
      }
      if (frame['error']) out.fail(inStreamFailure(frame['error']));
      if (frame['done'] !== true) return;
      const nanoseconds = countOf(frame['eval_duration']);
      out.usage(
        defined({
          prompt: countOf(frame['prompt_eval_count']),
          completion: countOf(frame['eval_count']),
          serverMs: nanoseconds === undefined ? undefined : Math.round(nanoseconds / 1e6),
        }),
      );
      const why = textOfValue(frame['done_reason']) || 'stop';
      out.finish(calls > 0 && why === 'stop' ? 'tool-calls' : finishReasonOf(why), why);
    },
    end: () => splitter.flush(),
  };
}
