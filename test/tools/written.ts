import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { KINDS } from '../../src/core/analysis.ts';
import type { Kind } from '../../src/core/analysis.ts';

/** A chain of thought with what each of its steps does; offsets are UTF-16 code units into `reasoning`. */
export interface WrittenChain {
  readonly id: string;
  readonly prompt: string;
  readonly reasoning: string;
  readonly answer: string;
  readonly segments: readonly { readonly start: number; readonly end: number; readonly kind: Kind }[];
  /** Indices of the steps at which phases begin. */
  readonly phases: readonly number[];
  /** Indices of the steps at which the argument turns. */
  readonly branches: readonly number[];
}

const FORM = /^MODEL (?:.*)\nPROMPT\n([^]*?)\nREASONING\n([^]*?)\nANSWER\n([^]*)$/;
const STEP = /^\[(\w+) ([pns])((?: BRANCH| PHASE="[^"]*")*)\] ?(.*)$/;
const GAPS: Readonly<Record<string, string>> = { p: '\n\n', n: '\n', s: ' ' };

/** The chains of a folder whose form `chains/README.md` tells. Throws on a file of another form. */
export function readWritten(folder: string): WrittenChain[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => parseWritten(name.slice(0, -'.txt'.length), readFileSync(join(folder, name), 'utf8')));
}

export function parseWritten(id: string, text: string): WrittenChain {
  const [, prompt = '', steps = '', answer = ''] = FORM.exec(text.replace(/\r/g, '')) ?? [];
  if (steps === '') throw new Error(`${id}: MODEL, PROMPT, REASONING and ANSWER are not all there.`);
  const segments: { kind: Kind; gap: string; text: string }[] = [];
  const phases: number[] = [];
  const branches: number[] = [];
  let fenced = false;
  for (const line of steps.split('\n')) {
    const found: readonly string[] = fenced ? [] : (STEP.exec(line) ?? []);
    const [, kind = '', gap = '', marks = '', rest = ''] = found;
    if (kind === '') {
      const last = segments.at(-1);
      if (last === undefined) throw new Error(`${id}: the reasoning does not begin with a step.`);
      last.text += '\n' + line;
      if (/^\s*(?:```|~~~)\s*$/.test(line)) fenced = false;
      continue;
    }
    if (!isKind(kind)) throw new Error(`${id}: there is no kind '${kind}'.`);
    if (marks.includes('PHASE=')) phases.push(segments.length);
    if (marks.includes('BRANCH')) branches.push(segments.length);
    segments.push({ kind, gap: GAPS[gap] ?? ' ', text: rest });
    fenced = /^\s*(?:[-*>]\s+)?(?:```|~~~)/.test(rest) && !/```.*```/.test(rest);
  }
  let reasoning = '';
  const spans = segments.map(({ kind, gap, text: own }) => {
    if (reasoning !== '') reasoning += gap;
    const start = reasoning.length;
    reasoning += own.trim();
    return { start, end: reasoning.length, kind };
  });
  return { id, prompt, reasoning, answer: answer.trim(), segments: spans, phases, branches };
}

function isKind(text: string): text is Kind {
  return (KINDS as readonly string[]).includes(text);
}
