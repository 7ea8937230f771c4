/** Lower case for comparing, of the same length as the text, so that offsets hold. */
export function lower(text: string): string {
  const whole = text.toLowerCase().replaceAll('ς', 'σ');
  if (whole.length === text.length) return whole;
  // a few characters change their length in lower case: they stay as they are
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    const small = character.toLowerCase();
    out += small.length === 1 ? small : character;
  }
  return out.replaceAll('ς', 'σ');
}

/** A text for comparing: regardless of case, and of how its lines are broken. */
export function flat(text: string): string {
  return lower((UNEVEN.test(text) ? text.replace(/\s+/g, ' ') : text).trim());
}

/** Space that is not one blank: most sentences have none, and to look is much faster than to write them anew. */
const UNEVEN = /[^\S ]| {2}/;

/** Marks at the beginning of a line: of headings, lists and quotes. */
const LINE = /^[^\S\n]*(?:(?:#{1,6}|[-+*>]|\d{1,9}[.)])[^\S\n]+)+/gm;
/** Marks at the edges of words: of code, emphasis and what is crossed out. */
const OPENING = /(?<![\p{L}\p{N}_*~])(?:\*{1,3}|_{1,3}|~~)(?=[^\s*_~])/gu;
const CLOSING = /(?<=[^\s*_~])(?:\*{1,3}|_{1,3}|~~)(?![\p{L}\p{N}_*~])/gu;

const MARKED = /[*_~`\\[#>]|^[^\S\n]*(?:[-+]|\d{1,9}[.)])[^\S\n]/m;

/** Whether a source may be drawn with other words than its own: most steps are plain sentences. */
export function isMarked(source: string): boolean {
  return MARKED.test(source);
}

/** The words of a piece of Markdown source as they appear when it is drawn, flat. */
export function drawn(source: string): string {
  return flat(
    source
      .replace(/^[^\S\n]*(?:`{3,}|~{3,})\S*[^\S\n]*$/gm, ' ')
      .replace(LINE, '')
      .replace(/!?\[([^[\]\n]*)\]\([^)\s]{0,2000}\)/g, '$1')
      .replaceAll('`', '')
      .replace(OPENING, '')
      .replace(CLOSING, '')
      .replace(/\\([!-/:-@[-`{-~])/g, '$1'),
  );
}
