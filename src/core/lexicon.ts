/** Words in a row that a model learned something about, as a tree: a step from word to word each. */
export interface Sequence {
  /** The feature that the words up to here make; null when the model knows only longer ones. */
  feature: string | null;
  readonly next: Map<string, Sequence>;
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
  const words: Sequence = { feature: null, next: new Map() };
  const add = (feature: string): void => {
    const length = prefixes.findIndex((prefix) => feature.startsWith(prefix));
    if (length < 0) return;
    let node = words;
    for (const word of feature.slice(prefixes[length]?.length).split(' ')) {
      let next = node.next.get(word);
      if (next === undefined) node.next.set(word, (next = { feature: null, next: new Map() }));
      node = next;
    }
    node.feature = feature;
  };
  for (const feature of known) {
    add(feature);
    if (copies !== '' && feature.startsWith(copies)) add(feature.slice(copies.length));
  }
  return { knows: (feature) => known.has(feature), words };
}
