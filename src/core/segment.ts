import { isSpace } from './segment-chars.ts';
import { closesLiteral, closesMath, opensLiteral, opensMath } from './segment-inline.ts';
import { AHEAD, cutsAtSpace, endsSpaceless, isBlock, isLegend, joinsLines } from './segment-rules.ts';

/** A stretch of text: UTF-16 offsets, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a growing text into steps: sentences, list items, headings, tables and fenced blocks.
 *
 * A cut at a place depends on `BEFORE` code units before it, `AHEAD` after it, and a few flags carried along: so it is
 * the same however the text arrived, and each code unit is looked at once.
 */
export interface Segmenter {
  push(text: string): void;
  end(): void;
  /** Finished spans, in order. Only ever appended to. */
  readonly spans: readonly Span[];
  /** The span that still grows; null when there is nothing but white space after the last finished one. */
  tail(): Span | null;
}

/** Code units that a rule may look back. */
const BEFORE = 64;
/** An inline code span or formula that is not closed within this many code units was none. */
const LONGEST_INLINE = 1200;
/** The same for a formula between dollar signs and for a string literal. */
const LONGEST_WEAK = 200;
/** A longer run of backticks is taken for several. */
const LONGEST_RUN = 10;

const NEWLINE = 10;
const BACKTICK = 96;
const TILDE = 126;
const BACKSLASH = 92;
const DOLLAR = 36;
const QUOTE = 34;
const APOSTROPHE = 39;
const HASH = 35;
const PIPE = 124;

/** What opened an inline span, other than a run of so many backticks. */
const PAREN = 0;
const MATH = -1;
const LITERAL = -2;
const ARGUMENT = -3;

