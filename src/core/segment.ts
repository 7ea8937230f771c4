import { cutsAtSpace, isCjkEnd, isCloser, isSpace, joinsLines } from './segment-rules.ts';

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

/** Code units that a rule may look back and ahead. */
const BEFORE = 64;
const AHEAD = 40;
/** An inline code span or formula that is not closed within this many code units was none. */
const LONGEST_INLINE = 1200;
/** A longer run of backticks is taken for several. */
const LONGEST_RUN = 10;

const NEWLINE = 10;
const BACKTICK = 96;
const TILDE = 126;
const BACKSLASH = 92;
const DOLLAR = 36;
const PIPE = 124;

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
  /** An inline span is open since this offset (-1: none) and is closed by a run of so many backticks; 0: by `\)`. */
  let inline = -1;
  let inlineRun = 0;
  /** Cuts inside it, which hold only if it turns out not to be closed: pairs of end and next start. */
  let held: number[] = [];
  /** Backticks are passed over up to here. */
  let skip = 0;

  const close = (end: number): void => {
    if (start >= 0) spans.push({ start, end });
    start = -1;
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
    if (inline >= 0) giveUp();
    if (!joinsLines(buffer, i, last - base, first, at - Math.max(lineBefore, start))) close(last);
  };

  /** A backtick run or a backslash or dollar that may open or close something. Returns how many code units it is long. */
  const mark = (i: number, char: number): number => {
    if (char === BACKTICK) {
      const n = run(i, BACKTICK);
      if (inline < 0) {
        inline = at;
        inlineRun = n;
      } else if (inlineRun === n) {
        held = [];
        inline = -1;
      }
      return n;
    }
    const next = buffer.charCodeAt(i + 1);
    if (char === DOLLAR) {
      if (next !== DOLLAR || inline >= 0) return 1;
      if (display < 0) {
        display = at;
        displayDollar = true;
      } else if (displayDollar) display = -1;
      return 2;
    }
    if (next === 91 && display < 0 && inline < 0) {
      display = at;
      displayDollar = false;
    } else if (next === 93 && display >= 0 && !displayDollar) display = -1;
    else if (next === 40 && inline < 0 && display < 0) {
      inline = at;
      inlineRun = 0;
    } else if (next === 41 && inline >= 0 && inlineRun === 0) {
      held = [];
      inline = -1;
    }
    return 2;
  };

  const visible = (i: number, char: number): void => {
    if (start < 0) {
      start = at;
      first = char;
    }
    if (inline >= 0) {
      if (held.length > 0 && held.at(-1) === -1) held[held.length - 1] = at;
      if (at - inline > LONGEST_INLINE) giveUp();
    }
    last = at + 1;
    if (fenceRun > 0 || at < skip) return;
    if (char === BACKTICK || char === BACKSLASH || char === DOLLAR) {
      skip = at + mark(i, char);
      return;
    }
    if (display >= 0) return;
    // sentences that no space separates
    if (isCjkEnd(char) && !isCjkEnd(buffer.charCodeAt(i + 1)) && !isCloser(buffer.charCodeAt(i + 1))) cut();
    else if (char > 0x2000 && isCloser(char) && isCjkEnd(buffer.charCodeAt(i - 1))) cut();
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
