const CODES = { dim: 2, bold: 1, yellow: 33 } as const;

/** Colours a text where colours are shown. */
export function styled(colour: boolean): (style: keyof typeof CODES, text: string) => string {
  return (style, text) => (colour ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text);
}

/** A text that cannot drive the terminal: control and bidirectional characters become visible. */
export function visible(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

/** The first words of a stretch of text, on one line. */
export function gist(text: string, start: number, end: number, width = 100): string {
  const line = text
    .slice(start, Math.min(end, start + 4 * width))
    .replace(/\s+/g, ' ')
    .trim();
  return visible(line.length > width ? `${line.slice(0, width - 1)}…` : line);
}
