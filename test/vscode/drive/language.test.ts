import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askFromPalette, waitForState } from '../inspector.ts';
import { session } from './session.ts';

const it = session({ language: 'de' });

test('in a German editor the commands, the view and what it announces are German', async () => {
  const { code } = it;
  await askFromPalette(code, 'Warum beginnen die Versuche von vorn?', 'Reasoning-Modell fragen');
  const frame = await waitForState(code, 'done');
  assert.equal(await frame.evaluate(() => document.documentElement.lang), 'de');
  await frame.getByRole('tree').waitFor();
  const words = await frame.locator('#app').innerText();
  assert.match(words, /Gedankengang/i);
  assert.match(words, /\d+ Schritte, \d+ Phasen/);
  assert.match(words, /Nimmt an: /);
  await code.command('Trace im Arbeitsbereich speichern');
  await frame
    .getByRole('status')
    .filter({ hasText: /^In .+ gespeichert$/ })
    .waitFor({ state: 'attached' });
});
