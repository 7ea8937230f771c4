// Builds everything that ships, and holds it to its size budgets. `node esbuild.mjs [--watch] [--dev]`
import { build, context } from 'esbuild';
import { cpSync, mkdirSync, rmSync, existsSync } from 'node:fs';

const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');
const common = {
  bundle: true,
  minify: !dev,
  sourcemap: dev ? 'linked' : false,
  metafile: true,
  logLevel: 'warning',
  legalComments: 'none',
  charset: 'utf8',
};
const node = { ...common, platform: 'node', format: 'cjs', target: 'node22' };
const web = { ...common, platform: 'browser', target: 'es2023' };

/** The client library is a bundle of its own, loaded at the first request, so that starting VS Code does not pay for it. */
const clientApart = {
  name: 'client-apart',
  setup(b) {
    b.onResolve({ filter: /\/client\.ts$/ }, (args) =>
      args.kind === 'dynamic-import' ? { path: './client.cjs', external: true } : undefined,
    );
  },
};

const builds = {
  extension: { ...node, entryPoints: { extension: 'src/host/main-node.ts' }, outdir: 'dist', external: ['vscode'], plugins: [clientApart] },
  client: { ...node, entryPoints: { client: 'src/providers/client.ts' }, outdir: 'dist', outExtension: { '.js': '.cjs' } },
  web: { ...web, format: 'cjs', entryPoints: { 'web/extension': 'src/host/main-web.ts' }, outdir: 'dist', external: ['vscode'] },
  view: {
    ...web,
    format: 'esm',
    splitting: true,
    entryPoints: { view: 'src/webview/main.tsx' },
    outdir: 'dist/webview',
    chunkNames: 'chunk-[name]-[hash]',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  },
  cli: {
    ...node,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    plugins: [clientApart],
    banner: { js: '#!/usr/bin/env node' },
  },
};

/** Bytes that each output may have at most; a build over budget fails. */
const budgets = { 'dist/extension.js': 60_000, 'dist/webview/view.js': 150_000 };

if (!watch) rmSync('dist', { recursive: true, force: true });
mkdirSync('dist/webview', { recursive: true });
if (existsSync('src/core/codec.ts')) {
  // the schema that editors use is made from the one that the code validates with
  const { writeTraceSchema } = await import('./test/tools/trace-schema.ts').catch(() => ({}));
  await writeTraceSchema?.('dist/trace.schema.json');
}
cpSync('node_modules/@vscode/codicons/dist/codicon.ttf', 'dist/webview/codicon.ttf');
if (watch) {
  for (const options of Object.values(builds)) await (await context(options)).watch();
  console.log('watching');
} else {
  const over = [];
  for (const [name, options] of Object.entries(builds)) {
    const { metafile } = await build(options);
    for (const [file, { bytes, imports }] of Object.entries(metafile.outputs)) {
      if (!/\.(c?js|css)$/.test(file)) continue;
      const whole =
        bytes + imports.filter((i) => i.kind === 'import-statement').reduce((sum, i) => sum + (metafile.outputs[i.path]?.bytes ?? 0), 0);
      const budget = budgets[file];
      console.log(
        `${name.padEnd(10)} ${file.padEnd(44)} ${(whole / 1000).toFixed(1).padStart(8)} kB${budget ? `  of ${budget / 1000}` : ''}`,
      );
      if (!dev && budget && whole > budget) over.push(file);
    }
  }
  if (over.length) {
    console.error(`over their size budget: ${over.join(', ')}`);
    process.exit(1);
  }
}
