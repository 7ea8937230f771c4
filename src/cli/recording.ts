import type { Api } from '../core/trace.ts';

/** By what the first bytes of a response hold, the API that it came from. */
const SIGNS: readonly (readonly [Api, RegExp])[] = [
  ['anthropic', /"type":\s*"(?:message_start|message|content_block_start)"/],
  ['responses', /"type":\s*"response\.|"object":\s*"response"/],
  ['gemini', /"candidates":|"usageMetadata":/],
  ['chat', /"choices":/],
  ['ollama', /"created_at":\s*"/],
];

/** Characters of a response that are looked at to tell its API. */
const HEAD = 16_384;

/** The API that a recorded response came from, and its chunks from the first on. */
export async function tellApi(chunks: AsyncIterable<Uint8Array>): Promise<{ api: Api; chunks: AsyncIterable<Uint8Array> }> {
  const rest = chunks[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let head = '';
  const utf8 = new TextDecoder();
  while (head.length < HEAD) {
    const next = await rest.next();
    if (next.done === true) break;
    first.push(next.value);
    head += utf8.decode(next.value, { stream: true });
  }
  const api = SIGNS.find(([, sign]) => sign.test(head))?.[0] ?? 'chat';
  return {
    api,
    chunks: (async function* () {
      yield* first;
      yield* { [Symbol.asyncIterator]: () => rest };
    })(),
  };
}

const RECORDED_LINE = /^\{"at":[\d.]+,"bytes":"[A-Za-z0-9+/=]*"\}$/;

/** The response's bytes from a file: one of our recordings, or the bare body as other tools keep it. */
export async function* readRecording(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let ours: boolean | null = null;
  let held = Buffer.alloc(0);
  for await (const chunk of file) {
    if (ours === false) {
      yield chunk;
      continue;
    }
    held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
    for (let end = held.indexOf(10); end >= 0; end = held.indexOf(10)) {
      const line = held.toString('utf8', 0, end);
      ours ??= RECORDED_LINE.test(line);
      if (!ours) break;
      held = held.subarray(end + 1);
      const bytes = bytesOf(line);
      if (bytes !== null) yield bytes;
    }
    if (ours === false) {
      yield held;
      held = Buffer.alloc(0);
    }
  }
  if (held.length === 0) return;
  const last = held.toString('utf8');
  const bytes = RECORDED_LINE.test(last) ? bytesOf(last) : held;
  if (bytes !== null) yield bytes;
}

function bytesOf(line: string): Uint8Array | null {
  if (!RECORDED_LINE.test(line)) return null;
  const { bytes } = JSON.parse(line) as { bytes: string };
  return Buffer.from(bytes, 'base64');
}
