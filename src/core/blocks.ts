/** What a block of an answer is. Code is one hunk of a fenced block. */
export type BlockKind = 'paragraph' | 'item' | 'heading' | 'table' | 'code';

/** A part of the answer that a reader takes in at once. UTF-16 offsets into the answer, white space around it left out. */
export interface Block {
  readonly start: number;
  readonly end: number;
  readonly kind: BlockKind;
}

/** Lines in one hunk of code, at most. */
const HUNK = 10;
/** A blank line ends a hunk that has at least so many lines. */
const SMALL = 4;

const FENCE = /^ {0,12}(`{3,}|~{3,})/;
const ITEM = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+\S/;
const HEADING = /^ {0,3}#{1,6}\s+\S/;

/** The blocks of an answer in order. What is in a fence that is not closed yet is code. */
export function blocksOf(answer: string): readonly Block[] {
  const blocks: Block[] = [];
  let start = -1;
  let end = 0;
  let kind = 'paragraph' as BlockKind;
  let lines = 0;
  let fence = '';
  const close = (): void => {
    if (start >= 0) blocks.push({ start, end, kind });
    start = -1;
    lines = 0;
  };
  const take = (at: number, line: string, as: BlockKind): void => {
    if (start < 0) {
      start = at + (line.length - line.trimStart().length);
      kind = as;
    }
    end = at + line.trimEnd().length;
    lines++;
  };
  for (let at = 0; at < answer.length;) {
    const newline = answer.indexOf('\n', at);
    const next = newline < 0 ? answer.length : newline;
    const line = answer.slice(at, next);
    const mark = FENCE.exec(line)?.[1] ?? '';
    const blank = line.trim() === '';
    if (fence !== '') {
      if (mark.startsWith(fence) && line.trim() === mark) {
        fence = '';
        close();
      } else if (blank) {
        if (lines >= SMALL) close();
      } else {
        if (lines >= HUNK) close();
        take(at, line, 'code');
      }
    } else if (mark !== '') {
      close();
      fence = mark;
    } else if (blank) close();
    else if (HEADING.test(line)) {
      close();
      take(at, line, 'heading');
      close();
    } else {
      const item = ITEM.test(line);
      const table = line.trimStart().startsWith('|');
      if (item || (table && kind !== 'table')) close();
      take(at, line, item ? 'item' : table ? 'table' : 'paragraph');
    }
    at = next + 1;
  }
  close();
  return blocks;
}

/** The code of an answer: what is in its fences, or all of it when it has none. */
export function codeOf(answer: string): string {
  const code = blocksOf(answer).filter((block) => block.kind === 'code');
  return code.length === 0 ? answer : code.map(({ start, end }) => answer.slice(start, end)).join('\n');
}
