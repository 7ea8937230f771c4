/**
 * Sentences that are kept as they were said, in English, so that a saved trace can be read by anybody; a view in another language
 * reads them back and says them in its own.
 */

/** A template with its arguments put in: `{0}`, `{1}` … */
export function fill(template: string, ...args: readonly (string | number)[]): string {
  return template.replace(/\{(\d)\}/g, (_, i: string) => String(args[Number(i)] ?? ''));
}

export interface ReadSentence {
  readonly template: string;
  readonly args: readonly string[];
}

interface Pattern {
  readonly template: string;
  readonly form: RegExp;
  /** For each bracket of the form which argument it holds. */
  readonly order: readonly number[];
}

/** What tells which of the templates a sentence was made of, with its arguments; null for the words of another version. */
export function readerOf(templates: readonly string[]): (sentence: string) => ReadSentence | null {
  let patterns: readonly Pattern[] | null = null;
  return (sentence) => {
    patterns ??= templates
      .map((template) => {
        const parts = template.split(/\{\d\}/);
        const order = [...template.matchAll(/\{(\d)\}/g)].map(([, i]) => Number(i));
        return { template, form: new RegExp(`^${parts.map(escaped).join('(.+?)')}$`, 's'), order };
      })
      // of two that fit, the one that says more
      .sort((a, b) => b.template.length - a.template.length);
    for (const { template, form, order } of patterns) {
      const found = form.exec(sentence);
      if (found === null) continue;
      const args: string[] = [];
      order.forEach((arg, i) => (args[arg] = found[i + 1] ?? ''));
      return { template, args };
    }
    return null;
  };
}

const escaped = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
