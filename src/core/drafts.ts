import { blocksOf } from './blocks.ts';
import type { StepFacts } from './step-facts.ts';

/** A line of code that the reasoning wrote last in one way, and that stands in the answer in another. UTF-16 offsets. */
export interface ChangedLine {
  readonly step: number;
  /** Into the reasoning. */
  readonly draft: Place;
  /** Into the answer. */
  readonly answer: Place;
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Line extends Place {
  readonly tokens: readonly string[];
}

interface Draft extends Line {
  readonly step: number;
}

/** Lines of drafts, the last ones, and of the answer that are compared: each with each. */
const DRAFTS = 600;
const LINES = 300;
/** Two lines are one and its other form when they share at least so much of their tokens, at both ends of one difference. */
const ALIKE = 0.7;
const FEWEST_TOKENS = 4;
const MOST_TOKENS = 60;

const TOKEN = /[A-Za-z_]\w*|\d+(?:\.\d+)?|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s\w]/g;
const COMMENT = /\s(?:#(?!!)|\/\/).*$/;
const CODE = /[=(){}[\];]|->|\bimport\b|\breturn\b|^@|:$/;
const PROSE = /[a-z]+ [a-z]+ [a-z]+ [a-z]+/;
const IN_TICKS = /`([^`\n]{4,200})`/g;

/** What a message says may be worded anew; what it is called by the code may not. */
const MESSAGE = /^(?:raise|throw|print|console|log|logger|logging|assert|msg|message)\b/;
const DECLARES = /^(?:class|def|function|import|from|use|fn|func)\b/;

/**
 * Lines of the answer's code that differ from the last draft of the same line in one place that matters: a name that is called, a
 * literal, an operator, the owner of a name, a semicolon at the end of the one line that the answer is. Lines that were drafted
 * exactly so after all others, that the prompt gives, or that have more than one other form are left out.
 */
export function changedLines(facts: readonly StepFacts[], answer: string, prompt: string): readonly ChangedLine[] {
  const lines = answerLines(answer);
  if (lines.length === 0) return [];
  const keyOf = ({ tokens }: Line): string => tokens.join(' ');
  const kept = new Set(lines.map(keyOf));
  const given = new Set(prompt.split('\n').map((text) => tokensOf(text).join(' ')));
  const lastSame = new Map<string, number>();
  const others: Draft[] = [];
  for (const draft of draftsOf(facts)) {
    const key = keyOf(draft);
    if (kept.has(key)) lastSame.set(key, draft.start);
    else if (!given.has(key)) others.push(draft);
  }
  const changed: (ChangedLine & { readonly key: string })[] = [];
  for (const line of lines) {
    const since = lastSame.get(keyOf(line));
    let last: Draft | null = null;
    let most = 0;
    for (const draft of others) {
      // where the line was drafted just so, only a later draft of the same target speaks against it
      if (since !== undefined && (draft.start < since || targetOf(draft) !== targetOf(line))) continue;
      const likeness = alike(draft.tokens, line.tokens);
      if (likeness < ALIKE || likeness < most - 0.05) continue;
      last = draft;
      most = Math.max(most, likeness);
    }
    if (last !== null && matters(last, line, { only: lines.length === 1, revised: since !== undefined }))
      changed.push({ step: last.step, draft: placeOf(last), answer: placeOf(line), key: keyOf(last) });
  }
  // a draft that is like several lines is the other form of none
  const times = new Map<string, number>();
  for (const { key } of changed) times.set(key, (times.get(key) ?? 0) + 1);
  return changed.filter(({ key }) => times.get(key) === 1).map(({ step, draft, answer }) => ({ step, draft, answer }));
}

const placeOf = ({ start, end, text }: Line): Place => ({ start, end, text });

function tokensOf(line: string): readonly string[] {
  const tokens = line.replace(COMMENT, '').match(TOKEN) ?? [];
  // how a string is quoted is no difference
  return tokens.map((token) => (/^['"]./.test(token) ? `"${token.slice(1, -1)}"` : token));
}

function linesOf(text: string, offset: number): Line[] {
  const lines: Line[] = [];
  let at = offset;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const start = at + raw.length - raw.trimStart().length;
    at += raw.length + 1;
    if (!CODE.test(line) || PROSE.test(line.replace(/"[^"]*"|'[^']*'/g, '')) || line.startsWith('```')) continue;
    const tokens = tokensOf(line);
    if (tokens.length >= FEWEST_TOKENS && tokens.length <= MOST_TOKENS) lines.push({ start, end: start + line.length, text: line, tokens });
  }
  return lines;
}

