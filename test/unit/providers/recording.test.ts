import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRecording } from '../../../src/cli/recording.ts';
import { recordingLine, redactChunks } from '../../../src/providers/recording.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

async function read(lines: string): Promise<string> {
  const out: Uint8Array[] = [];
  // eslint-disable-next-line @typescript-eslint/require-await -- a source that happens to have everything at once
  const source = async function* () {
    yield bytesOf(lines);
  };
  for await (const chunk of readRecording(source())) out.push(chunk);
  return Buffer.concat(out).toString('utf8');
}

test('what was recorded is read back byte for byte', async () => {
  const text = 'data: {"x":"größer 思考 🙂"}\n\n';
  const bytes = bytesOf(text);
  assert.equal(await read(recordingLine(bytes.subarray(0, 21), 0.123) + recordingLine(bytes.subarray(21), 17)), text);
});

test('a secret is overwritten also where the network cut it in two, and no byte moves', async () => {
  const secret = ['ghp', '_', 'a1'.repeat(18)].join('');
  const text = `data: {"content":"ü ${secret} ü"}\n\n`;
  const bytes = bytesOf(text);
  const chunks = redactChunks([
    { at: 1, bytes: bytes.subarray(0, 30) },
    { at: 2, bytes: bytes.subarray(30) },
  ]);
  assert.deepEqual(
    chunks.map((c) => c.bytes.length),
    [30, bytes.length - 30],
  );
  assert.equal(await read(chunks.map((c) => recordingLine(c.bytes, c.at)).join('')), text.replace(secret, '*'.repeat(secret.length)));
});
