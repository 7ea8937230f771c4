import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { askFromPalette, waitForState } from '../inspector.ts';
import { askInView, session, until, writtenFiles } from './session.ts';

const it = session({ settings: { 'reasoningInspector.recordWire': true } });
const FIRST = 'Why do the retries start over after 85 minutes?';

/** The messages of the last request that the server got. */
function lastSent(): { role: string; content: string }[] {
  return (it.stage.replay.chats().at(-1)?.body?.['messages'] ?? []) as { role: string; content: string }[];
}

test('a follow-up takes the earlier question and answer along, and says so before', async () => {
  const { code } = it;
  await askFromPalette(code, FIRST);
  const frame = await waitForState(code, 'done');
  const chip = frame.getByRole('button', { name: 'Follow up' });
  assert.match((await chip.getAttribute('title')) ?? '', /earlier questions and answers go along, without the reasoning/);
  await chip.click();
  await until('the follow-up is on', async () => (await chip.getAttribute('aria-pressed')) === 'true');
  await askInView(frame, 'And with a cap of one hour?');
  await until('the second request', () => it.stage.replay.chats().length === 2);
  assert.deepEqual(
    lastSent().map(({ role }) => role),
    ['user', 'assistant', 'user'],
  );
  assert.equal(lastSent()[0]?.content, FIRST);
  assert.match(lastSent()[1]?.content ?? '', /The delay overflows/);
  assert.ok(!JSON.stringify(lastSent()).includes('thundering herd'), 'the reasoning stays here');
});

test('what goes along can be set', async () => {
  const { code } = it;
  const frame = await waitForState(code, 'done');
  await frame.getByRole('combobox', { name: 'What goes along with the follow-up' }).selectOption('all');
  await askInView(frame, 'And with no cap?');
  await until('the third request', () => it.stage.replay.chats().length === 3);
  assert.ok(JSON.stringify(lastSent()).includes('thundering herd'), 'the reasoning goes along');
});

test('an earlier turn is one click away', async () => {
  const { code } = it;
  const frame = await waitForState(code, 'done');
  await frame.getByRole('navigation', { name: 'Turns of this conversation' }).getByRole('button').first().click();
  await until(
    'the first question is on show',
    async () =>
      (await frame.locator('#app').innerText()).includes(FIRST) ||
      (await frame.getByRole('textbox', { name: 'Prompt' }).inputValue()) === FIRST,
  );
});

test('the bytes of the wire are kept beside the trace when that is wanted', async () => {
  const { code, stage } = it;
  await code.command('Save Trace to Workspace');
  const folder = join(stage.folder, '.reasoning');
  const recording = (): string | undefined => writtenFiles(folder, '.recording.jsonl')[0];
  await until('the recording', () => recording() !== undefined);
  const lines = readFileSync(join(folder, recording() ?? ''), 'utf8')
    .trim()
    .split('\n');
  const chunks = lines.map((line) => JSON.parse(line) as { at: number; bytes: string });
  const wire = chunks.map(({ bytes }) => Buffer.from(bytes, 'base64').toString('utf8')).join('');
  assert.match(wire, /^data: \{/);
  assert.match(wire, /data: \[DONE\]/);
  assert.ok(chunks.every(({ at }, i) => at >= (chunks[i - 1]?.at ?? 0)));
});
