// Builds everything that ships, and holds it to its size budgets. `node esbuild.mjs [--watch] [--dev]`
import { build, context } from 'esbuild';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

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
  'loop-guard': 'src/host/loop-guard.ts',
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
 * What was learned is large, so the package holds it once: `dist/webview/learned.js`, a module with one literal a line. The view
 * imports it; bundles for Node read the same file. The browser's extension host takes one file only: it reads the other one before
 * the analysis is first used (`src/host/main-web.ts`).
 */
const LEARNED = ['src/core/kinds/model-data.ts', 'src/core/signs/weights.ts'];
const learnedModule = /\/(kinds\/model-data|weights)\.ts$/;
const learnedFromFile = {
  name: 'learned-from-file',
  setup(b) {
    b.onLoad({ filter: learnedModule }, async ({ path }) => {
      const names = Object.keys(await evaluated(`export * from ${JSON.stringify(path)};`));
      const contents = `
        import { readFileSync } from 'node:fs';
        import { join } from 'node:path';
        const lines = readFileSync(join(__dirname, 'webview', 'learned.js'), 'utf8').split('\\n');
        const learned = (name) => {
          const start = 'export const ' + name + ' = ';
          return JSON.parse(lines.find((line) => line.startsWith(start)).slice(start.length, -1));
        };
        ${names.map((name) => `export const ${name} = learned('${name}');`).join('\n')}`;
      return { contents, loader: 'js', resolveDir: '.' };
    });
  },
};
const learnedBesideView = {
  name: 'learned-beside-view',
  setup(b) {
    b.onResolve({ filter: learnedModule }, () => ({ path: './learned.js', external: true }));
    b.onEnd(async () => {
      const { outdir, write } = b.initialOptions;
      if (write === false) return;
      const learned = await evaluated(LEARNED.map((file) => `export * from './${file}';`).join('\n'));
      const lines = Object.entries(learned).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`);
      writeFileSync(join(outdir, 'learned.js'), `${lines.join('\n')}\n`);
    });
  },
};
/** The worker that analyses for the view, and the browser's extension host, are given what was learned before the analysis is loaded. */
const learnedHeld = {
  name: 'learned-held',
  setup(b) {
    b.onLoad({ filter: learnedModule }, async ({ path }) => {
      const names = Object.keys(await evaluated(`export * from ${JSON.stringify(path)};`));
      return { contents: `export const { ${names.join(', ')} } = globalThis.reasoningInspectorLearned;`, loader: 'js' };
    });
  },
};
/** A webview may start a worker only from text that it holds, so the worker's program is put there as text. */
const workerAsText = {
  name: 'worker-as-text',
  setup(b) {
    b.onLoad({ filter: /\/webview\/analysis\/source\.ts$/ }, async ({ path }) => {
      const { outputFiles, metafile } = await build({
        ...web,
        format: 'iife',
        entryPoints: [path.replace(/source\.ts$/, 'worker.ts')],
        sourcemap: dev ? 'inline' : false,
        write: false,
        plugins: [learnedHeld],
      });
      const contents = `export const SOURCE = ${JSON.stringify(outputFiles[0].text)};`;
      return { contents, loader: 'js', watchFiles: Object.keys(metafile.inputs).map((file) => resolve(file)) };
    });
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

/** Of the icon font the view gets the glyphs that it draws, a fiftieth of the whole. */
const usedGlyphs = {
  name: 'used-glyphs',
  setup(b) {
    b.onLoad({ filter: /codicon\.ttf$/ }, async ({ path }) => {
      const { GLYPHS } = await evaluated(`export { GLYPHS } from './src/webview/view/icon.tsx';`);
      return { contents: await subsetFont(readFileSync(path), Object.values(GLYPHS).join('')), loader: 'file' };
    });
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
  plugins: [noMarkup, usedGlyphs, learnedBesideView, workerAsText],
};

const builds = {
  extension: {
    ...node,
    entryPoints: { extension: 'src/host/main-node.ts' },
    outdir: 'dist',
    external: ['vscode'],
    plugins: [apart, learnedFromFile],
  },
  apart: {
    ...node,
    entryPoints: LATER,
    external: ['vscode'],
    plugins: [learnedFromFile],
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
  },
  web: {
    ...web,
    format: 'cjs',
    entryPoints: { 'web/extension': 'src/host/main-web.ts' },
    outdir: 'dist',
    external: ['vscode'],
    plugins: [learnedHeld],
  },
  view,
  cli: {
    ...node,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    plugins: [apart, learnedFromFile],
    banner: { js: '#!/usr/bin/env node' },
  },
};

/** Bytes that each output may have at most; a build over budget fails. */
const budgets = { 'dist/extension.js': 60_000, 'dist/webview/view.js': 150_000 };

/** What a piece of TypeScript exports, whatever this Node knows of TypeScript. */
async function evaluated(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: '.' },
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  return await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

/** The JSON Schema that editors use, made from the one that the code validates with. */
async function traceSchema() {
  const source = `
    import { toJsonSchema } from '@valibot/to-json-schema';
    import { TRACE_SCHEMA_URL, traceSchema } from './src/core/schema.ts';
    export const schema = { $id: TRACE_SCHEMA_URL, title: 'Reasoning trace', ...toJsonSchema(traceSchema, { errorMode: 'ignore' }) };`;
  const { schema } = await evaluated(source);
  return `${JSON.stringify(schema, null, 2)}\n`;
}

async function run() {
  if (!watch) rmSync('dist', { recursive: true, force: true });
  mkdirSync('dist/webview', { recursive: true });
  writeFileSync('dist/trace.schema.json', await traceSchema());
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
