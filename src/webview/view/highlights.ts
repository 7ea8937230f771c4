/** Marks words in what is drawn, by ranges: no element is touched for it. */
import { drawn, flat, lower } from '../model/words.ts';

interface Flat {
  /** Letters in lower case, runs of white space as one space. */
  readonly text: string;
  readonly nodes: readonly Text[];
  readonly offsets: readonly number[];
}

/** What stands on lines of its own. */
const BLOCKS = 'p, li, pre, blockquote, td, th, h1, h2, h3, h4, h5, h6';

/** The words of what stands one behind the other, with a break between two. */
function flatten(roots: readonly Node[]): Flat {
  const nodes: Text[] = [];
  const offsets: number[] = [];
  let text = '';
  let block: Node | null = null;
  for (const { root, node } of roots.flatMap(textsIn)) {
    const { data } = node;
    // a block of its own, or the whole of what it is part of
    const inner = node.parentElement?.closest(BLOCKS) ?? null;
    const own = inner !== null && root.contains(inner) ? inner : root;
    // between two blocks there is a break, though no character stands for it
    if (own !== block && text !== '' && !text.endsWith(' ')) {
      text += ' ';
      nodes.push(node);
      offsets.push(0);
    }
    block = own;
    for (let i = 0; i < data.length; i++) {
      const character = data[i] ?? '';
      const space = /\s/.test(character);
      if (space && text.endsWith(' ')) continue;
      text += space ? ' ' : character;
      nodes.push(node);
      offsets.push(i);
    }
  }
  return { text: lower(text), nodes, offsets };
}

function textsIn(root: Node): { readonly root: Node; readonly node: Text }[] {
  const texts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode() as Text | null; node !== null; node = walker.nextNode() as Text | null) texts.push({ root, node });
  return texts;
}

/** Where a piece of Markdown source stands in what is drawn: the first place. */
export function rangesOf(root: Node, source: string): Range[] {
  return places(flatten([root]), drawn(source), false);
}

/** All places where words stand that were typed, with Markdown's marks or without, also from the end of one root into the next. */
export function foundRanges(roots: readonly Node[], query: string): Range[] {
  const text = flatten(roots);
  return [...new Set([flat(query), drawn(query)])].flatMap((words) => places(text, words, true));
}

function places({ text, nodes, offsets }: Flat, wanted: string, all: boolean): Range[] {
  const ranges: Range[] = [];
  if (wanted === '') return ranges;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    const last = at + wanted.length - 1;
    const [from, to] = [nodes[at], nodes[last]];
    if (from === undefined || to === undefined) break;
    const range = document.createRange();
    range.setStart(from, offsets[at] ?? 0);
    range.setEnd(to, (offsets[last] ?? 0) + 1);
    ranges.push(range);
    if (!all) break;
  }
  return ranges;
}

/** Shows ranges in the style of `::highlight(name)`; none takes the marks away. */
export function setHighlight(name: string, ranges: readonly Range[]): void {
  if (!('highlights' in CSS)) return;
  if (ranges.length === 0) CSS.highlights.delete(name);
  else CSS.highlights.set(name, new Highlight(...ranges));
}
