/** Marks words in what is drawn, by ranges: no element is touched for it. */

interface Flat {
  /** Letters in lower case, runs of white space as one space. */
  readonly text: string;
  readonly nodes: readonly Text[];
  readonly offsets: readonly number[];
}

function flatten(root: Node): Flat {
  const nodes: Text[] = [];
  const offsets: number[] = [];
  let text = '';
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode() as Text | null; node !== null; node = walker.nextNode() as Text | null) {
    const { data } = node;
    for (let i = 0; i < data.length; i++) {
      const character = data[i] ?? '';
      const space = /\s/.test(character);
      if (space && text.endsWith(' ')) continue;
      const lower = character.toLowerCase();
      text += space ? ' ' : lower.length === 1 ? lower : character;
      nodes.push(node);
      offsets.push(i);
    }
  }
  return { text, nodes, offsets };
}

/** The words of a piece of Markdown source as they appear when it is drawn. */
function drawn(source: string): string {
  return source
    .replace(/[`*]+|^\s*(?:#{1,6}|[-+>]|\d+[.)])\s+/gm, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Where words stand in an element: all places, or the first only. */
export function rangesOf(root: Node, source: string, all: boolean): Range[] {
  const wanted = drawn(source);
  const ranges: Range[] = [];
  if (wanted === '') return ranges;
  const { text, nodes, offsets } = flatten(root);
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
