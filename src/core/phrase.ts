/**
 * Words said before the point is made. They tell what a step does less well than its rest. Those that can be part of the point
 * ("no changes are needed", "the right side", "well-known") are left out only where a mark parts them from it.
 */
const OPENERS =
  /^(?:(?:(?:okay|ok|so|now|wait|hmm+|hm|mm|alright|all right|oh|ah|aha|yeah|but|and|also|then|next|finally|lastly|therefore|thus|hence|actually|alternatively|instead|however|in fact|anyway|additionally|similarly|again|let's see|let me see|let me think(?: about (?:this|that|it))?|let's think|i think|i guess|i mean|i see|of course|in summary|to summarize|looking at|one more thing|the thing is|first(?:ly)?(?=,|\s+(?:i|we|let|let's|the)\b))(?![-’'\w])(?:[,.:;!?…—–]+|\s*-+(?=\s)|(?=\s)|$)|(?:no|yes|well|right|first(?:ly)?|second(?:ly)?|third(?:ly)?)(?:[,.:;!?…—–]+|\s+[—–-]+(?=\s)|$))\s*)+/i;

/** What a list, a heading or emphasis puts before and after its text; signs that belong to code (`-1`, `__init__`, the end of a comment) are not among it. */
const MARKS = /^(?:\s+|[>#+•-]+(?=\s)|•|\*+(?![*/\s]*\/)|\d{1,3}[.)]\s+|\(\d{1,3}\)\s*)+|[\s*]+$/g;
/** Inline code, which is kept as it is, or emphasised words. */
const EMPHASIS =
  /`[^`\n]*`|(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]*[^\s*])\1(?![\w*])|(?<!\w)(_{1,2})(?=[A-Za-z])(\w[^_\n]*\s[^_\n]*\w)\3(?!\w)/g;

/** Emphasised words without what emphasises them. */
const plain = (text: string): string =>
  text.includes('*') || text.includes('_')
    ? text.replace(
        EMPHASIS,
        (all: string, _star: string, starred?: string, _under?: string, underlined?: string) => starred ?? underlined ?? all,
      )
    : text;

/** One line, at most `max` UTF-16 code units, cut between words where there are any. */
export function clip(text: string, max: number): string {
  const flat = text
    .slice(0, max * 3)
    .replace(/\s+/g, ' ')
    .trim();
  if (flat.length <= max) return flat;
  const space = flat.lastIndexOf(' ', max - 1);
  let end = space > max * 0.6 ? space : max - 1;
  // never half of a pair of surrogates
  if ((flat.charCodeAt(end - 1) & 0xfc00) === 0xd800) end--;
  return flat.slice(0, end).replace(/[\s,;:–—-]+$/, '') + '…';
}

/** A step without the marks of a list and without its opening words; the whole when nothing else is in it. */
export function bare(text: string): string {
  const unmarked = plain(text.slice(0, 600)).replace(MARKS, '');
  const rest = unmarked.replace(OPENERS, '');
  return rest.trim() === '' ? unmarked : rest;
}

/** The end of the clause that begins at `from`: UTF-16 offset into `text`. A point inside a name or a number ends nothing. */
export function clauseEnd(text: string, from: number, max = 140): number {
  const limit = Math.min(text.length, from + max);
  let ticks = 0;
  for (let i = from; i < limit; i++) {
    const char = text[i] as string;
    if (char === '`') ticks ^= 1;
    if (ticks > 0) continue;
    if (char === '\n' || '。！？；'.includes(char)) return i;
    if ('.;!?'.includes(char) && (i + 1 >= text.length || /[\s"')*]/.test(text[i + 1] as string))) return i;
  }
  if (limit === text.length) return limit;
  const space = text.lastIndexOf(' ', limit);
  return space > from ? space : limit;
}

/** A clause as part of a sentence of ours: one line, no full stop, its first letter small unless it is a name or "I". */
export function inner(text: string, max = 110): string {
  const flat = clip(plain(text).replace(MARKS, ''), max).replace(/[.,;:!?]+$/, '');
  return /^[A-Z][a-z]+\b(?![.(_[])/.test(flat) && !/^I\b/.test(flat) && !/^[A-Z][a-z]+[A-Z]/.test(flat)
    ? flat.charAt(0).toLowerCase() + flat.slice(1)
    : flat;
}

const FENCED = /^\s*(?:```|~~~)[^\n]*\n([^]*)/;

/** A step as it is quoted in messages: of code its first line. */
export function gistOf(text: string, max = 90): string {
  const line = FENCED.exec(text.slice(0, 600))?.[1]
    ?.split('\n')
    .find((code) => /[^\s`~]/.test(code));
  if (line !== undefined) return `\`${clip(line.replaceAll('`', "'"), max)}\``;
  return clip(bare(text), max).replace(/[.,;:]+$/, '');
}

/** A clause of fewer words leads in to what is meant, as does a line that ends with a colon. */
const SAYS = 4;

/** The step, from `at` on, that says what is meant where the first only leads in ("Alternatively:", "Wait, no."): its index, at most 2 further. */
export function pointOf(steps: readonly ({ readonly text: string; readonly fenced: boolean } | undefined)[], at: number): number {
  for (let i = at; i <= at + 2; i++) {
    const step = steps[i];
    if (step === undefined) break;
    const said = bare(step.text);
    if (step.fenced || /[=(`_\u3000-\u9fff]|[a-z][A-Z]/.test(said) || (said.split(/\s+/).length >= SAYS && !/[:：]\s*$/.test(said)))
      return i;
  }
  return at;
}
