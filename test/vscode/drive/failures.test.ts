import assert from 'node:assert/strict';
import { closeSync, mkdirSync, openSync, readFileSync, ftruncateSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../demo/prepare.ts';
import { askFromPalette, chooseModel, readTree, waitForState } from '../inspector.ts';
import { session, until } from './session.ts';

const it = session();

for (const [model, state, words] of [
  ['model-401', 'failed', /key/i],
  ['model-404', 'failed', /model/i],
  ['model-429', 'failed', /37 s/i],
  ['model-html', 'failed', /web page|html|stream/i],
  ['model-cut', 'failed', /broke|connection|cut/i],
  ['model-length', 'cutoff', /limit|token/i],
  ['model-encrypted', 'done', /encrypted|provider/i],
  ['model-plain', 'done', /no reasoning|not show|without/i],
] as const) {
  test(`${model} is said in words, in the view`, async () => {
    const { code, stage } = it;
    const before = stage.replay.chats().length;
    await chooseModel(code, 'Demo', model);
    await askFromPalette(code, `What does ${model} do?`);
    // the state of the question before may still be on the page
    while (stage.replay.chats().length === before) await code.page.waitForTimeout(50);
    const frame = await waitForState(code, state);
    const notice = frame.locator('.notice').first();
    await notice.waitFor();
    assert.match(await notice.innerText(), words);
    if (model === 'model-cut' || model === 'model-length')
      await until('what had come is on the page', async () => (await readTree(frame)).length > 4);
  });
}

const sample = readFileSync(join(ROOT, 'media/sample/sample.reasoning.json'), 'utf8');
const HUGE = 200 * 1024 * 1024;

/** Files that are no traces, no longer or not yet, and what the inspector says of them. */
const FILES: readonly (readonly [name: string, text: string, says: RegExp])[] = [
  ['empty', '', /empty/],
  ['torn', sample.slice(0, 3000), /not valid JSON/],
  ['foreign', '{"version": "3.2", "messages": []}', /not a reasoning trace/],
  ['damaged', sample.replace('"visibility": "raw"', '"visibility": "loud"'), /damaged at parts/],
  ['newer', sample.replace('"version": 1', '"version": 99'), /newer version/],
];

/** The folder of saved traces with those files in it, laid when the first test asks: the stage is not set before. */
let laid: string | undefined;
function traces(): string {
  if (laid !== undefined) return laid;
  laid = join(it.stage.folder, '.reasoning');
  mkdirSync(laid, { recursive: true });
  for (const [name, text] of FILES) writeFileSync(join(laid, `2026-01-01-${name}.reasoning.json`), text);
  // a sparse file: as long as it says, though it takes no room
  const file = openSync(join(laid, '2026-01-01-huge.reasoning.json'), 'w');
  ftruncateSync(file, HUGE);
  closeSync(file);
  return laid;
}

/** Opens a saved trace from the palette and waits for words in its inspector. */
async function opens(name: string, says: RegExp): Promise<void> {
  const { code } = it;
  traces();
  await code.command('Close All Editors');
  await code.command('Open Trace…');
  await code.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().click();
  await until(`${name} says ${String(says)}`, async () => {
    for (const frame of code.page.frames()) {
      const body = await frame.$('#app').catch(() => null);
      if (body !== null && says.test(await body.innerText().catch(() => ''))) return true;
    }
    return false;
  });
}

for (const [name, text, says] of FILES) {
  test(`a trace file that is ${name} opens with a sentence, and is not changed`, async () => {
    await opens(name, says);
    assert.equal(readFileSync(join(traces(), `2026-01-01-${name}.reasoning.json`), 'utf8'), text);
  });
}

test('a trace file of 200 MB opens with a sentence, and is not read', async () => {
  await opens('huge', /has 210 MB/);
  assert.equal(statSync(join(traces(), '2026-01-01-huge.reasoning.json')).size, HUGE);
});
