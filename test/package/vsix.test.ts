import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { before, test } from 'node:test';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';

const ROOT = resolve(import.meta.dirname, '../..');
const VSIX = join(ROOT, 'out/package/reasoning-inspector.vsix');

before(async () => {
  assert.ok(existsSync(join(ROOT, 'dist/extension.js')), 'nothing is built: run `npm run build` first');
  mkdirSync(join(ROOT, 'out/package'), { recursive: true });
  // as `npm run package` makes it
  await createVSIX({ cwd: ROOT, packagePath: VSIX, dependencies: false, rewriteRelativeLinks: false, allowMissingRepository: true });
});

test('the package stays under 1 MB', () => {
  const { size } = statSync(VSIX);
  console.log(`  ${(size / 1000).toFixed(0)} kB`);
  assert.ok(size < 1_000_000, `${size} bytes`);
});

test('it holds what the extension needs, and nothing else', async () => {
  const files = await listFiles({ cwd: ROOT, packageManager: PackageManager.None });
  // the chunks of the view and the bundles of the client have names that change with their content
  const allowed = [
    /^package\.json$/,
    /^package\.nls(\.[a-z-]+)?\.json$/i,
    /^l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/i,
    /^(readme\.md|changelog\.md|license(\.txt)?)$/i,
    /^media\/(icon\.png|container\.svg)$/,
    /^media\/sample\/sample\.reasoning\.json$/,
    /^dist\/[a-z-]+\.c?js$/,
    /^dist\/[a-z-]+\.schema\.json$/,
    /^dist\/web\/[a-z-]+\.js$/,
    /^dist\/webview\/[\w.-]+\.(js|css|ttf)$/,
  ];
  assert.deepEqual(
    files.filter((file) => !allowed.some((pattern) => pattern.test(file))),
    [],
  );
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { main: string; browser: string };
  const needed = [manifest.main, manifest.browser, 'dist/webview/view.js', 'media/sample/sample.reasoning.json', 'LICENSE'];
  for (const file of needed.map((path) => path.replace(/^\.\//, '')))
    assert.ok(
      files.some((listed) => listed.toLowerCase() === file.toLowerCase()),
      `${file} is missing`,
    );
});
