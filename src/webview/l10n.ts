/** Translations by English text, given by the host at the start; empty in English. */
const NONE: Readonly<Record<string, string>> = {};
let strings = NONE;

export function setStrings(translations: Readonly<Record<string, string>>): void {
  strings = Object.keys(translations).length === 0 ? NONE : translations;
}

/** Whether there are words other than the English ones. */
export function translated(): boolean {
  return strings !== NONE;
}

/** The reader's words for an English text; `{0}`, `{1}` … are replaced by the arguments. */
export function t(english: string, ...args: readonly (string | number)[]): string {
  const text = Object.hasOwn(strings, english) ? (strings[english] ?? english) : english;
  return args.length === 0 ? text : text.replace(/\{(\d+)\}/g, (whole, i: string) => String(args[Number(i)] ?? whole));
}

const format = new Intl.NumberFormat();

/** A number as the reader writes it. Making a format takes longer than a frame has, so there is one. */
export function digits(n: number): string {
  return format.format(n);
}

const tenth = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A number to a tenth, as the reader writes it. */
export function tenths(n: number): string {
  return tenth.format(n);
}

/** One of two texts by number; both get the number as `{0}`. */
export function count(n: number, one: string, many: string): string {
  return t(n === 1 ? one : many, digits(n));
}
