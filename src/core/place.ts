import { applyPatch, parsePatch } from 'diff';
import type { Alignment } from './place/align.ts';
import { align, plainLine } from './place/align.ts';
import type { Definition } from './place/definitions.ts';
import { definitionsIn, indentOf, isAbove, outermost } from './place/definitions.ts';

/** What a file becomes with a piece of code in its place. */
export interface Placement {
  /** The whole file, line ends as before. */
  readonly text: string;
  /** How sure the place is, 0 to 1. */
  readonly score: number;
  /** Line from 0 at which the first change begins. */
  readonly line: number;
  /** False when the file says the same already. */
  readonly changes: boolean;
}

/** Below this, no place is better than a wrong one. */
const LEAST = 0.45;
/** Closing braces alone are found everywhere: this many lines that say something are wanted. */
const FEWEST = 0.6;
/** Two places that differ by less than this are one too many. */
const MARGIN = 0.04;
const LONGEST = 2_000_000;

/** "The rest stays": a comment or a line of dots that stands for code which is not repeated. */
const ELISION =
  /^\s*(?:\/\/|#|--|\/\*|<!--|\{\/\*)?\s*(?:\.{3,}|…)\s*(?:\*\/|-->|\*\/\})?\s*$|^\s*(?:\/\/|#|--|\/\*|<!--|\{\/\*)\s*(?:(?:\.{3}|…)|(?:rest|remainder)\b|existing\b|other\b.*\b(?:unchanged|as before)|(?:unchanged|same as before|as before)\b).*$/i;

/** Puts a piece of code where it most likely belongs in a file. Null when no place can be told. Any texts give a result. */
export function placeCode(file: string, code: string): Placement | null {
  if (file.length > LONGEST || code.length > LONGEST || code.trim() === '') return null;
  const patched = placePatch(file, code);
  if (patched !== undefined) return patched;
  const newline = file.includes('\r\n') ? '\r\n' : '\n';
  const lines = file.split(/\r?\n/);
  const piece = trimBlank(code.split(/\r?\n/));
  const edits = editsFor(lines, piece, 0, lines.length);
  if (edits === null) return null;
  const out = [...lines];
  for (const { from, to, lines: put } of [...edits.list].sort((a, b) => b.from - a.from)) out.splice(from, to - from, ...put);
  const text = out.join(newline);
  const line = out.findIndex((one, i) => one !== lines[i]);
  return { text, score: Math.min(1, edits.score), line: Math.max(0, line), changes: text !== lines.join(newline) };
}

/** A unified diff says itself where it belongs. Undefined when the code is none. */
function placePatch(file: string, code: string): Placement | null | undefined {
  if (!/^@@ -\d+/m.test(code)) return undefined;
  try {
    const [patch] = parsePatch(code);
    if (patch === undefined || patch.hunks.length === 0) return undefined;
    const text = applyPatch(file, patch, { fuzzFactor: 2, autoConvertLineEndings: true });
    if (text === false) return null;
    return { text, score: 1, line: Math.max(0, (patch.hunks[0]?.newStart ?? 1) - 1), changes: text !== file };
  } catch {
    return undefined;
  }
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}
interface Edits {
  readonly list: readonly Edit[];
  readonly score: number;
}

function editsFor(file: readonly string[], piece: readonly string[], from: number, to: number): Edits | null {
  const whole = wholeFile(file, piece, from, to);
  if (whole !== null) return whole;
  const named = byNames(file, piece, from, to);
  if (named !== null) return named;
  return piece.some((line) => ELISION.test(line)) ? byParts(file, piece, from, to) : bySimilarity(file, piece, from, to);
}

/** The piece is the file again: everything that the file defines is in it. */
function wholeFile(file: readonly string[], piece: readonly string[], from: number, to: number): Edits | null {
  if (from !== 0 || to !== file.length || piece.some((line) => ELISION.test(line))) return null;
  const defined = outermost(definitionsIn(file));
  const names = new Set(outermost(definitionsIn(piece)).map(({ name }) => name));
  if (defined.length < 2 || !defined.every(({ name }) => names.has(name))) return null;
  const found = align(file, piece);
  const first = file.findIndex((line) => line.trim() !== '');
  if (found === null || found.score < LEAST || found.from > first + 3) return null;
  const end = file.at(-1) === '' ? file.length - 1 : file.length;
  return { list: [{ from: 0, to: end, lines: piece }], score: found.score };
}

/** Each definition of the piece takes the place of the one of that name; what stands between them goes along. */
function byNames(file: readonly string[], piece: readonly string[], from: number, to: number): Edits | null {
  const units = unitsOf(piece);
  const theirs = definitionsIn(file, from, to);
  const list: Edit[] = [];
  let known = 0;
  /** Where new code goes that stands after something that was found. */
  let after: number | null = null;
  const waiting: (readonly string[])[] = [];
  for (const { lines, definition } of units) {
    const target = definition && bestNamed(file, theirs, definition, lines);
    if (target === 'unclear') return null;
    if (definition === null || target === null) {
      const fresh = lines.filter((line) => line.trim() !== '' && !ELISION.test(line));
      const there = new Set(file.slice(from, to).map(plainLine));
      if (fresh.every((line) => there.has(plainLine(line)))) continue;
      // a line of imports has its place above; other code that is new follows what it followed
      if (definition === null && fresh.every((line) => IMPORT.test(line) || there.has(plainLine(line)))) {
        const missing = fresh.filter((line) => !there.has(plainLine(line)));
        const at = file.slice(0, to).findLastIndex((line) => IMPORT.test(line)) + 1;
        list.push({ from: at, to: at, lines: missing });
      } else if (definition === null) return null;
      else if (after === null) waiting.push(lines);
      else
        list.push({ from: after, to: after, lines: ['', ...reindent(trimBlank(lines), definition.indent, file[after - 1] ?? '', file)] });
      continue;
    }
    const edits = replaceDefinition(file, target, lines, definition);
    if (edits === null) return null;
    known++;
    if (waiting.length > 0) {
      const at = aboveOf(file, target.at);
      for (const early of waiting.splice(0)) list.push({ from: at, to: at, lines: [...trimBlank(early), ''] });
    }
    list.push(...edits);
    after = target.to;
  }
  return known === 0 || overlap(list) ? null : { list, score: 0.9 };
}

const IMPORT = /^\s*(?:import\b|from\s+\S+\s+import\b|#include\b|use\s+[\w:]+|using\s+[\w.]+;|(?:const|var|let)\s+.*=\s*require\()/;

function overlap(list: readonly Edit[]): boolean {
  const sorted = [...list].sort((a, b) => a.from - b.from);
  return sorted.some(({ to }, i) => to > (sorted[i + 1]?.from ?? Infinity));
}

/** The piece cut into its outermost definitions, each with the comments above it, and what stands between them. */
function unitsOf(piece: readonly string[]): readonly { lines: readonly string[]; definition: Definition | null }[] {
  const units: { lines: readonly string[]; definition: Definition | null }[] = [];
  let done = 0;
  for (const definition of outermost(definitionsIn(piece))) {
    const start = Math.max(done, aboveOf(piece, definition.at));
    if (trimBlank(piece.slice(done, start)).length > 0) units.push({ lines: piece.slice(done, start), definition: null });
    units.push({ lines: piece.slice(start, definition.to), definition });
    done = definition.to;
  }
  if (trimBlank(piece.slice(done)).length > 0) units.push({ lines: piece.slice(done), definition: null });
  return units;
}

/** The first line of the comments and decorators right above a line. */
function aboveOf(lines: readonly string[], at: number): number {
  let first = at;
  while (first > 0 && isAbove(lines[first - 1] ?? '') && !ELISION.test(lines[first - 1] ?? '')) first--;
  return first;
}

/** The definition of that name; of several the one most like it, unless that cannot be told. Null when there is none. */
function bestNamed(
  file: readonly string[],
  theirs: readonly Definition[],
  { name, container }: Definition,
  lines: readonly string[],
): Definition | 'unclear' | null {
  const same = theirs.filter((one) => one.name === name && (!container || one.container));
  if (same.length <= 1) return same[0] ?? null;
  const rated = same.map((one) => ({ one, score: align(file, lines, one.at, one.to)?.score ?? 0 })).sort((a, b) => b.score - a.score);
  const [first, second] = rated;
  return first === undefined || (second !== undefined && first.score - second.score < MARGIN) ? 'unclear' : first.one;
}

function replaceDefinition(file: readonly string[], target: Definition, lines: readonly string[], own: Definition): readonly Edit[] | null {
  const at = aboveOf(
    lines,
    lines.findIndex((line) => !isAbove(line) || ELISION.test(line)),
  );
  const inner = (all: readonly string[], from: number, to: number): readonly Definition[] => outermost(definitionsIn(all, from, to));
  if (target.container) {
    const [mine, theirs] = [
      inner(lines, Math.max(at, 0) + headLength(lines, own) + 1, lines.length),
      inner(file, target.at + 1, target.to),
    ];
    const names = new Set(mine.map(({ name }) => name));
    // a class that is shown in part replaces no more than that part
    if (mine.length > 0 && theirs.some(({ name }) => !names.has(name))) {
      const body = lines.slice(mine[0] === undefined ? 0 : aboveOf(lines, mine[0].at), mine.at(-1)?.to);
      return byNames(file, body, target.at + 1, target.to)?.list ?? null;
    }
  }
  if (lines.some((line) => ELISION.test(line))) return byParts(file, lines, aboveOf(file, target.at), target.to)?.list ?? null;
  const commented = isAbove(lines.find((line) => line.trim() !== '') ?? '');
  const from = commented ? aboveOf(file, target.at) : target.at;
  return [{ from, to: target.to, lines: reindent(trimBlank(lines), own.indent, file[target.at] ?? '', file) }];
}

/** Lines above the definition itself in its unit. */
function headLength(lines: readonly string[], { name }: Definition): number {
  return Math.max(
    0,
    lines.findIndex((line) => !isAbove(line) && line.includes(name)),
  );
}

/** Parts between elisions find their places one after the other; what lies between stays. */
function byParts(file: readonly string[], piece: readonly string[], from: number, to: number): Edits | null {
  const list: Edit[] = [];
  let start = from;
  let score = 1;
  let part: string[] = [];
  for (const line of [...piece, '...']) {
    if (!ELISION.test(line)) {
      part.push(line);
      continue;
    }
    const lines = trimBlank(part);
    part = [];
    if (lines.length === 0) continue;
    const found = align(file, lines, start, to);
    if (found === null || found.score < LEAST * 0.6) return null;
    list.push(editOf(file, lines, found));
    start = found.to;
    score = Math.min(score, found.score);
  }
  return list.length === 0 || score < LEAST * 0.6 ? null : { list, score: Math.max(score, LEAST) };
}

function bySimilarity(file: readonly string[], piece: readonly string[], from: number, to: number): Edits | null {
  const found = align(file, piece, from, to);
  if (found === null || found.score < LEAST || found.found < FEWEST) return null;
  // the same lines a second time: the place is anybody's guess
  const others = [align(file, piece, from, found.from), align(file, piece, found.to, to)];
  if (others.some((other) => other !== null && found.score - other.score < MARGIN)) return null;
  return { list: [editOf(file, piece, found)], score: found.score };
}

function editOf(file: readonly string[], piece: readonly string[], { from, to, pairs }: Alignment): Edit {
  const [inFile, inPiece] = pairs[0] ?? [from, 0];
  return { from, to, lines: reindent(piece, indentOf(piece[inPiece] ?? ''), file[inFile] ?? '', file) };
}

/** Moves lines so that what stood at `indent` stands as `like` does, with tabs where the file has them. */
function reindent(lines: readonly string[], indent: number, like: string, file: readonly string[]): readonly string[] {
  const shift = indentOf(like) - indent;
  const tabs = file.some((line) => line.startsWith('\t'));
  const pieceTabs = lines.some((line) => line.startsWith('\t'));
  if (shift === 0 && tabs === pieceTabs) return lines;
  const unit = pieceTabs ? 4 : unitOf(lines);
  return lines.map((line) => {
    const body = line.trimStart();
    if (body === '') return '';
    const width = Math.max(0, indentOf(line) + (tabs ? 0 : shift));
    if (!tabs) return ' '.repeat(width) + body;
    const levels = Math.max(0, Math.round((indentOf(line) - indent) / unit) + Math.round(indentOf(like) / 4));
    return '\t'.repeat(levels) + body;
  });
}

/** Spaces of one level of indentation. */
function unitOf(lines: readonly string[]): number {
  let unit = 8;
  for (const line of lines) if (line.startsWith(' ') && line.trim() !== '') unit = Math.min(unit, indentOf(line));
  return unit < 2 ? 4 : unit;
}

function trimBlank(lines: readonly string[]): readonly string[] {
  let from = 0;
  let to = lines.length;
  while (from < to && (lines[from] ?? '').trim() === '') from++;
  while (to > from && (lines[to - 1] ?? '').trim() === '') to--;
  return lines.slice(from, to);
}
