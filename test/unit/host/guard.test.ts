import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guarded, isWebAddress } from '../../../src/host/guard.ts';
import type { HostApi } from '../../../src/protocol/messages.ts';

/** A host that remembers what reached it. */
function host() {
  const reached: [string, unknown][] = [];
  const api = new Proxy({} as HostApi, {
    get: (_, name) => (argument: unknown) => {
      reached.push([String(name), argument]);
    },
  });
  return { handlers: guarded(api), reached };
}

for (const [name, argument] of [
  ['ready', { trace: null, lastSeq: 0 }],
  ['ready', { trace: 'abc', lastSeq: 12 }],
  ['ask', { prompt: 'Why?' }],
  ['setEffort', { effort: 'high' }],
  ['openLink', { href: 'https://example.org/a?b#c' }],
  ['copy', { text: 'x' }],
  ['openPlace', { file: 'src/a.ts', line: 3 }],
  ['stop', undefined],
  ['addNote', { step: 3, text: 'Check this.' }],
  ['applyCode', { text: 'f()', near: 'In src/a.ts:' }],
  ['removeNote', { step: 3, at: '2026-05-01T10:00:00.000Z' }],
  ['savePicture', undefined],
  ['explain', undefined],
] as const) {
  test(`lets ${name} pass with ${JSON.stringify(argument)}`, () => {
    const { handlers, reached } = host();
    handlers[name]?.(argument);
    assert.deepEqual(reached, [[name, argument]]);
  });
}

for (const [name, argument] of [
  ['ready', { trace: 7, lastSeq: 0 }],
  ['ready', { trace: null, lastSeq: -1 }],
  ['ready', { trace: null, lastSeq: 0, more: 1 }],
  ['ready', undefined],
  ['ask', { prompt: ['x'] }],
  ['ask', { prompt: 'x', model: 'Other/model' }],
  ['ask', { prompt: 'x'.repeat(4_000_001) }],
  ['setEffort', { effort: 'enormous' }],
  ['openLink', { href: 'javascript:alert(1)' }],
  ['openLink', { href: 'command:workbench.action.quit' }],
  ['openLink', { href: 'vscode://x/y' }],
  ['openLink', { href: 'file:///etc/passwd' }],
  ['openLink', { href: 'data:text/html,x' }],
  ['openLink', { href: '//example.org' }],
  ['copy', {}],
  ['insertCode', { text: 1 }],
  ['applyCode', { text: 'f()', file: '/etc/passwd' }],
  ['applyCode', { near: 'x' }],
  ['addNote', { step: 3 }],
  ['addNote', { step: -1, text: 'x' }],
  ['addNote', { step: 1.5, text: 'x' }],
  ['addNote', { step: 1, text: 'x', by: 'somebody else' }],
  ['addNote', { step: 1, text: 'x'.repeat(20_001) }],
  ['removeNote', { step: 1 }],
] as const) {
  test(`refuses ${name} with ${(JSON.stringify(argument) as string | undefined)?.slice(0, 60) ?? 'nothing'}`, () => {
    const { handlers, reached } = host();
    assert.throws(() => handlers[name]?.(argument), /refused/);
    assert.deepEqual(reached, []);
  });
}

test('knows no other call', () => {
  const { handlers } = host();
  for (const name of ['dispose', 'toString', '__proto__', 'constructor']) assert.ok(!Object.hasOwn(handlers, name));
});

test('only addresses of the web are opened', () => {
  assert.ok(isWebAddress('http://localhost:3000'));
  for (const href of ['JavaScript:alert(1)', ' vbscript:x', '', 'C:\\x', 'about:blank']) assert.ok(!isWebAddress(href), href);
});
