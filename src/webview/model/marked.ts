import { Marked } from 'marked';
import type { Token } from 'marked';

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

/** Markdown as tokens; throws on texts that are nested too deeply. */
export function lexMarkdown(text: string): Token[] {
  return marked.lexer(text);
}
