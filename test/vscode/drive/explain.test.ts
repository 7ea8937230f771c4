import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createAnalyser } from '../../../src/core/analyser.ts';
import type { Explanation } from '../../../src/core/schema.ts';
import type { ReplayTrace } from '../../replay/wire.ts';
import { SAMPLE_FILE } from '../../tools/sample.ts';
import { notification, waitForState } from '../inspector.ts';
import { session, until, writtenFiles } from './session.ts';

interface SampleFile extends ReplayTrace {
  readonly parts: readonly { readonly kind: string; readonly text: string }[];
  readonly request: { readonly messages: readonly { readonly content: string }[] };
}

const SAMPLE = JSON.parse(readFileSync(SAMPLE_FILE, 'utf8')) as SampleFile;
const REASONING = SAMPLE.parts[0]?.text ?? '';

/** The number of the first step in which some words stand, as the reader counts. */
function stepWith(words: string): number {
  const analyser = createAnalyser({ prompt: SAMPLE.request.messages[0]?.content ?? '' });
  analyser.push(REASONING);
  analyser.end({ cutOff: false });
  return analyser.steps().findIndex(({ start, end }) => REASONING.slice(start, end).includes(words)) + 1;
}

const QUOTE = REASONING.slice(0, REASONING.indexOf('\n')).split(' ').slice(0, 6).join(' ');
const REPLY = {
  kinds: [{ step: stepWith(QUOTE), kind: 'doubt' }],
  titles: [],
  findings: [
    { kind: 'assumption', steps: [stepWith(QUOTE)], message: 'Takes the report for complete.', quote: QUOTE },
    { kind: 'assumption', steps: [stepWith(QUOTE)], message: 'Open [this](command:workbench.action.quit).', quote: QUOTE },
  ],
  command: 'workbench.action.quit',
};

/** A trace for the replay server in which the model's answer is an explanation. */
function replyFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ri-explain-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const answer = JSON.stringify(REPLY);
  const thought = 'I look at the steps.';
  const file = join(folder, 'reply.reasoning.json');
  const parts = [
    { kind: 'reasoning', visibility: 'raw', text: thought, start: 0, end: 10 },
    { kind: 'answer', visibility: 'raw', text: answer, start: 10, end: 20 },
  ];
  const timeline = [
    [5, 0, thought.length],
    [15, 1, answer.length],
  ];
  writeFileSync(file, JSON.stringify({ ...SAMPLE, parts, timeline }));
  return file;
}

const it = session({ replay: { file: replyFile() } });

test('nothing is sent before the reader has seen what it is and where it goes', async () => {
  const { code, stage } = it;
  await code.command('Open a Sample Trace');
  await waitForState(code, 'done', 60_000);
  await code.command('Explain With a Model');
  const dialog = code.page.locator('.monaco-dialog-box');
  await dialog.waitFor();
  const words = await dialog.innerText();
  assert.match(words, /Send about [\d,.]+ tokens to sample-reasoner on Demo\?/);
  assert.ok(words.includes(new URL(stage.replay.baseUrl).origin), words);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.deepEqual(stage.replay.chats(), []);
});

test('the reply is kept as data beside the analysis, and nothing in it is done', async () => {
  const { code, stage } = it;
  await code.command('Explain With a Model');
  await code.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Send' }).click();
  await until('the model was asked', () => stage.replay.chats().length === 1);
  const body = stage.replay.chats()[0]?.body ?? {};
  assert.ok(!('tools' in body));
  const { messages } = body as { messages: { content: string }[] };
  assert.match(messages.at(-1)?.content ?? '', /<<<steps of the reasoning [0-9a-f]{48}>>>\n\[1\] \(/);
  await notification(code, /findings: 1\./);
  await notification(code, /did not fit: 2\./);

  await code.command('Save Trace to Workspace');
  const folder = join(stage.folder, '.reasoning');
  const saved = (): readonly string[] => writtenFiles(folder, '.reasoning.json');
  await until('the trace is saved', () => saved().length === 1);
  const file = JSON.parse(readFileSync(join(folder, saved()[0] ?? ''), 'utf8')) as { analysis: object; explanation: Explanation };
  assert.equal(file.explanation.by, 'sample-reasoner');
  assert.deepEqual(
    file.explanation.findings.map(({ message }) => message),
    ['Takes the report for complete.'],
  );
  assert.equal(file.explanation.dropped, 2);
  assert.doesNotMatch(JSON.stringify(file), /action\.quit|Takes the report for complete.*"shown"/);
});
