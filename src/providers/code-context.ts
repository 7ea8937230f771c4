/** Follows whether a growing Markdown text stands inside code at its end, in time proportional to what is pushed. */
export interface CodeContext {
  push(text: string): void;
  /** Inside a fenced block. */
  inFence(): boolean;
  /** After an unpaired backtick of the current line. */
  inInline(): boolean;
  /** The last character, '' at the very beginning. */
  lastChar(): string;
  /** The last characters (a few dozen), to see what a mark follows. */
  tail(): string;
  /** How many lines ended. */
  line(): number;
  /** Whether only white space was pushed so far. */
  isBlank(): boolean;
}

const FENCE = /^\s*(?:[-*+>]\s+|\d+[.)]\s+)*(`{3,}|~{3,})/;

export function createCodeContext(): CodeContext {
  let fence: string | null = null;
  let ticks = 0;
  // only the head of the line can open or close a fence
  let head = '';
  let tail = '';
  let blank = true;
  let line = 0;

  const extend = (text: string) => {
    if (head.length < 40) head += text.slice(0, 40 - head.length);
    for (let at = text.indexOf('`'); at >= 0; at = text.indexOf('`', at + 1)) ticks++;
  };
  const endLine = () => {
    line++;
    const mark = FENCE.exec(head)?.[1];
    if (mark !== undefined) {
      if (fence === null) fence = mark;
      else if (mark.startsWith(fence)) fence = null;
    }
    head = '';
    ticks = 0;
  };
  return {
    push(text) {
      if (text === '') return;
      tail = text.length >= 32 ? text.slice(-32) : (tail + text).slice(-32);
      if (blank && /\S/.test(text)) blank = false;
      let start = 0;
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', start)) {
        extend(text.slice(start, at));
        endLine();
        start = at + 1;
      }
      extend(start === 0 ? text : text.slice(start));
    },
    inFence: () => fence !== null || FENCE.test(head),
    inInline: () => fence === null && ticks % 2 === 1,
    lastChar: () => tail.slice(-1),
    tail: () => tail,
    line: () => line,
    isBlank: () => blank,
  };
}
