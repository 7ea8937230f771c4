/** A stretch of a gist line: plain words, or code. */
export interface GistPart {
  readonly text: string;
  readonly code: boolean;
}

/** UTF-16 units of a gist at most: more never fits on a line, and a step may be a megabyte. */
const LONGEST = 240;

/**
 * The one line that stands for a step or a title: its own words without Markdown's marks, cut at a word. A fenced block is
 * told by its first line of code.
 */
export function gistOf(source: string): readonly GistPart[] {
  const head = source.slice(0, LONGEST * 2).trim();
  const fence = /^(?:```|~~~)[^\n]*\n([\s\S]*)/.exec(head);
  if (fence !== null) {
    const first = (fence[1] ?? '').split('\n').find((line) => line.trim() !== '' && !/^\s*(?:```|~~~)/.test(line));
    return [{ text: cut(first?.trim() ?? '…', LONGEST), code: true }];
  }
  const line = cut(
    head
      .replace(/^(?:\s*(?:#{1,6}|>|[-*+]|\d{1,3}[.)])\s+)+(?=\S)/, '')
      .replace(/!?\[([^\]\n]*)\]\([^)\s]*\)/g, '$1')
      .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2')
      .replace(/\s+/g, ' ')
      .trim(),
    LONGEST,
  );
  const parts: GistPart[] = [];
  let at = 0;
  for (const match of line.matchAll(/`([^`]+)`/g)) {
    if (match.index > at) parts.push({ text: line.slice(at, match.index), code: false });
    parts.push({ text: match[1] ?? '', code: true });
    at = match.index + match[0].length;
  }
  if (at < line.length || parts.length === 0) parts.push({ text: line.slice(at), code: false });
  return parts;
}

/** The gist as plain words, for names and typeahead. */
export function gistText(source: string): string {
  return gistOf(source)
    .map((part) => part.text)
    .join('');
}

/** At most `most` units, cut before a word where there is one near, never inside a surrogate pair. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = text.lastIndexOf(' ', most);
  if (end < most * 0.7) end = most;
  if (/[\ud800-\udbff]/.test(text[end - 1] ?? '')) end--;
  return `${text.slice(0, end)}…`;
}
