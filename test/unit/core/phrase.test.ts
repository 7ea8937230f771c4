import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gistOf } from '../../../src/core/phrase.ts';

test('a step in a message: without opening words and marks; of code the first line, as code', () => {
  assert.equal(gistOf('- **Wait, the list is empty.'), 'the list is empty');
  assert.equal(gistOf('```python\n\n    def f(x):\n        return x\n```'), '`def f(x):`');
  assert.equal(gistOf('~~~\necho `date`\n~~~'), "`echo 'date'`");
  assert.equal(gistOf(`\`\`\`\n${'a'.repeat(200)}\n\`\`\``, 20).length, 22);
  assert.equal(gistOf('```\n```').includes('undefined'), false);
});
