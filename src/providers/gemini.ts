import type { Collector } from './collector.ts';
import type { ApiReader, Dialect } from './dialect.ts';
import { modelInfo } from './dialect.ts';
import { inStreamFailure } from './errors.ts';
import { finishReasonOf } from './finish.ts';
import { geminiContents } from './follow-up.ts';
import { geminiThinking } from './knowledge.ts';
import type { JsonObject } from './narrow.ts';
import { arrayOf, countOf, defined, objectOf, textOfValue } from './narrow.ts';

/** Gemini's own API. */
export const gemini: Dialect = {
  request(request) {
    const { endpoint, model, messages, effort, maxTokens, stream = true } = request;
    const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
    const thinking = geminiThinking(model, effort);
    const generationConfig = {
      ...(maxTokens === undefined ? {} : { maxOutputTokens: maxTokens }),
      ...(thinking === null ? {} : { thinkingConfig: thinking }),
    };
    const name = model.startsWith('models/') ? model.slice('models/'.length) : model;
    return {
      path: `/models/${encodeURIComponent(name)}:${stream ? 'streamGenerateContent' : 'generateContent'}`,
      ...(stream ? { query: { alt: 'sse' } } : {}),
      body: {
        contents: geminiContents(messages),
        ...(system.length === 0 ? {} : { systemInstruction: { parts: system.map((text) => ({ text })) } }),
        ...(Object.keys(generationConfig).length === 0 ? {} : { generationConfig }),
        ...endpoint.extraBody,
        ...request.extraBody,
      },
    };
  },
  headers: (key) => ({ 'x-goog-api-key': key }),
  read: createGeminiReader,
  models: {
    path: () => '/models?pageSize=1000',
    list: 'models',
    info: (item) => modelInfo({ ...item, id: textOfValue(item['name']).replace(/^models\//, ''), name: item['displayName'] }),
  },
};

function createGeminiReader(out: Collector): ApiReader {
  const { parts } = out;
  let calls = 0;
  const tool = (kind: 'tool-call' | 'tool-result', name: string, content: unknown): number => {
    const target = { kind, visibility: 'raw', key: `gemini-${calls++}` } as const;
    const part = parts.open({ ...target, name });
    if (content !== undefined) parts.write(target, typeof content === 'string' ? content : JSON.stringify(content));
    return part;
  };
  const read = (part: JsonObject) => {
    const text = textOfValue(part['text']);
    const call = objectOf(part['functionCall']);
    const code = objectOf(part['executableCode']);
    const result = objectOf(part['codeExecutionResult']);
    let at: number | undefined;
    if (part['functionCall'] !== undefined) at = tool('tool-call', textOfValue(call['name']), call['args']);
    else if (part['executableCode'] !== undefined) at = tool('tool-call', 'code_execution', code['code']);
    else if (part['codeExecutionResult'] !== undefined) at = tool('tool-result', 'code_execution', result['output']);
    else if (text !== '')
      parts.write(part['thought'] === true ? { kind: 'reasoning', visibility: 'summary' } : { kind: 'answer', visibility: 'raw' }, text);
    const signature = textOfValue(part['thoughtSignature']);
    // the signature belongs to the part that it came with, also when that is empty and ends the text before it
    if (signature !== '') parts.opaque(signature, at ?? parts.current()?.part ?? parts.open({ kind: 'reasoning', visibility: 'withheld' }));
  };
  return {
    frame(json) {
      const frame = objectOf(json);
      // some gateways wrap it
      const body = frame['candidates'] === undefined && frame['response'] !== undefined ? objectOf(frame['response']) : frame;
      out.model(textOfValue(body['modelVersion']));
      const candidate = objectOf(arrayOf(body['candidates'])[0]);
      for (const part of arrayOf(objectOf(candidate['content'])['parts'])) read(objectOf(part));
      if (body['usageMetadata']) {
        const u = objectOf(body['usageMetadata']);
        out.usage(
          defined({
            prompt: countOf(u['promptTokenCount']),
            cached: countOf(u['cachedContentTokenCount']),
            completion: countOf(u['candidatesTokenCount']),
            reasoning: countOf(u['thoughtsTokenCount']),
            total: countOf(u['totalTokenCount']),
            reasoningIncluded: false,
          }),
        );
      }
      const blocked = textOfValue(objectOf(body['promptFeedback'])['blockReason']);
      const why = textOfValue(candidate['finishReason']) || blocked;
      if (why !== '') out.finish(blocked === why ? 'content-filter' : finishReasonOf(why), why);
      if (body['error']) out.fail(inStreamFailure(body['error']));
    },
    end: () => undefined,
  };
}
