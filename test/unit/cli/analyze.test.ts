import assert from 'node:assert/strict';
import { PassThrough, Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import { runAnalyze } from '../../../src/cli/analyze.ts';

/** Runs the command on lines; gives the status and what was written to either side. */
async function run(lines: readonly string[], argv: string[] = []): Promise<{ status: number; out: any[]; error: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const chunks: string[] = [];
  const errors: string[] = [];
  stdout.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  stderr.setEncoding('utf8').on('data', (chunk: string) => errors.push(chunk));
  const status = await runAnalyze(argv, { stdin: Readable.from(lines.map((line) => line + '\n')), stdout, stderr });
  await new Promise((resolve) => setImmediate(resolve));
  const out = chunks
    .join('')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);
  return { status, out, error: errors.join('') };
}

test('one line out for each line in, in the same order, with all that the contract names', async () => {
  const { status, out } = await run([
    JSON.stringify({ id: 'a', reasoning: 'First, I look. Then I see.', prompt: 'Look.', answer: 'Seen.' }),
    '',
    JSON.stringify({ id: 7, reasoning: '', prompt: null }),
  ]);
  assert.equal(status, 0);
  assert.deepEqual(
    out.map((o) => o.id),
    ['a', 7],
  );
  for (const key of ['steps', 'phases', 'branches', 'findings', 'links', 'firstAnswer', 'behaviours']) assert.ok(key in out[0], key);
  assert.deepEqual(
    out[0].steps.map((s: any) => [s.start, s.end]),
    [
      [0, 14],
      [15, 26],
    ],
  );
  assert.deepEqual(Object.keys(out[0].steps[0]).sort(), ['confidence', 'end', 'kind', 'parent', 'start', 'tags']);
  assert.deepEqual(out[1].steps, []);
});

test('given segments are the steps', async () => {
  const segments = [
    [0, 5],
    [5, 11],
    [20, 26],
  ];
  const { out } = await run([JSON.stringify({ id: 1, reasoning: 'One. Two. Three four. Five', segments })]);
  assert.deepEqual(
    out[0].steps.map((s: any) => [s.start, s.end]),
    segments,
  );
});

test('a bad line is answered in its place and the run goes on', async () => {
  const good = JSON.stringify({ id: 'x', reasoning: 'A.' });
  const bad = [
    '{',
    '[]',
    '{"id":1}',
    '{"id":1,"reasoning":"A.","prompt":3}',
    '{"id":1,"reasoning":"A.","segments":[[0,9]]}',
    '{"id":1,"reasoning":"A.","segments":[[1,2],[0,1]]}',
  ];
  const { status, out } = await run([good, ...bad, good]);
  assert.equal(status, 1);
  assert.deepEqual(
    out.map((o) => o.id),
    ['x', ...bad.map(() => null), 'x'],
  );
  assert.deepEqual(
    out.slice(1, -1).map((o) => o.line),
    [2, 3, 4, 5, 6, 7],
  );
  for (const { error } of out.slice(1, -1)) assert.ok(typeof error === 'string' && error.length > 0);
});

test('an argument is wrong usage', async () => {
  const { status, out, error } = await run([], ['file.jsonl']);
  assert.deepEqual([status, out], [2, []]);
  assert.match(error, /file\.jsonl/);
});

test('a slow reader holds the run back', async () => {
  let read = 0;
  const stdin = Readable.from(
    (function* () {
      for (; read < 200; read++) yield JSON.stringify({ id: read, reasoning: 'A sentence that is here. '.repeat(20) }) + '\n';
    })(),
    { highWaterMark: 1 },
  );
  const waiting: (() => void)[] = [];
  const stdout = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => void waiting.push(done) });
  const running = runAnalyze([], { stdin, stdout, stderr: new PassThrough() });
  for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(read < 200, `${read} lines were read though none was taken`);
  while (read < 200 || waiting.length > 0) {
    waiting.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(await running, 0);
});
