import { Marked } from 'marked';
import type { Token, Tokens } from 'marked';

/** Mathematics between `$…$`, `$$…$$`, `\(…\)` and `\[…\]`. */
export interface MathToken {
  readonly type: 'math';
  readonly raw: string;
  readonly text: string;
  readonly display: boolean;
}

const BLOCK_MATH = /^ {0,3}(?:\$\$([\s\S]+?)\$\$|\\\[([\s\S]+?)\\\])[ \t]*(?:\n|$)/;
// a dollar sign is money more often than mathematics: no space inside the signs, no digit after the closing one
const INLINE_MATH = /^(?:\$\$([^\n$]+?)\$\$|\$(?![\s$])([^\n$]*?[^\s$\\])\$(?!\d)|\\\(([^\n]+?)\\\)|\\\[([^\n]+?)\\\])/;

const marked = new Marked({
  gfm: true,
  async: false,
  extensions: [
    {
      name: 'math',
      level: 'block',
      start: (src: string) => src.search(/\n {0,3}(?:\$\$|\\\[)/),
      tokenizer(src: string) {
        const match = BLOCK_MATH.exec(src);
        return match === null ? undefined : { type: 'math', raw: match[0], text: (match[1] ?? match[2] ?? '').trim(), display: true };
      },
    },
    {
      name: 'math',
      level: 'inline',
      start: (src: string) => src.search(/\$|\\[([]/),
      tokenizer(src: string) {
        const match = INLINE_MATH.exec(src);
        if (match === null) return undefined;
        const text = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
        // what a developer writes between two dollar signs is often a price or a shell variable
        if (match[2] !== undefined && !/[\\^_={}]|^[A-Za-z]$/.test(text)) return undefined;
        return { type: 'math', raw: match[0], text, display: match[1] !== undefined || match[4] !== undefined };
      },
    },
  ],
});

/** Markdown as tokens. Offsets of the source hold for the tokens' raw texts; no text can make it throw. */
export function lex(source: string): Token[] {
  // the lexer would drop carriage returns and so shift every offset behind them
  const text = source.includes('\r') ? source.replace(/\r\n/g, ' \n').replace(/\r/g, '\n') : source;
  try {
    return marked.lexer(text);
  } catch {
    // thousands of nested quotes or lists exhaust the stack
    return [{ type: 'paragraph', raw: text, text, tokens: [{ type: 'text', raw: text, text, escaped: false }] } satisfies Tokens.Paragraph];
  }
}

/** A top-level block of a text. The object stays the same for as long as the block does. */
export interface Block {
  /** UTF-16 offset of its first character. */
  readonly start: number;
  readonly end: number;
  readonly token: Token;
}

export interface BlockReader {
  /** The blocks of a text that begins with the text given before. */
  read(text: string): readonly Block[];
}

/** Reads a growing text: only its last blocks are read again, what lies before keeps its identity. */
export function createBlockReader(): BlockReader {
  let frozen: Block[] = [];
  let frozenEnd = 0;
  let before = '';
  let blocks: readonly Block[] = [];
  return {
    read(text) {
      if (text === before) return blocks;
      if (!text.startsWith(before)) {
        frozen = [];
        frozenEnd = 0;
      }
      before = text;
      let at = frozenEnd;
      const tail: Block[] = [];
      for (const token of lex(text.slice(frozenEnd))) {
        const end = at + token.raw.length;
        if (token.type !== 'space') tail.push({ start: at, end, token });
        at = end;
      }
      // the last block may grow, and the one before may still be drawn into it
      for (const block of tail.splice(0, Math.max(0, tail.length - 2))) {
        frozen.push(block);
        frozenEnd = block.end;
      }
      blocks = [...frozen, ...tail];
      return blocks;
    },
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  times: '×',
  rarr: '→',
  le: '≤',
  ge: '≥',
  ne: '≠',
};

/** Text as Markdown means it: the usual character references are resolved. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]{2,8}));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole;
      const code = decimal !== undefined ? Number(decimal) : parseInt(hex ?? '', 16);
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}

/** The address when it may be opened (http and https only), else null. */
export function safeLink(href: string): string | null {
  try {
    const url = new URL(href);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}
