// `npm run test:electron`: the suites of `suite/` in the desktop VS Code, which is downloaded from its update server.
import { runTests } from '@vscode/test-electron';
import { mkdtempSync, realpathSync, rmSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildExtension, ROOT, setStage } from '../demo/prepare.ts';
import { buildSuite } from './suite/build.ts';

await buildExtension();
const extensionTestsPath = await buildSuite();
const stage = await setStage();
const home = mkdtempSync(join(realpathSync(tmpdir()), 'ri-electron-'));
mkdirSync(join(home, 'User'), { recursive: true });
writeFileSync(join(home, 'User/settings.json'), JSON.stringify({ 'security.workspace.trust.enabled': false, ...stage.settings }));
try {
  const launchArgs = [stage.folder, '--disable-extensions', '--user-data-dir', home];
  process.exitCode = await runTests({ extensionDevelopmentPath: ROOT, extensionTestsPath, launchArgs });
} catch (error) {
  console.error(
    `The suites did not pass in the desktop VS Code, or it could not be had: ${error instanceof Error ? error.message : String(error)}`,
  );
  console.error('Where its update server cannot be reached, `npm run test:vscode` runs the same suites in a served VS Code.');
  process.exitCode = 1;
} finally {
  await stage.close();
  rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
