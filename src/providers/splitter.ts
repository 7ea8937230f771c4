import type { Visibility } from '../core/events.ts';
import type { CodeContext } from './code-context.ts';
import { createCodeContext } from './code-context.ts';
import type { HarmonyReader } from './harmony.ts';
import { createHarmonyReader } from './harmony.ts';
import type { PartWriter, Target } from './parts.ts';
import type { TagFamily } from './tags.ts';
import { HARMONY_STARTS, partialMark, TAG_FAMILIES, TAG_START } from './tags.ts';

/** Takes the text that a server calls its answer and sets apart the reasoning that is in it. */
export interface Splitter {
  push(text: string): void;
  /** Decides what was held back, because something else follows (a tool call) or nothing more will come. */
  flush(): void;
  /** Reasoning arrived in a field of its own, so that marks in the answer are most likely words of the answer. */
  reasoningElsewhere(): void;
}

const ANSWER: Target = { kind: 'answer', visibility: 'raw' };
const OPENERS = TAG_FAMILIES.map((family) => family.open);
const CLOSERS = TAG_FAMILIES.map((family) => family.close);
const AT_START = [...OPENERS, ...CLOSERS, ...HARMONY_STARTS];
const ANYWHERE = [...OPENERS, ...CLOSERS];
const LONGEST = Math.max(...ANYWHERE.map((mark) => mark.length));

/**
 * A mark is taken at its word where the text begins, and inside reasoning. Amid the answer it may be a word like any other:
 * there it counts only outside of code and quotes, and where its surroundings look like a mark's (see `isOpener`, `isCloser`).
 * A closing mark whose opener never came makes reasoning of the answer before it (`retype`): chat templates that end in an
 * opening mark leave it out of the response.
 */
