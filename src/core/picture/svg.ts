/** Makes text and numbers safe for an SVG file, and guesses how wide text will be: nothing can be measured here. */

/** What XML cannot hold, lone surrogates, and characters that would reorder or hide the text around them. */
const UNFIT =
  // eslint-disable-next-line no-control-regex -- these are what is to be found
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const ENTITY: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for an element or an attribute. White space becomes single spaces. */
export function escapeXml(text: string): string {
  return text
    .replace(UNFIT, '\ufffd')
    .replace(/\s+/g, ' ')
    .replace(/[&<>"']/g, (c) => ENTITY[c] ?? c);
}

/** A coordinate, to a tenth of a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

function emOf(char: string): number {
  if (char.length > 1 || WIDE.test(char)) return 1.05;
  if ("il.,'|!:;jft()[]I `·".includes(char)) return 0.37;
  if ('mwMW@%—…'.includes(char)) return 0.95;
  if (char >= 'A' && char <= 'Z') return 0.72;
  return 0.61;
}

/** About how wide a text is at a font size, in the unit of that size; rather too wide than too narrow. */
export function widthOf(text: string, size: number): number {
  let em = 0;
  for (const char of text) em += emOf(char);
  return em * size;
}

/** The beginning of a text that fits, with an ellipsis when it is not the whole. */
export function fit(text: string, size: number, width: number): string {
  // nothing wider than this many characters fits, so a megabyte need not be looked at
  const head = text.slice(0, Math.ceil((width / size) * 4) + 2);
  if (head.length === text.length && widthOf(text, size) <= width) return text;
  let em = 1;
  let end = 0;
  for (const char of head) {
    em += emOf(char);
    if (em * size > width) break;
    end += char.length;
  }
  return `${head.slice(0, end).trimEnd()}…`;
}

/** A text in at most `most` lines, broken between words where there are any; the last one is cut when it does not fit. */
export function wrap(text: string, size: number, width: number, most: number): readonly string[] {
  const lines: string[] = [];
  let rest = text.replace(/\s+/g, ' ').trim();
  while (rest !== '' && lines.length < most - 1) {
    if (rest.length < 4000 && widthOf(rest, size) <= width) break;
    let end = 0;
    let space = 0;
    let em = 0;
    for (const char of rest) {
      em += emOf(char);
      if (em * size > width) break;
      if (char === ' ') space = end;
      end += char.length;
    }
    const at = space > end * 0.5 ? space : Math.max(end, 1);
    lines.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  if (rest !== '') lines.push(fit(rest, size, width));
  return lines;
}
