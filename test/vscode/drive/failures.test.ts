import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Driven } from '../drive.ts';
import { askFromPalette, readTree, waitForState } from '../inspector.ts';
import { session } from './session.ts';

const it = session();

/** Chooses the model in the settings, as the picker does, and asks through the palette. */
async function askModel(code: Driven, model: string): Promise<void> {
  await chooseModel(code, model);
  await askFromPalette(code, `What does ${model} do?`);
}

async function chooseModel(code: Driven, model: string): Promise<void> {
  await code.command('Select Model');
  const input = code.page.locator('.quick-input-widget input').first();
  const title = code.page.locator('.quick-input-title');
  for (const [step, words] of [
    ['1/2', 'Demo'],
    ['2/2', model],
  ] as const) {
    await title.filter({ hasText: step }).waitFor();
    await input.fill(words);
    await code.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: words }).first().click();
  }
  await code.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

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
    await askModel(code, model);
    // the state of the question before may still be on the page
    while (stage.replay.chats().length === before) await code.page.waitForTimeout(50);
    const frame = await waitForState(code, state);
    const notice = frame.locator('.notice').first();
    await notice.waitFor();
    assert.match(await notice.innerText(), words);
    if (model === 'model-cut' || model === 'model-length') assert.ok((await readTree(frame)).length > 4, 'what had come is gone');
  });
}
