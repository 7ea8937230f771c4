import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newNonce, policyOf } from '../../../src/host/policy.ts';

test('the policy of the webview, to the letter', () => {
  assert.equal(
    policyOf('https://files', 'N'),
    "default-src 'none'; script-src 'nonce-N'; worker-src blob:; style-src https://files 'nonce-N'; font-src https://files; img-src https://files data:; " +
      "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types analysis",
  );
});

test('a nonce has at least 128 bits and is never the same', () => {
  const nonces = new Set(Array.from({ length: 100 }, newNonce));
  assert.equal(nonces.size, 100);
  for (const nonce of nonces) assert.match(nonce, /^[0-9a-f]{48}$/);
});