/** The code of the answer: what is in its fences; all of it when it has none and each of its lines is code. */
function answerLines(answer: string): readonly Line[] {
  const code = blocksOf(answer).filter(({ kind }) => kind === 'code');
  if (code.length > 0) return code.flatMap(({ start, end }) => linesOf(answer.slice(start, end), start)).slice(0, LINES);
  const lines = linesOf(answer, 0);
  return lines.length === answer.split('\n').filter((line) => line.trim() !== '').length ? lines.slice(0, LINES) : [];
}

function draftsOf(facts: readonly StepFacts[]): readonly Draft[] {
  const drafts: Draft[] = [];
  for (let step = facts.length - 1; step >= 0 && drafts.length < DRAFTS; step--) {
    const { text, start, fenced } = facts[step] as StepFacts;
    const ticked = fenced ? [] : [...text.matchAll(IN_TICKS)].flatMap(({ index, 1: inside = '' }) => linesOf(inside, start + index + 1));
    const lines = ticked.length > 0 ? ticked : linesOf(text, start);
    for (const line of lines.reverse()) drafts.push({ ...line, step });
  }
  return drafts.reverse();
}

/** What a line assigns to, or the word that it begins with. */
function targetOf({ tokens }: Line): string {
  const i = tokens.indexOf('=');
  return i > 0 && tokens[i + 1] !== '=' && !tokens.slice(0, i).includes('(') ? tokens.slice(0, i).join(' ') : (tokens[0] ?? '');
}

/** Tokens that two lines share before and after the one place in which they differ, as a share of all. */
function alike(a: readonly string[], b: readonly string[]): number {
  const { before, after } = sharedEnds(a, b);
  return (2 * (before + after)) / (a.length + b.length);
}

function sharedEnds(a: readonly string[], b: readonly string[]): { before: number; after: number } {
  const most = Math.min(a.length, b.length);
  let before = 0;
  while (before < most && a[before] === b[before]) before++;
  let after = 0;
  while (after < most - before && a[a.length - 1 - after] === b[b.length - 1 - after]) after++;
  return { before, after };
}

const isName = (token = ''): boolean => /^[A-Za-z_]/.test(token);
const isOperator = (token: string): boolean => /^[<>=!+\-*/%&|]$/.test(token);

interface Circumstances {
  /** The answer has no other line of code. */
  readonly only: boolean;
  /** The reasoning had it as the answer has it, and wrote it anew. */
  readonly revised: boolean;
}

/** Whether the one difference changes what the line does; another name for a variable of one's own does not. */
function matters(draft: Line, line: Line, { only, revised }: Circumstances): boolean {
  const { before, after } = sharedEnds(draft.tokens, line.tokens);
  const gone = draft.tokens.slice(before, draft.tokens.length - after);
  const come = line.tokens.slice(before, line.tokens.length - after);
  const previous = draft.tokens[before - 1];
  const next = draft.tokens[draft.tokens.length - after];
  const [was = '', is = ''] = [gone[0], come[0]];
  if (only && gone.join('') === ';' && come.length === 0) return after === 0;
  if (gone.length + come.length <= 2 && [...gone, ...come].every(isOperator)) return true;
  if (gone.length === 1 && come.length === 1) {
    if (was.startsWith('"') && is.startsWith('"')) return revised || (!MESSAGE.test(line.text) && shareWords(was, is));
    if (/^\d/.test(was) && /^\d/.test(is)) return true;
    if (isName(was) && isName(is)) return (next === '(' || previous === '.') && line.tokens.length > 6 && !DECLARES.test(line.text);
  }
  // `module.name` and `name`; `super().name` and `self.name`
  if (come.length === 0) return gone.length === 2 && ((isName(was) && gone[1] === '.') || (was === '.' && isName(gone[1]) && next !== '('));
  return gone.length === 3 && come.length === 1 && isName(was) && gone[1] === '(' && isName(is);
}

function shareWords(a: string, b: string): boolean {
  const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
  const known = new Set(words(a));
  const of = words(b);
  return known.size === 0 || of.length === 0 || 2 * of.filter((word) => known.has(word)).length >= Math.min(known.size, of.length);
}
