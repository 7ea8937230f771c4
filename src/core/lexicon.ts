/** Words in a row that a model learned something about, as a tree: a step from word to word each. */
export interface Sequence {
  /** The feature that the words up to here make; null when the model knows only longer ones. */
  feature: string | null;
  /** Null when the model knows nothing longer that begins so: most words stand alone. */
  next: Map<string, Sequence> | null;
}

/**
 * The features that a model knows, so that others need not be made: most words in a row are not among them, and to put
 * them together only to look them up in vain would cost more than all the rest of reading a step.
 */
export interface Lexicon {
  knows(feature: string): boolean;
  readonly words: Sequence;
}

/**
 * `prefixes`: what stands before one word, before two in a row, and so on. `copies`: what stands before a feature that is
 * made from another; the other one is then made as well.
 */
export function createLexicon(features: Iterable<string>, prefixes: readonly string[], copies = ''): Lexicon {
  const known = new Set(features);
  const words: Sequence = { feature: null, next: null };
  const add = (feature: string): void => {
    for (const prefix of prefixes) {
      if (!feature.startsWith(prefix)) continue;
      let node = words;
      for (let from = prefix.length; from <= feature.length;) {
        const space = feature.indexOf(' ', from);
        const to = space < 0 ? feature.length : space;
        const word = feature.slice(from, to);
        let next = node.next?.get(word);
        if (next === undefined) (node.next ??= new Map<string, Sequence>()).set(word, (next = { feature: null, next: null }));
        node = next;
        from = to + 1;
      }
      node.feature = feature;
      return;
    }
  };
  for (const feature of known) {
    add(feature);
    if (copies !== '' && feature.startsWith(copies)) add(feature.slice(copies.length));
  }
  return { knows: (feature) => known.has(feature), words };
}
