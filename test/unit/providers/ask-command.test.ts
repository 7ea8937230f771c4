import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { readTrace } from '../../../src/core/codec.ts';
import { runAsk } from '../../../src/cli/ask.ts';
import { bytesOf, chatStream } from './replay.ts';
import { serve } from './serve.ts';

async function run(argv: readonly string[], { stdin = '', env = {} }: { stdin?: string; env?: Record<string, string> } = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  const status = await runAsk(argv, { stdin: Readable.from([stdin]), stdout, stderr, env, isTTY: false });
  stdout.end();
  stderr.end();
  return { status, out: await out, err: await err };
}

const STREAM = chatStream([
  { reasoning_content: 'First we read the file. ' },
  { reasoning_content: 'Wait, the sum may be wrong. ' },
  { content: 'It is **42**.\u001b[31m' },
]);
const server = () => serve((_, response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(STREAM));

test('prints the steps, then how it ended, then the answer, without what could drive a terminal', async () => {
  await using there = await server();
  const { status, out, err } = await run(['--base-url', `${there.origin}/v1`, '--model', 'm', 'What is it?']);
  assert.equal(status, 0);
  assert.equal(err, '');
  assert.match(
    out,
    /^├.*First we read the file\.\n├.*Wait, the sum may be wrong\.\n╰─ done, about \d+ tokens of reasoning.*\n\nIt is \*\*42\*\*\.�\[31m\n$/,
  );
  assert.deepEqual(JSON.parse(there.asked[0]!.body).messages, [{ role: 'user', content: 'What is it?' }]);
});

test('--json prints a trace document that can be read back; the prompt may come from standard input', async () => {
  await using there = await server();
  const { out } = await run(['--base-url', `${there.origin}/v1`, '--model', 'm', '--effort', 'low', '--key-env', 'K', '--json', '-'], {
    stdin: 'from a pipe',
    env: { K: 'secret-key-12345' },
  });
  assert.ok(!out.includes('secret-key-12345'));
  const read = readTrace(out);
  assert.ok(read.ok);
  assert.deepEqual(
    read.document.parts.map(({ kind }) => kind),
    ['reasoning', 'answer'],
  );
  assert.equal(read.document.request.messages[0]?.content, 'from a pipe');
  assert.equal(there.asked[0]!.headers.authorization, 'Bearer secret-key-12345');
});

test('a kept recording gives the same trace again, and so does a bare body', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recording-'));
  try {
    await using there = await server();
    const kept = join(folder, 'run.wire.jsonl');
    const parts = (out: string) => {
      const read = readTrace(out);
      assert.ok(read.ok, out);
      return read.document.parts.map(({ kind, text: words }) => [kind, words]);
    };
    const live = await run(['--base-url', `${there.origin}/v1`, '--model', 'm', '--json', '--record', kept, 'hello']);
    assert.match(await readFile(kept, 'utf8'), /^\{"at":[\d.]+,"bytes":"[\w+/=]+"\}\n/);
    assert.deepEqual(parts((await run(['--from', kept, '--json'])).out), parts(live.out));
    const bare = join(folder, 'body.sse');
    await writeFile(bare, bytesOf(STREAM));
    assert.deepEqual(parts((await run(['--from', bare, '--json'])).out), parts(live.out));
    assert.equal(there.asked.length, 1, 'a recording asks nobody');
    const missing = await run(['--from', join(folder, 'none'), '--json']);
    assert.equal(missing.status, 1);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a key that the server repeats is not kept in the recording', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recording-'));
  try {
    const key = 'canary with no known shape'.replaceAll(' ', '.');
    await using there = await serve((_, response, { headers }) => {
      response.write('data: {"choices":[{"delta":{"content":"');
      const echo = String(headers['x-api-key']);
      response.write(echo.slice(0, 15), () => setTimeout(() => response.end(`${echo.slice(15)}"}}]}\n\ndata: [DONE]\n\n`), 20));
    });
    const kept = join(folder, 'kept.jsonl');
    await run(['--base-url', there.origin, '--api', 'anthropic', '--model', 'm', '--key-env', 'K', '--record', kept, '--json', 'q'], {
      env: { K: key },
    });
    const lines = (await readFile(kept, 'utf8')).trim().split('\n');
    const bytes = lines.map((line) => Buffer.from((JSON.parse(line) as { bytes: string }).bytes, 'base64').toString()).join('');
    assert.match(bytes, /content":"\*{26}"/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a recording tells which API it came from', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recording-'));
  try {
    const bodies: Record<string, string> = {
      anthropic: '{"type":"message","content":[{"type":"thinking","thinking":"why"},{"type":"text","text":"so"}],"stop_reason":"end_turn"}',
      responses: 'data: {"type":"response.created","response":{}}\n\ndata: {"type":"response.reasoning_text.delta","delta":"why"}\n\ndata: {"type":"response.output_text.delta","output_index":1,"delta":"so"}\n\n', // prettier-ignore
      gemini: '[{"candidates":[{"content":{"parts":[{"text":"why","thought":true},{"text":"so"}]},"finishReason":"STOP"}]}]',
      ollama: '{"created_at":"2026-01-01","message":{"thinking":"why","content":"so"},"done":true}\n',
      chat: '{"choices":[{"message":{"reasoning":"why","content":"so"}}]}',
    };
    for (const [api, body] of Object.entries(bodies)) {
      const file = join(folder, api);
      await writeFile(file, body);
      const read = readTrace((await run(['--model', 'm', '--from', file, '--json'])).out);
      assert.ok(read.ok);
      assert.equal(read.document.request.api, api);
      assert.deepEqual(
        read.document.parts.slice(0, 2).map(({ text: words }) => words),
        ['why', 'so'],
        api,
      );
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a failure is one sentence on standard error and status 1; what arrived is printed', async () => {
  await using there = await serve((_, response) => void response.end(`${chatStream([{ reasoning: 'Half a thought.' }], { finish: null, done: false })}data: {"error":{"message":"gone"}}\n\n`)); // prettier-ignore
  const { status, out, err } = await run(['--base-url', `${there.origin}/v1`, '--model', 'm', 'q']);
  assert.equal(status, 1);
  assert.match(out, /Half a thought\.\n╰─ failed/);
  assert.equal(err, 'ask: The server broke off with an error (gone); what had arrived is kept, ask again.\n');
});

const WRONG: readonly (readonly [string[], RegExp])[] = [
  [['q'], /--model is missing/],
  [['--model', 'm', 'q'], /no server/],
  [['--model', 'm', '--base-url', 'nowhere', 'q'], /no address/],
  [['--model', 'm', '--api', 'telepathy', 'q'], /no API 'telepathy'/],
  [['--model', 'm', '--effort', 'huge', 'q'], /no effort 'huge'/],
  [['--model', 'm', '--what'], /what/],
  [['--model', 'Ollama/m', 'a', 'b'], /one prompt/],
  [['--model', 'Ollama/m', ''], /prompt is empty/],
  [['--model', 'DeepSeek/m', '--key-env', 'NOT_THERE', 'q'], /no key in the environment variable NOT_THERE/],
];
test('wrong usage is status 2 and says what is wrong', async () => {
  for (const [argv, words] of WRONG) {
    const { status, out, err } = await run(argv);
    assert.deepEqual([status, out], [2, ''], argv.join(' '));
    assert.match(err, words);
  }
});
