import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '../../..');

/**
 * Makes one CommonJS file of all suites in this folder (`*.suite.ts`), which runs in a Node as well as in a web-worker
 * extension host, and returns its path. It lies inside the extension's folder: a web-worker host looks nowhere else.
 */
export async function buildSuite(): Promise<string> {
  const suites = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.suite.ts'));
  const lines = [...suites.sort().map((name) => `import './${name}';`), "export { runAll as run } from './registry.ts';"];
  const outfile = join(ROOT, 'out/suite/index.js');
  await build({
    stdin: { contents: lines.join('\n'), resolveDir: import.meta.dirname, sourcefile: 'index.ts', loader: 'ts' },
    bundle: true,
    outfile,
    format: 'cjs',
    platform: 'neutral',
    target: 'es2023',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}
