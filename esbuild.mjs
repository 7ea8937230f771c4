// Builds everything that ships, and holds it to its size budgets. `node esbuild.mjs [--watch] [--dev]`
import { build, context } from 'esbuild';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

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

/** What is not needed to start is a bundle of its own, loaded when first used, so that starting VS Code does not pay for it. */
const LATER = {
  client: 'src/providers/client.ts',
  analyser: 'src/core/analyser.ts',
  codec: 'src/core/codec.ts',
  save: 'src/host/save.ts',
  picture: 'src/host/picture.ts',
  notes: 'src/host/notes.ts',
  apply: 'src/host/apply.ts',
  explain: 'src/host/explain.ts',
  project: 'src/host/project.ts',
  'pick-model': 'src/host/pick-model.ts',
};

const apart = {
  name: 'apart',
  setup(b) {
    b.onResolve({ filter: new RegExp(`/(${Object.keys(LATER).join('|')})\\.ts$`) }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${path.match(/([\w-]+)\.ts$/)[1]}.cjs`, external: true } : undefined,
    );
  },
};

/**
 * The shipped view can't write markup, not even by mistake: the two libraries that could get a property that holds text
 * in the place of the one that holds HTML. (Its policy of Trusted Types refuses such writes anyway.)
 */
const noMarkup = {
  name: 'no-markup',
  setup(b) {
    b.onLoad({ filter: /(preact\/dist\/preact\.mjs|highlight\.js\/lib\/core\.js)$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8')
        .replaceAll('dangerouslySetInnerHTML', 'refusedMarkup')
        .replaceAll(/\binnerHTML\b/g, 'textContent'),
      loader: 'js',
    }));
  },
};

/** How the view is built; its tests build it the same way. */
export const view = {
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
  plugins: [noMarkup],
};

const builds = {
  extension: { ...node, entryPoints: { extension: 'src/host/main-node.ts' }, outdir: 'dist', external: ['vscode'], plugins: [apart] },
  apart: {
    ...node,
    entryPoints: LATER,
    external: ['vscode'],
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
  },
  web: { ...web, format: 'cjs', entryPoints: { 'web/extension': 'src/host/main-web.ts' }, outdir: 'dist', external: ['vscode'] },
  view,
  cli: {
    ...node,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    plugins: [apart],
    banner: { js: '#!/usr/bin/env node' },
  },
};

/** Bytes that each output may have at most; a build over budget fails. */
const budgets = { 'dist/extension.js': 60_000, 'dist/webview/view.js': 150_000 };

/** The JSON Schema that editors use, made from the one that the code validates with. */
async function traceSchema() {
  const source = `
    import { toJsonSchema } from '@valibot/to-json-schema';
    import { TRACE_SCHEMA_URL, traceSchema } from './src/core/schema.ts';
    export const schema = { $id: TRACE_SCHEMA_URL, title: 'Reasoning trace', ...toJsonSchema(traceSchema, { errorMode: 'ignore' }) };`;
  const { outputFiles } = await build({ stdin: { contents: source, resolveDir: '.' }, bundle: true, write: false, format: 'esm' });
  const { schema } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
  return `${JSON.stringify(schema, null, 2)}\n`;
}

async function run() {
  if (!watch) rmSync('dist', { recursive: true, force: true });
  mkdirSync('dist/webview', { recursive: true });
  writeFileSync('dist/trace.schema.json', await traceSchema());
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
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run();
