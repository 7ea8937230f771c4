import type { Token, Tokens } from 'marked';

/** Mathematics between `$…$`, `$$…$$`, `\(…\)` and `\[…\]`. */
export interface MathToken {
  readonly type: 'math';
  readonly raw: string;
  readonly text: string;
  readonly display: boolean;
}

let lexMarkdown: ((text: string) => Token[]) | null = null;
/** The reader of Markdown is a third of the view's code and not needed for the first picture: it comes right after it. */
const loading = import('./marked.ts').then((module) => {
  ({ lexMarkdown } = module);
});

/** Runs once Markdown is read; until then it is shown as plain text. */
export function onMarkdownLoaded(then: () => void): void {
  void loading.then(then);
}

/** Markdown as tokens. Offsets of the source hold for the tokens' raw texts; no text can make it throw. */
export function lex(source: string): Token[] {
  // the lexer would drop carriage returns and so shift every offset behind them
  const text = source.includes('\r') ? source.replace(/\r\n/g, ' \n').replace(/\r/g, '\n') : source;
  try {
    if (lexMarkdown !== null) return lexMarkdown(text);
  } catch {
    // thousands of nested quotes or lists exhaust the stack: then it is one paragraph
  }
  return [{ type: 'paragraph', raw: text, text, tokens: [{ type: 'text', raw: text, text, escaped: false }] } satisfies Tokens.Paragraph];
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