export function createSplitter(parts: PartWriter, visibility: Visibility = 'raw'): Splitter {
  const reasoning: Target = { kind: 'reasoning', visibility };
  let mode: 'start' | 'inside' | 'outside' | 'harmony' = 'start';
  let held = '';
  let family: TagFamily = { open: '', close: '' };
  let insideText = false;
  let lastInside = '';
  let blocks = 0;
  let elsewhere = false;
  // opening marks that were taken for words: their closing marks are words too, within the same code or on the same line
  let quotedInCode = 0;
  let quotedOnLine = -1;
  let harmony: HarmonyReader | null = null;
  let context = createCodeContext();

  const answer = (text: string) => {
    context.push(text);
    parts.write(ANSWER, text);
  };
  const think = (text: string) => {
    if (text === '') return;
    if (!insideText && /\S/.test(text)) insideText = true;
    lastInside = text.slice(-1);
    parts.write(reasoning, text);
  };
  const enter = (found: TagFamily) => {
    mode = 'inside';
    family = found;
    insideText = false;
    lastInside = '';
    // a second block is a thought of its own, and the answer after it begins anew
    if (parts.current()?.kind === 'reasoning') parts.close();
  };
  const leave = () => {
    mode = 'outside';
    blocks++;
    context = createCodeContext();
    quotedInCode = 0;
    quotedOnLine = -1;
  };

  /** Each of these handles the front of `text` and returns the rest, or null when it holds it back for more. */
  const start = (text: string, last: boolean): string | null => {
    const trimmed = text.trimStart();
    const found = AT_START.find((mark) => trimmed.startsWith(mark));
    if (found === undefined) {
      if (!last && (trimmed === '' || partialMark(trimmed, AT_START) === trimmed.length)) return null;
      mode = 'outside';
      return text;
    }
    const opener = TAG_FAMILIES.find(({ open }) => open === found);
    if (opener !== undefined) enter(opener);
    else if (CLOSERS.includes(found)) leave();
    else {
      mode = 'harmony';
      harmony = createHarmonyReader(parts);
      return trimmed;
    }
    return trimmed.slice(found.length);
  };
  const inside = (text: string, last: boolean): string | null => {
    // a template and its model may both write the opener
    const lead = insideText ? null : text.trimStart();
    if (lead?.startsWith(family.open)) {
      think(text.slice(0, text.length - lead.length));
      return lead.slice(family.open.length);
    }
    for (let at = text.indexOf(family.close); at >= 0; at = text.indexOf(family.close, at + 1)) {
      const before = at > 0 ? text.charAt(at - 1) : lastInside;
      const end = at + family.close.length;
      if (isQuote(before)) {
        if (end === text.length && !last) return hold(text, at, think);
        if (text.charAt(end) === before) continue;
      }
      think(text.slice(0, at));
      leave();
      return text.slice(end);
    }
    const marks = insideText ? [family.close] : [family.close, family.open];
    return hold(text, text.length - (last ? 0 : partialMark(text, marks)), think);
  };
  const outside = (text: string, last: boolean): string | null => {
    let from = 0;
    let scan = 0;
    for (;;) {
      const offset = text.slice(scan).search(TAG_START);
      if (offset < 0) return hold(text.slice(from), text.length - from, answer);
      const at = scan + offset;
      const mark = ANYWHERE.find((m) => text.startsWith(m, at));
      if (mark === undefined) {
        const rest = text.length - at > LONGEST ? '' : text.slice(at);
        if (!last && rest !== '' && partialMark(rest, ANYWHERE) === rest.length) return hold(text.slice(from), at - from, answer);
        scan = at + 1;
        continue;
      }
      const end = at + mark.length;
      answer(text.slice(from, at));
      // what a mark means is seen from the character after it
      if (end === text.length && !last) return holdAll(mark);
      const next = text.charAt(end);
      const opener = TAG_FAMILIES.find(({ open }) => open === mark);
      if (opener !== undefined) {
        if (isOpener(context, next, { elsewhere, blocks })) {
          enter(opener);
          return text.slice(end);
        }
        if (isCode(context)) quotedInCode++;
        else quotedOnLine = context.line();
      } else if (context.isBlank()) {
        // a closing mark with nothing before it is left over from reasoning that came by another way
        leave();
        return text.slice(end);
      } else if (quotedInCode > 0 && isCode(context)) quotedInCode--;
      else if (quotedOnLine === context.line()) quotedOnLine = -1;
      else if (isCloser(context, next, elsewhere || blocks > 0)) {
        if (parts.current()?.kind === 'answer') parts.retype('reasoning', visibility);
        leave();
        return text.slice(end);
      }
      answer(mark);
      from = scan = end;
    }
  };
  const hold = (text: string, at: number, write: (text: string) => void): null => {
    write(text.slice(0, at));
    return holdAll(text.slice(at));
  };
  const holdAll = (text: string): null => {
    held = text;
    return null;
  };
  const run = (text: string, last: boolean) => {
    let rest: string | null = text;
    while (rest !== null && rest !== '') {
      const before: string = rest;
      if (mode === 'harmony') {
        harmony?.push(rest);
        return;
      }
      rest = mode === 'start' ? start(rest, last) : mode === 'inside' ? inside(rest, last) : outside(rest, last);
      if (rest === null && mode === 'start') held = before;
    }
  };
  return {
    push(text) {
      if (text === '') return;
      if (held === '' && mode !== 'start' && mode !== 'harmony' && !TAG_START.test(text)) {
        if (mode === 'inside') think(text);
        else answer(text);
        return;
      }
      const whole = held + text;
      held = '';
      run(whole, false);
    },
    flush() {
      const rest = held;
      held = '';
      if (rest !== '') run(rest, true);
      harmony?.flush();
    },
    reasoningElsewhere() {
      elsewhere = true;
      // an opener with nothing after it, and then reasoning in its own field: the opener was a slip of the template
      if (mode === 'inside' && !insideText && blocks === 0) mode = 'outside';
    },
  };
}

function isCode(context: CodeContext): boolean {
  return context.inFence() || context.inInline();
}

function isQuote(char: string): boolean {
  return char === '`' || char === '"' || char === "'";
}

/** Whether an opening mark amid the answer begins reasoning. `next` is the character after it, '' at the end. */
function isOpener(context: CodeContext, next: string, seen: { elsewhere: boolean; blocks: number }): boolean {
  if (context.isBlank()) return true;
  if (seen.elsewhere || isCode(context) || isQuote(context.lastChar())) return false;
  if (context.lastChar() === '\n' && (next === '\n' || next === '\r')) return true;
  // prose goes on after the word ("the <think> tag", "<think>…</think>"); a thought begins with a letter or a line
  return seen.blocks > 0 && /[^\s.,;:!?)\]}`"'<…/]|[\r\n]/.test(next);
}

/** Whether a closing mark amid the answer ends reasoning. `next` is the character after it, '' at the end. */
function isCloser(context: CodeContext, next: string, reasoned: boolean): boolean {
  const before = context.lastChar();
  if (isQuote(before) && before === next) return false;
  const ownLine = before === '\n';
  const lineEnds = next === '' || next === '\n' || next === '\r';
  if (reasoned) return ownLine && lineEnds && !context.inFence();
  if (context.inFence() && !ownLine) return false;
  if (ownLine || lineEnds) return true;
  if (context.inInline()) return false;
  // "the </think> tag", "use </think>, then": a word among words
  return !(/\s/.test(before) && /[\s.,;:)]/.test(next)) || /[.!?:;。！？)]\s*$/.test(context.tail());
}
