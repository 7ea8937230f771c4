import { partialMark } from './tags.ts';

/** Takes think tags off a reasoning field that some servers fill with the tags around the text. */
export interface TagStripper {
  push(text: string): string;
  /** What is held back: the beginning of a tag, or a closing tag of which it is open whether anything follows. */
  held(): string;
  /** The field has come to its end: returns what was held, without a closing tag, and begins anew. */
  flush(): string;
}

const OPEN = '<think>';
const CLOSE = '</think>';

/** Only tags that wrap the field are taken off: one at its very beginning, one at its very end. */
export function createTagStripper(): TagStripper {
  let begun = false;
  let held = '';
  return {
    push(more) {
      if (begun && held === '' && !more.includes('<')) return more;
      let text = held + more;
      held = '';
      if (!begun) {
        const trimmed = text.trimStart();
        if (trimmed === '' || (trimmed.length < OPEN.length && OPEN.startsWith(trimmed))) {
          held = text;
          return '';
        }
        begun = true;
        if (trimmed.startsWith(OPEN)) text = trimmed.slice(OPEN.length);
      }
      const at = text.lastIndexOf(CLOSE);
      if (at >= 0 && text.slice(at + CLOSE.length).trim() === '') {
        held = text.slice(at);
        return text.slice(0, at);
      }
      const partial = partialMark(text, [CLOSE]);
      held = text.slice(text.length - partial);
      return text.slice(0, text.length - partial);
    },
    held: () => held,
    flush() {
      const rest = held.startsWith(CLOSE) ? held.slice(CLOSE.length) : held;
      held = '';
      begun = false;
      return rest;
    },
  };
}
