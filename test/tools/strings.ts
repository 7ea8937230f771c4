import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { FAILURES } from '../../src/core/failures.ts';
import { FINDING_NAMES, GROUP_NAMES, TEXTS } from '../../src/core/picture/words.ts';
import { REASONS, SENTENCES } from '../../src/core/findings/sentences.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Functions whose first arguments are texts for the reader: how many of them, and from which argument on. */
const SPEAKING: Readonly<Record<string, readonly [from: number, count: number]>> = {
  'vscode.l10n.t': [0, 1],
  'l10n.t': [0, 1],
  t: [0, 1],
  count: [1, 2],
  say: [0, 1],
};

/** Every English text that host and view say to the reader, each once, sorted: the keys of the bundles in `l10n/`. */
export function spokenStrings(): string[] {
  // what findings and failures say is composed elsewhere, and read back by the view
  const found = new Set<string>([...Object.values(SENTENCES), ...Object.values(REASONS), ...Object.values(FAILURES)]);
  // and the picture, by whatever says it
  for (const table of [GROUP_NAMES, FINDING_NAMES, TEXTS]) for (const text of Object.values(table)) found.add(text);
  for (const room of ['host', 'webview']) {
    for (const entry of readdirSync(join(ROOT, 'src', room), { recursive: true, encoding: 'utf8' })) {
      if (/\.tsx?$/.test(entry)) collect(join(ROOT, 'src', room, entry), found);
    }
  }
  return [...found].sort();
}

function collect(file: string, found: Set<string>): void {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const texts = (node: ts.Expression | undefined): void => {
    if (node === undefined) return;
    if (ts.isStringLiteralLike(node)) found.add(node.text);
    // t(n === 1 ? 'one' : 'many')
    else if (ts.isConditionalExpression(node)) {
      texts(node.whenTrue);
      texts(node.whenFalse);
    }
    // names are parameters of the functions above: their texts are found where those are called
    else if (ts.isTemplateExpression(node) || ts.isBinaryExpression(node))
      throw new Error(`${file}: a text put together can't be translated: ${node.getText(source)}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const [from, count] = SPEAKING[node.expression.getText(source)] ?? [0, 0];
      for (let i = from; i < from + count; i++) texts(node.arguments[i]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

// `node test/tools/strings.ts` prints them as an empty bundle
if (process.argv[1] === import.meta.filename)
  console.log(JSON.stringify(Object.fromEntries(spokenStrings().map((text) => [text, text])), null, 2));
