/** A stretch of text, or a character that a reader would not see, by its code point. */
export type VisiblePart = string | { readonly code: number };

/** Direction overrides and isolates, zero-width characters, tags, soft hyphens and the like. */
const HIDDEN =
  /[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/u;
const HIDDEN_ALL = new RegExp(HIDDEN.source, 'gu');

/** Scripts whose spelling needs the zero-width joiner and non-joiner. */
const JOINING =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Extended_Pictographic}\ufe0f]$/u;

/** Cuts a text where hidden characters stand, so that the view can show them. Joiners inside words that need them are left alone. */
export function visibleParts(text: string): readonly VisiblePart[] {
  if (!HIDDEN.test(text)) return [text];
  const parts: VisiblePart[] = [];
  let at = 0;
  for (const { 0: character, index } of text.matchAll(HIDDEN_ALL)) {
    const code = character.codePointAt(0) ?? 0;
    if ((code === 0x200c || code === 0x200d) && JOINING.test(text.slice(Math.max(0, index - 2), index))) continue;
    if (index > at) parts.push(text.slice(at, index));
    parts.push({ code });
    at = index + character.length;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}

/** As `U+202E`. */
export function codePointName(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text as it is copied: hidden characters are spelled out, as they are shown. */
export function visibleText(text: string): string {
  return visibleParts(text)
    .map((part) => (typeof part === 'string' ? part : `[${codePointName(part.code)}]`))
    .join('');
}
