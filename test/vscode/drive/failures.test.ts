import assert from 'node:assert/strict';
import { test } from 'node:test';
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
