import { equal, ok, test, until } from './registry.ts';
import { readText, run, sampleTexts, saveAndRead } from './stage.ts';

const ask = (model: string, more: object = {}): Promise<string | undefined> =>
  run<string | undefined>('ask', { prompt: `What is wrong with ${model}?`, model: `Demo/${model}`, ...more });

test('asks, and saves all that came', async () => {
  ok(await ask('sample-reasoner', { context: 'const canary = 1;' }), 'no id came back');
  const { uri, saved } = await saveAndRead();
  const [reasoning, answer] = await sampleTexts();
  equal(saved.version, 1, 'version');
  equal(
    saved.parts.map(({ kind, visibility }) => [kind, visibility]),
    [
      ['reasoning', 'raw'],
      ['answer', 'raw'],
    ],
    'the parts',
  );
  equal(saved.parts[0]?.text, reasoning, 'the reasoning');
  equal(saved.parts[1]?.text, answer, 'the answer');
  equal(saved.finish.reason, 'stop', 'the end');
  const sent = saved.request.messages.map(({ content }) => content).join('\n');
  ok(
    sent.includes('What is wrong with sample-reasoner?') && sent.includes('const canary = 1;'),
    'the question or its context is not in the file',
  );
  ok((saved.analysis?.steps.length ?? 0) > 20, 'the reasoning was not cut into steps');
  ok(uri.path.includes('/.reasoning/') && uri.path.endsWith('.reasoning.json'), uri.path);
});

test('saving again writes another file', async () => {
  const [first, second] = [await saveAndRead(), await saveAndRead()];
  ok(first.uri.toString() !== second.uri.toString(), 'the first file was overwritten');
  equal(await readText(first.uri), await readText(second.uri), 'the second file');
});

test('thoughts between think tags, and answers without any, are told apart', async () => {
  const [reasoning, answer] = await sampleTexts();
  await ask('model-think-tags');
  const tags = (await saveAndRead()).saved.parts;
  equal(
    tags.map(({ kind, text }) => [kind, text?.trim()]),
    [
      ['reasoning', reasoning],
      ['answer', answer],
    ],
    'the parts',
  );
  await ask('model-plain');
  equal(
    (await saveAndRead()).saved.parts.map(({ kind }) => kind),
    ['answer'],
    'the parts',
  );
  await ask('model-encrypted');
  const encrypted = (await saveAndRead()).saved.parts;
  equal(encrypted[0]?.visibility, 'encrypted', 'the visibility');
});

for (const [model, code, word] of [
  ['model-400', 'context-length', 'context'],
  ['model-401', 'unauthorized', 'key'],
  ['model-402', 'payment', 'credit|balance|pay'],
  ['model-404', 'not-found', 'model'],
  ['model-429', 'rate-limit', '37'],
  ['model-500', 'server', '500|server'],
  ['model-html', 'not-a-stream', 'web page|HTML|stream'],
  ['model-in-stream', 'in-stream', 'Provider returned error|error'],
] as const) {
  test(`the failure of ${model} becomes a sentence`, async () => {
    await ask(model);
    const error = (await saveAndRead()).saved.parts.find(({ kind }) => kind === 'error');
    equal(error?.name, code, 'the failure');
    ok(new RegExp(word, 'i').test(error?.text ?? ''), `it says “${error?.text}”, without /${word}/`);
    ok(/[.!)]$/.test(error?.text ?? ''), `“${error?.text}” is no sentence`);
  });
}

test('what had come before a break is kept', async () => {
  const [reasoning] = await sampleTexts();
  for (const model of ['model-cut', 'model-in-stream', 'model-length', 'model-no-finish']) {
    await ask(model);
    const kept = (await saveAndRead()).saved.parts[0]?.text ?? '';
    ok(kept.length > 500 && reasoning.startsWith(kept), `${model}: ${kept.length} characters were kept`);
  }
});

test('an answer with nothing in it is a failure, not a blank', async () => {
  await ask('model-empty');
  ok(
    (await saveAndRead()).saved.parts.some(({ kind, name }) => kind === 'error' && name === 'empty'),
    'no failure',
  );
});

test('stopping ends a run at once, with what had come', async () => {
  const asked = ask('model-hold');
  await until('the run is under way', async () => {
    await run('stop');
    return await Promise.race([asked.then(() => true), new Promise<boolean>((later) => setTimeout(() => later(false), 300))]);
  });
  equal((await saveAndRead()).saved.finish.reason, 'stopped', 'the end');
});

test('a server that never answers can be stopped', async () => {
  const asked = ask('model-hang');
  await until('the run has ended', async () => {
    await run('stop');
    return await Promise.race([asked.then(() => true), new Promise<boolean>((later) => setTimeout(() => later(false), 300))]);
  });
});