export function createSegmenter(): Segmenter {
  const spans: Span[] = [];
  /** The text around the place being looked at; its first code unit has the offset `base`. */
  let buffer = '';
  let base = 0;
  /** Offset of the next code unit to look at, and of the end of the text. */
  let at = 0;
  let length = 0;
  /** The growing span: its first visible code unit (-1: none yet) and the end of its last one. */
  let start = -1;
  let last = 0;
  /** The first visible code unit of the growing span, which tells a table. */
  let first = 0;
  /** Offset after the last line feed. */
  let line = 0;
  /** A fenced block that is open: its character and how many of them. */
  let fenceChar = 0;
  let fenceRun = 0;
  /** The closing line of a fence is being passed over. */
  let fenceEnds = false;
  /** A formula set apart by `\[` or `$$` is open since this offset; -1: none. */
  let display = -1;
  let displayDollar = false;
  /** An inline span is open since this offset (-1: none): opened by a run of so many backticks, or by one of the above. */
  let inline = -1;
  let inlineRun = 0;
  /** The quotation mark that opened it. */
  let inlineQuote = 0;
  /** It goes over a line feed. */
  let inlineWrapped = false;
  /** Cuts inside it, which hold only if it turns out not to be closed: pairs of end and next start. */
  let held: number[] = [];
  /** Signs are passed over up to here. */
  let skip = 0;
  /** The first visible code unit of the line, if it is indented as code is (-1: not; -2: it is still to come). */
  let indented = -1;
  /** The step explains the signs of a formula. */
  let legend = false;

  const close = (end: number): void => {
    if (start >= 0) spans.push({ start, end });
    start = -1;
    legend = false;
  };

  /** The open inline span was none: the cuts inside it hold. */
  const giveUp = (): void => {
    for (let i = 0; i < held.length; i += 2) {
      spans.push({ start, end: held[i] ?? 0 });
      start = held[i + 1] ?? 0;
    }
    held = [];
    inline = -1;
  };

  const open = (by: number): void => {
    inline = at;
    inlineRun = by;
    inlineWrapped = false;
  };

  /** The open inline span ends before or at `at`: no cut inside it holds. */
  const shut = (): void => {
    held = [];
    inline = -1;
  };

  /** Cuts before `at`. */
  const cut = (): void => {
    if (inline < 0) close(last);
    else if (start >= 0 && held.at(-2) !== last) held.push(last, -1);
  };

  const run = (i: number, char: number): number => {
    let n = 0;
    while (n < LONGEST_RUN && buffer.charCodeAt(i + n) === char) n++;
    return n;
  };

  /** At the first code unit of a line: does a fence open, close, or does another block begin? */
  const lineStart = (i: number): void => {
    let j = i;
    while (j < i + 16 && (buffer.charCodeAt(j) === 32 || buffer.charCodeAt(j) === 9)) j++;
    const char = buffer.charCodeAt(j);
    const n = char === BACKTICK || char === TILDE ? run(j, char) : 0;
    if (fenceRun > 0) {
      fenceEnds = char === fenceChar && n >= fenceRun && isLineEnd(buffer, j + n, i + AHEAD);
      return;
    }
    indented = j >= i + 4 || buffer.charCodeAt(i) === 9 ? -2 : -1;
    if (n >= 3 && display < 0 && !(char === BACKTICK && hasBacktick(buffer, j + n, i + AHEAD))) {
      if (inline >= 0) giveUp();
      close(last);
      fenceChar = char;
      fenceRun = n;
      skip = base + j + n;
    }
  };

  const newline = (i: number): void => {
    const lineBefore = line;
    line = at + 1;
    if (fenceRun > 0) {
      if (fenceEnds) {
        fenceRun = 0;
        fenceEnds = false;
        close(last);
      }
      return;
    }
    if (display >= 0) {
      if (at - display > LONGEST_INLINE * 3) display = -1;
      else return;
    }
    if (start < 0) return;
    if (inline >= 0) {
      if (inlineRun < PAREN || inlineWrapped || endsParagraph(buffer, i)) giveUp();
      else inlineWrapped = true;
    }
    const facts = { last: last - base, first, width: at - lineBefore, indented: indented === start, legend };
    if (!joinsLines(buffer, i, facts)) cut();
    else if (!legend) legend = opensLegend(buffer, i);
  };

  const backticks = (i: number): number => {
    const n = run(i, BACKTICK);
    const opened = inline >= 0 && inlineRun === n;
    // a stray backtick in the line before, and here begins a span
    if (inline >= 0 && (inlineRun < PAREN || (opened && inlineWrapped && isSpace(buffer.charCodeAt(i - 1))))) {
      giveUp();
      open(n);
    } else if (inline < 0) open(n);
    else if (opened) shut();
    return n;
  };

  const dollar = (i: number): number => {
    const n = buffer.charCodeAt(i + 1) === DOLLAR ? 2 : 1;
    if (display >= 0) {
      if (n === 2 && displayDollar) display = -1;
    } else if (inline >= 0 && inlineRun !== MATH) return 1;
    else if (inline >= 0 && closesMath(buffer, i)) {
      shut();
      return 1;
    } else if (n === 2 || opensMath(buffer, i)) {
      if (inline >= 0) giveUp();
      if (n === 1) open(MATH);
      else {
        display = at;
        displayDollar = true;
      }
    }
    return n;
  };

  /** A backslash and what follows it. */
  const backslash = (i: number): void => {
    const next = buffer.charCodeAt(i + 1);
    if (display >= 0) {
      if (next === 93 && !displayDollar) display = -1;
    } else if (next === 91 && inline < 0) {
      display = at;
      displayDollar = false;
    } else if (next === 40 && inline < 0) open(PAREN);
    else if (next === 41 && inline >= 0 && inlineRun === PAREN) shut();
  };

  const quote = (i: number, char: number): void => {
    if (inline < 0) {
      const by = opensLiteral(buffer, i, ARGUMENT, LITERAL);
      if (by === 0) return;
      open(by);
      inlineQuote = char;
    } else if (inlineRun < MATH && inlineQuote === char)
      if (closesLiteral(buffer, i, inlineRun === ARGUMENT)) shut();
      else giveUp();
  };

  /** A sign that may open or close something. Returns how many code units are passed over. */
  const mark = (i: number, char: number): number => {
    if (char === BACKTICK) return backticks(i);
    if (char === DOLLAR) return dollar(i);
    if (char === BACKSLASH) {
      backslash(i);
      return 2;
    }
    if (display < 0) quote(i, char);
    return 1;
  };

  const visible = (i: number, char: number): void => {
    if (indented === -2) indented = char !== HASH && isBlock(buffer, i) ? -1 : at;
    if (start < 0) {
      start = at;
      first = char;
    }
    if (inline >= 0) {
      if (held.length > 0 && held.at(-1) === -1) held[held.length - 1] = at;
      if (at - inline > (inlineRun < PAREN ? LONGEST_WEAK : LONGEST_INLINE)) giveUp();
    }
    last = at + 1;
    if (fenceRun > 0 || at < skip) return;
    if (char === BACKTICK || char === BACKSLASH || char === DOLLAR || char === QUOTE || char === APOSTROPHE) {
      skip = at + mark(i, char);
      return;
    }
    if (display >= 0) return;
    if (endsSpaceless(buffer, i)) cut();
  };

  const step = (i: number): void => {
    const char = buffer.charCodeAt(i);
    if (at === line) lineStart(i);
    if (char === NEWLINE) newline(i);
    else if (!isSpace(char)) visible(i, char);
    else if (start >= 0 && fenceRun === 0 && display < 0 && last === at && first !== PIPE && cutsAtSpace(buffer, i, at - lineOf(i))) cut();
  };

  /** How far the growing span, or its line, began before the place `i`: what the rules take for the beginning. */
  const lineOf = (i: number): number => Math.max(held.at(-1) ?? start, line, base, at - i);

  const advance = (to: number): void => {
    for (; at < to; at++) step(at - base);
  };

  return {
    spans,
    push(text) {
      // long texts go through in pieces, so that the buffer stays small
      for (let i = 0; i < text.length; i += 65536) {
        const piece = text.length > 65536 ? text.slice(i, i + 65536) : text;
        const keep = Math.max(0, at - BEFORE);
        buffer = buffer.slice(keep - base) + piece;
        base = keep;
        length += piece.length;
        advance(length - AHEAD);
      }
    },
    end() {
      advance(length);
      if (inline >= 0) giveUp();
      close(last);
    },
    tail() {
      let from = start;
      // what was not looked at yet belongs to the growing span
      let end = last;
      for (let i = at; i < length; i++)
        if (!isSpace(buffer.charCodeAt(i - base))) {
          if (from < 0) from = i;
          end = i + 1;
        }
      return from < 0 ? null : { start: from, end };
    },
  };
}

