import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Api } from '../../../src/core/trace.ts';

/** Recorded and hand-made responses that lie beside the project on some machines. */
export const RECORDINGS = fileURLToPath(new URL('../../../../shared/data/wire/', import.meta.url));

export interface Recorded {
  readonly name: string;
  readonly api: Api;
  readonly body: string;
  readonly flags: string;
  readonly expected: { readonly reasoning: string; readonly answer: string; readonly order?: string | readonly string[] };
}

/** All of them, or null where there are none. */
export function readRecordings(): Recorded[] | null {
  if (!existsSync(RECORDINGS)) return null;
  return ['recordings', 'vectors'].flatMap((folder) => {
    const rows = readFileSync(`${RECORDINGS}${folder}/INDEX.tsv`, 'utf8').split('\n').slice(1);
    const index = new Map(rows.map((row) => row.split('\t')).map((cells) => [cells[0] ?? '', cells]));
    return readdirSync(`${RECORDINGS}${folder}`).flatMap((file): Recorded[] => {
      const expected = `${RECORDINGS}${folder}/${file.replace(/\.\w+$/, '.expected.json')}`;
      if (!/(?<!\.expected|\.request)\.(?:sse|jsonl?)$/.test(file) || !existsSync(expected)) return [];
      const cells = folder === 'recordings' ? (index.get(file) ?? []) : [];
      const transport = cells[3] ?? (/^(?:anthropic|ollama|responses)/.exec(file)?.[0] || 'chat-completions');
      const api = apiOf(transport);
      if (api === null) return [];
      const text = readFileSync(`${RECORDINGS}${folder}/${file}`, 'utf8');
      return [
        {
          name: `${folder}/${file}`,
          api,
          body: file.endsWith('.jsonl') && api !== 'ollama' ? framed(text, api) : text,
          flags: cells[11] ?? '',
          expected: JSON.parse(readFileSync(expected, 'utf8')),
        },
      ];
    });
  });
}

function apiOf(transport: string): Api | null {
  if (/bedrock|AWS|cohere|interactions/.test(transport)) return null;
  return (['anthropic', 'gemini', 'ollama', 'responses'] as const).find((api) => transport.includes(api)) ?? 'chat';
}

/** Some recordings kept the payloads alone: the frames of an event stream go around them again. */
function framed(text: string, api: Api): string {
  const frames = text.split('\n').filter((line) => line !== '');
  const named = (line: string) => {
    const type = /"type": ?"([\w.]+)"/.exec(line)?.[1];
    return api === 'chat' || type === undefined ? '' : `event: ${type}\n`;
  };
  return frames.map((line) => `${named(line)}data: ${line}\n\n`).join('') + (api === 'chat' ? 'data: [DONE]\n\n' : '');
}
