/** Finds what lines of code define and how far it goes, in any language with braces or indentation, by form alone. */

/** Something that lines define. Line numbers count from 0; `to` is the line after its last. */
export interface Definition {
  readonly name: string;
  /** Its first line, comments and decorators above it left out. */
  readonly at: number;
  readonly to: number;
  /** Holds others, as a class does. */
  readonly container: boolean;
  readonly indent: number;
}

const MODIFIERS =
  '(?:(?:export|default|declare|public|private|protected|internal|static|async|abstract|override|readonly|final|inline|virtual|unsafe|open|pub(?:\\([^)]*\\))?)\\s+)*';
const NAMED = new RegExp(
  `^\\s*${MODIFIERS}(class|interface|enum|struct|trait|namespace|module|function\\*?|def|fn|func|fun|type|const|let|var)\\s+(?:\\([^)]*\\)\\s*)?([A-Za-z_$][\\w$]*)`,
);
const IMPL = /^\s*impl\b[^{]*?\b([A-Za-z_]\w*)\s*(?:<[^{]*>)?\s*\{/;
/** A method, or a function as C and Java write it: a name and parentheses at the start of a block. */
const METHOD = new RegExp(
  `^\\s*${MODIFIERS}(?:get\\s+|set\\s+|\\*\\s*)?(?:[A-Za-z_][\\w<>\\[\\],:*&?]*\\s+[*&]?)?([#~]?[A-Za-z_$][\\w$]*)\\s*(?:<[^(]*>)?\\([^;]*$`,
);
const NOT_METHODS = new Set([
  'if',
  'for',
  'while',
  'switch',
  'catch',
  'return',
  'function',
  'with',
  'do',
  'else',
  'await',
  'throw',
  'new',
  'typeof',
  'elif',
  'except',
  'assert',
  'print',
  'super',
  'this',
  'match',
  'yield',
  'in',
  'case',
]);
const CONTAINERS = new Set(['class', 'interface', 'struct', 'trait', 'namespace', 'module', 'enum']);

export function indentOf(line: string): number {
  let width = 0;
  for (const char of line) {
    if (char === ' ') width++;
    else if (char === '\t') width += 4;
    else break;
  }
  return width;
}

/** A comment, a decorator or an attribute: what may stand above a definition and belongs to it. */
export function isAbove(line: string): boolean {
  return /^\s*(?:\/\/|\/\*|\*|#|@|\[\w|"""|--)/.test(line) && !/^\s*#\s*(?:include|define|if|endif|pragma)\b/.test(line);
}

/** The definitions in `lines` from `from` up to `to`, those inside others included, in order. */
export function definitionsIn(lines: readonly string[], from = 0, to = lines.length): readonly Definition[] {
  const found: Definition[] = [];
  for (let at = from; at < to; at++) {
    const line = lines[at] ?? '';
    if (isAbove(line) || line.length > 400) continue;
    const named = NAMED.exec(line);
    const impl = named === null ? IMPL.exec(line) : null;
    const method = named === null && impl === null ? METHOD.exec(line) : null;
    const name = named?.[2] ?? impl?.[1] ?? method?.[1];
    if (name === undefined || (method !== null && (NOT_METHODS.has(name) || !opensBlock(lines, at, to)))) continue;
    const end = Math.min(to, endOf(lines, at));
    // a plain variable inside a function is no place to look for
    if (/^(?:const|let|var)$/.test(named?.[1] ?? '') && indentOf(line) > 0) continue;
    found.push({ name, at, to: end, container: impl !== null || CONTAINERS.has(named?.[1] ?? ''), indent: indentOf(line) });
  }
  return found;
}

/** Those that are not inside another one of them. */
export function outermost(definitions: readonly Definition[]): readonly Definition[] {
  const out: Definition[] = [];
  for (const definition of definitions) if (definition.at >= (out.at(-1)?.to ?? 0)) out.push(definition);
  return out;
}

function opensBlock(lines: readonly string[], at: number, to: number): boolean {
  const { depth, text } = headOf(lines, at, to);
  return depth === 0 && /(?:\{|=>)\s*(?:\/\/.*)?$|\{.*\}\s*,?\s*$/.test(text);
}

/** The lines of a definition up to where its parentheses are closed, at most eight. */
function headOf(lines: readonly string[], at: number, to: number): { depth: number; text: string; last: number } {
  let depth = 0;
  for (let i = at; i < Math.min(to, at + 8); i++) {
    const line = bare(lines[i] ?? '');
    for (const char of line) depth += char === '(' || char === '[' ? 1 : char === ')' || char === ']' ? -1 : 0;
    if (depth <= 0) return { depth: 0, text: line.trimEnd(), last: i };
  }
  return { depth, text: '', last: at };
}

/** A line without its strings and comments, as well as that can be told from the line alone. */
function bare(line: string): string {
  return line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g, '""').replace(/\/\/.*$|\/\*.*?\*\//g, '');
}

/** The line after the last of the block that begins at a line. */
export function endOf(lines: readonly string[], at: number): number {
  const { last, text } = headOf(lines, at, lines.length);
  const next = bare(lines[last + 1] ?? '').trim();
  const closed = closedBelow(lines, at, last);
  if (closed !== null) return closed;
  const braces = text.includes('{') || (next === '{' && !text.endsWith(';') && !text.endsWith(':'));
  if (!braces && /[;,]$/.test(text)) return last + 1;
  if (braces) {
    let depth = 0;
    let opened = false;
    for (let i = at; i < lines.length; i++) {
      for (const char of bare(lines[i] ?? '')) {
        if (char === '{') opened = true;
        if (char === '{' || char === '(' || char === '[') depth++;
        else if (char === '}' || char === ')' || char === ']') depth--;
      }
      if (opened && depth <= 0) return i + 1;
    }
    return lines.length;
  }
  const indent = indentOf(lines[at] ?? '');
  let end = last + 1;
  for (let i = last + 1; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.trim() === '') continue;
    if (indentOf(line) <= indent) break;
    end = i + 1;
  }
  return end;
}

/**
 * The line after the closing bracket that stands right below the beginning of a block, all between being further in: how
 * formatted code looks, whatever brackets its strings and patterns hold. Null when the code is not formatted so.
 */
function closedBelow(lines: readonly string[], at: number, last: number): number | null {
  const opening = bare(lines[last] ?? '').trimEnd();
  const allman = bare(lines[last + 1] ?? '').trim() === '{';
  if (!allman && !/[{([]$/.test(opening) && !/[{([]$/.test(bare(lines[at] ?? '').trimEnd())) return null;
  const indent = indentOf(lines[at] ?? '');
  for (let i = last + (allman ? 2 : 1); i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.trim() === '' || indentOf(line) > indent) continue;
    return indentOf(line) === indent && /^\s*[})\]]/.test(line) ? i + 1 : null;
  }
  return null;
}
