/** Marks words in what is drawn, by ranges: no element is touched for it. */
import { wordPlaces } from '../../core/link-words.ts';
import { drawn, flat, lower } from '../model/words.ts';

interface Flat {
  /** Letters in lower case, runs of white space as one space. */
  readonly text: string;
  /** For each character of it the node that it stands in, and where. */
  readonly nodes: readonly Text[];
  readonly offsets: readonly number[];
  /** Which of the roots a node is in. */
  readonly rootOf: ReadonlyMap<Text, Node>;
}

/** What stands on lines of its own. */
const BLOCKS = 'p, li, pre, blockquote, td, th, h1, h2, h3, h4, h5, h6';
/** What is in a row beside the text itself: buttons and what was written about it. */
const BESIDE = '.extras, figcaption, .margin, .behind';

/** The words of what stands one behind the other, with a break between two. */
function flatten(roots: readonly Node[]): Flat {
  const nodes: Text[] = [];
  const offsets: number[] = [];
  const rootOf = new Map<Text, Node>();
  const characters: string[] = [];
  const put = (character: string, node: Text, offset: number): void => {
    characters.push(character);
    nodes.push(node);
    offsets.push(offset);
  };
  let block: Node | null = null;
  for (const root of roots)
    for (const node of textsIn(root)) {
      rootOf.set(node, root);
      // a block of its own, or the whole of what it is part of
      const inner = node.parentElement?.closest(BLOCKS) ?? null;
      const own = inner !== null && root.contains(inner) ? inner : root;
      // between two blocks there is a break, though no character stands for it
      if (own !== block && characters.length > 0 && characters.at(-1) !== ' ') put(' ', node, 0);
      block = own;
      const { data } = node;
      for (let i = 0; i < data.length; i++) {
        const character = data[i] ?? '';
        const space = /\s/.test(character);
        if (!space || characters.at(-1) !== ' ') put(space ? ' ' : character, node, i);
      }
    }
  return { text: lower(characters.join('')), nodes, offsets, rootOf };
}

function textsIn(root: Node): Text[] {
  const texts: Text[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    (node.parentElement?.closest(BESIDE) ?? null) === null ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT,
  );
  for (let node = walker.nextNode() as Text | null; node !== null; node = walker.nextNode() as Text | null) texts.push(node);
  return texts;
}

/** Where a piece of Markdown source stands in what is drawn: the first place. */
export function rangesOf(root: Node, source: string): Range[] {
  return places(flatten([root]), drawn(source))[0] ?? [];
}

/**
 * All places where words stand that were typed, also from the end of one root into the next; without Markdown's marks where they do
 * not stand with them.
 */
export function foundRanges(roots: readonly Node[], query: string): Range[] {
  const text = flatten(roots);
  const literal = places(text, flat(query)).flat();
  const bare = drawn(query);
  if (bare === flat(query)) return literal;
  const rootOf = ({ startContainer }: Range): Node | undefined => text.rootOf.get(startContainer as Text);
  const done = new Set(literal.map(rootOf));
  return literal.concat(
    places(text, bare)
      .flat()
      .filter((range) => !done.has(rootOf(range))),
  );
}

/** Where words of a link stand in what is drawn, in whatever form. */
export function sharedRanges(root: Node, words: readonly string[]): Range[] {
  return textsIn(root).flatMap((node) =>
    wordPlaces(node.data, words).map(({ start, end }) => {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, end);
      return range;
    }),
  );
}

/** The places where words stand, for each a range in every root that it is in: what lies between two roots is not part of it. */
function places({ text, nodes, offsets, rootOf }: Flat, wanted: string): Range[][] {
  const found: Range[][] = [];
  if (wanted === '') return found;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    const ranges: Range[] = [];
    let root: Node | undefined;
    for (let i = at; i < at + wanted.length; i++) {
      const node = nodes[i];
      if (node === undefined) break;
      const own = rootOf.get(node);
      if (own !== root) {
        // a break before a root is none of its characters
        if (text[i] === ' ' && i > at) continue;
        root = own;
        const range = document.createRange();
        range.setStart(node, offsets[i] ?? 0);
        ranges.push(range);
      }
      ranges.at(-1)?.setEnd(node, (offsets[i] ?? 0) + 1);
    }
    found.push(ranges);
  }
  return found;
}

/** Shows ranges in the style of `::highlight(name)`; none takes the marks away. */
export function setHighlight(name: string, ranges: readonly Range[]): void {
  if (!('highlights' in CSS)) return;
  if (ranges.length === 0) CSS.highlights.delete(name);
  else CSS.highlights.set(name, new Highlight(...ranges));
}
