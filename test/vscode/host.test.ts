import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { EXTENSION_ID, ROOT, setStage } from '../demo/prepare.ts';
import { launch } from './drive.ts';
import { install } from './install.ts';
import type { Installed } from './install.ts';
import { buildSuite } from './suite/build.ts';
import { ENDED, FAILED, PASSED } from './suite/registry.ts';

/** The suites of `suite/`, inside each of the two extension hosts; every one of their cases is reported as a test of its own. */
let installed: Installed;
let suite: string;
before(async () => {
  installed = await install();
  suite = await buildSuite();
});

for (const [name, webHost] of [
  ['Node', undefined],
  ['web-worker', EXTENSION_ID],
] as const) {
  describe(`in the ${name} extension host`, () => {
    test('the suites run', { timeout: 240_000 }, async (t) => {
      const stage = await setStage();
      after(() => stage.close());
      const { folder, settings } = stage;
      const code = await launch({
        installed,
        extension: ROOT,
        folder,
        settings,
        tests: suite,
        ...(webHost === undefined ? {} : { webHost }),
      });
      const { code: exit, log } = await code.testsDone.finally(() => code.close());
      const said = (mark: string): string[] => [
        ...new Set(log.flatMap((line) => (line.startsWith(mark) ? [line.slice(mark.length + 1)] : []))),
      ];
      for (const passed of said(PASSED)) await t.test(passed, () => undefined);
      for (const failed of said(FAILED)) await t.test(failed.split(':')[0] ?? failed, () => assert.fail(failed));
      assert.equal(said(ENDED).length, 1, `the suites did not come to their end:\n${log.slice(-20).join('\n')}`);
      assert.equal(said(PASSED).length + said(FAILED).length, Number(said(ENDED)[0]));
      if (said(FAILED).length === 0) assert.equal(exit, 0);
    });
  });
}
