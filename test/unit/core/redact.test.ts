import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeSecrets, redactText, secretsIn } from '../../../src/core/redact.ts';

// put together at run time, so that no scanner takes this file for a leak
const j = (...parts: string[]): string => parts.join('');
const JWT = j('eyJ', 'hbGciOiJIUzI1NiJ9', '.eyJ', 'zdWIiOiIxMjM0NTY3ODkwIn0', '.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U');

for (const [name, secret] of [
  ['API key', j('sk-', 'proj-', 'Ab12'.repeat(8))],
  ['API key', j('sk-', 'ant-', 'api03-', 'Ab12'.repeat(8))],
  ['API key', j('gsk_', 'Ab12'.repeat(8))],
  ['Google key', j('AIza', 'SyA1234567890abcdefghijklmnopqrstuv')],
  ['cloud key', j('AKIA', 'IOSFODNN7EXAMPLE')],
  ['GitHub token', j('ghp_', 'a1'.repeat(18))],
  ['Slack token', j('xoxb-', '123456789012-abcdef')],
  ['JSON Web Token', JWT],
  ['bearer token', j('Bearer ', 'a1b2c3d4'.repeat(4))],
  ['password in an address', j('postgres://app:', 'hunter22@')],
  ['private key', j('-----BEGIN RSA PRIVATE', ' KEY-----\nMIIE\nabc\n-----END RSA PRIVATE', ' KEY-----')],
] as const) {
  test(`finds and redacts a ${name}: ${secret.slice(0, 6)}…`, () => {
    const text = `before ${secret}\nafter`;
    assert.deepEqual(
      secretsIn(text).map((s) => s.name),
      [name],
    );
    const redacted = redactText(text);
    assert.equal(redacted.length, text.length, 'offsets must stay true');
    assert.ok(!redacted.includes(secret));
    assert.ok(redacted.startsWith('before ') && redacted.endsWith('after'));
  });
}

test('leaves alone what only resembles a secret', () => {
  for (const text of [
    'the class sk-button-primary and task-list',
    'a commit 4c8aa8e1d2f3a4b5c6d7e8f90123456789abcdef',
    'Bearer of bad news',
    'https://example.org:8080/path@version',
    'const AKIA = 1;',
    'sk-',
  ]) {
    assert.deepEqual(secretsIn(text), [], text);
    assert.equal(redactText(text), text);
  }
});

test('takes time in proportion to the text', () => {
  for (const hostile of ['-----BEGIN PRIVATE KEY-----'.repeat(2000), 'eyJ'.repeat(30000), 'a://b:'.repeat(20000), 'Bearer '.repeat(20000)])
    secretsIn(hostile);
});

test('counts them by name', () => {
  const two = secretsIn(`${j('ghp_', 'a1'.repeat(18))} ${j('ghp_', 'b2'.repeat(18))} ${JWT}`);
  assert.equal(describeSecrets(two), '2 × GitHub token, 1 JSON Web Token');
});