/** Whether only spaces follow up to the line feed or the end of the text; what is at `limit` or beyond is not looked at. */
function isLineEnd(text: string, from: number, limit: number): boolean {
  let i = from;
  while (i < limit && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9 || text.charCodeAt(i) === 13)) i++;
  return i >= limit || i >= text.length || text.charCodeAt(i) === NEWLINE;
}

/** Whether the paragraph ends at the line feed at `i`: before an empty line or another block. */
function endsParagraph(text: string, i: number): boolean {
  let k = i + 1;
  while (k < i + 24 && (text.charCodeAt(k) === 32 || text.charCodeAt(k) === 9 || text.charCodeAt(k) === 13)) k++;
  return k >= text.length || text.charCodeAt(k) === NEWLINE || isBlock(text, k);
}

/** Whether an explanation of signs, as a list, begins behind the line feed at `i`. */
function opensLegend(text: string, i: number): boolean {
  let k = i + 1;
  while (k < i + 24 && isSpace(text.charCodeAt(k))) k++;
  return isLegend(text, k) && text.charCodeAt(k + 5) === 58 && isLineEnd(text, k + 6, i + AHEAD);
}

/** Whether another backtick follows on the line before `limit`. */
function hasBacktick(text: string, from: number, limit: number): boolean {
  for (let i = from; i < limit && i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === NEWLINE) return false;
    if (char === BACKTICK) return true;
  }
  return false;
}

/** The spans of a whole text. */
export function segment(text: string): readonly Span[] {
  const segmenter = createSegmenter();
  segmenter.push(text);
  segmenter.end();
  return segmenter.spans;
}
