/** A stretch of text, or a character that a reader would not see, by its code point. */
export type VisiblePart = string | { readonly code: number };

/**
 * Control characters but tab and the ends of lines, direction overrides and isolates, zero-width characters, vowels and fillers
 * that draw nothing, the blank of Braille, beams and slurs of music, tags, selectors of variants, soft hyphens and the like.
 */
const HIDDEN =
  // eslint-disable-next-line no-control-regex -- these are what is to be found
  /[\u034f\u17b4\u17b5\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0100}-\u{e01ef}\u{1d173}-\u{1d17a}\u{e0000}-\u{e007f}]/u;
const HIDDEN_ALL = new RegExp(HIDDEN.source, 'gu');

/** Scripts whose spelling needs the zero-width joiner and non-joiner. */
const JOINING =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]$/u;
/** Characters of which a selector chooses a variant. */
const VARIED = /\p{Script=Han}$/u;

/** Cuts a text where hidden characters stand, so that the view can show them. What a word, an emoji or a Han character needs is left alone. */
export function visibleParts(text: string): readonly VisiblePart[] {
  if (!HIDDEN.test(text)) return [text];
  const parts: VisiblePart[] = [];
  let at = 0;
  for (const { 0: character, index } of text.matchAll(HIDDEN_ALL)) {
    const code = character.codePointAt(0) ?? 0;
    const needed = code === 0x200c || code === 0x200d ? JOINING : code >= 0xe0100 ? VARIED : null;
    if (needed?.test(text.slice(Math.max(0, index - 2), index)) === true) continue;
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
