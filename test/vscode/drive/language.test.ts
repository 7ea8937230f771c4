import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitForState } from '../inspector.ts';
import { session } from './session.ts';

const it = session({ language: 'de' });

test('in a German editor the commands, the view and what it announces are German', async () => {
  const { code } = it;
  await code.command('Beispiel-Trace öffnen');
  const frame = await waitForState(code, 'done', 60_000);
  assert.equal(await frame.evaluate(() => document.documentElement.lang), 'de');
  await frame.getByRole('tree').waitFor();
  const words = await frame.locator('#app').innerText();
  assert.match(words, /Gedankengang/i);
  assert.match(words, /\d+ Schritte, \d+ Phasen/);
  await code.command('Trace im Arbeitsbereich speichern');
  await frame
    .getByRole('status')
    .filter({ hasText: /^In .+ gespeichert$/ })
    .waitFor({ state: 'attached' });
});
