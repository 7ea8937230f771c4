/**
 * What a text says about the files and symbols of a project, so that it can be held against the project itself. Only what
 * is said plainly is taken: a path with a file's ending, and a name in backticks that is called, or placed in a file by
 * the same sentence. Whether it is true is for the host to find out.
 */
export interface Claim {
  /** UTF-16 offsets of the mention, backticks apart. */
  readonly start: number;
  readonly end: number;
  /** The path as written, without a line number. For a symbol, the file that the sentence places it in. */
  readonly file: string | null;
  /** Line as written after the path, from 1. */
  readonly line: number | null;
  /** The last name of a dotted symbol, without parentheses; null for a file. */
  readonly symbol: string | null;
  /** Whether the sentence itself says that the thing is to be made ("add a helper `f()`"), so that its absence is no news. */
  readonly proposed: boolean;
  /** Whether the name belongs to a language or its standard library (`Math.min`), so that no project holds it. */
  readonly ofLanguage: boolean;
}

const ENDINGS =
  'tsx?|jsx?|mjs|cjs|mts|cts|py|rb|go|rs|java|kt|kts|swift|c|h|cc|cpp|hpp|cs|php|scala|vue|svelte|sql|sh|json|ya?ml|toml|md|html|css|scss|gradle|ex|exs|erl|hs|lua|dart|proto|tf';

/** A path with an ending that source files have, and perhaps a line; not a part of an address or of a longer name. */
const FILE = new RegExp(
  `(?<![\\w/.@:-])((?:[\\w@.-]{1,60}/){0,12}[\\w-][\\w.-]{0,60}\\.(?:${ENDINGS}))(?::(\\d{1,6}))?(?![\\w/-]|\\.\\w)`,
  'g',
);

/** A name in backticks: with dots, and perhaps with parentheses. */
const SYMBOL = /`((?:[A-Za-z_$][\w$]{0,60}[.#]|::){0,6}[A-Za-z_$][\w$]{1,60})(\([^`\n]{0,60}\))?`/g;

/** What a dotted name may begin with that no project defines: built-in objects and standard modules that are spoken of most. */
const OF_LANGUAGE = new Set(
  `Array Atomics BigInt Boolean Date Error Function Infinity Intl JSON Map Math NaN Number Object Promise Proxy Reflect RegExp Set String Symbol
  WeakMap WeakSet console crypto document globalThis navigator performance process window
  asyncio collections datetime functools itertools json logging math os pathlib random re sys time typing
  fmt strings strconv errors std Arrays Collections Integer List Objects Optional Stream System`.split(/\s+/),
);

/** What announces that something is going to be made. */
const MAKING =
  /\b(?:add|adding|create|creating|introduce|introducing|define|defining|write|writing|extract|extracting|new|call it|named?|rename|would be|could be|e\.g\.|such as|like)\b/i;

/** The claims of a text, in order. `spans` are its sentences, as UTF-16 offsets; what stands in fenced code is no claim. */
export function claimsOf(text: string, spans: readonly { readonly start: number; readonly end: number }[]): Claim[] {
  const claims: Claim[] = [];
  for (const { start, end } of spans) {
    const sentence = text.slice(start, Math.min(end, start + 4000));
    if (/^\s*(?:```|~~~)/.test(sentence)) continue;
    const proposed = MAKING.test(sentence);
    const files = Array.from(sentence.matchAll(FILE), (match) => ({ at: match.index, path: match[1] ?? '', line: match[2] }));
    for (const { at, path, line } of files) {
      claims.push({
        start: start + at,
        end: start + at + path.length,
        file: path,
        line: line === undefined ? null : Number(line),
        symbol: null,
        proposed,
        ofLanguage: false,
      });
    }
    for (const match of sentence.matchAll(SYMBOL)) {
      const [, name = '', call] = match;
      const symbol = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('#'), name.lastIndexOf(':')) + 1);
      const inFile = fileBeside(sentence, match.index + match[0].length, files);
      // a bare word in backticks may be anything: a value, a keyword, a flag
      if (call === undefined && inFile === null) continue;
      if (files.some(({ path }) => path.endsWith(name))) continue;
      claims.push({
        start: start + match.index + 1,
        end: start + match.index + 1 + name.length,
        file: inFile,
        line: null,
        symbol,
        proposed,
        ofLanguage: OF_LANGUAGE.has(name.split(/[.#:]/)[0] ?? ''),
      });
    }
  }
  return claims.sort((a, b) => a.start - b.start);
}

/** The file that follows a symbol as its place: "`f()` in `src/a.ts`". */
function fileBeside(sentence: string, after: number, files: readonly { at: number; path: string }[]): string | null {
  const next = files.find(({ at }) => at >= after);
  return next !== undefined &&
    /^\s*(?:method|function|class|helper|from|in|inside|of|defined|is|the|file|exported|by|\(|`|\s){1,8}$/i.test(
      sentence.slice(after, next.at),
    )
    ? next.path
    : null;
}

/** Names that a code block declares or assigns: what an answer brings along need not exist yet. */
export function declaredIn(text: string): Set<string> {
  const names = new Set<string>();
  for (const [block] of text.matchAll(/(?:```|~~~)[\s\S]*?(?:```|~~~|$)/g)) {
    for (const [, name] of block.matchAll(
      /\b(?:function|class|def|fn|func|const|let|var|interface|type|struct|enum|fun|val)\s+\*?([A-Za-z_$][\w$]*)/g,
    ))
      if (name) names.add(name);
    for (const [, name] of block.matchAll(
      /^\s*(?:(?:public|private|protected|static|async|export|override)\s+)*([A-Za-z_$][\w$]*)\s*\([^)]*\)\s*(?::[^{;]+)?\{/gm,
    ))
      if (name) names.add(name);
  }
  return names;
}
