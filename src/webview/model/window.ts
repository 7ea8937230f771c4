/**
 * Where rows stand. All rows have one height but a few (open texts), so positions need no table of all rows: a list of
 * the exceptions is enough, and 20,000 rows cost no more than 20.
 */
export interface Heights {
  /** CSS pixels of an ordinary row. */
  readonly row: number;
  /** `[index of the row, pixels beyond an ordinary row]`, in order. */
  readonly extra: readonly (readonly [number, number])[];
}

/** Distance of a row's top from the first row's top, in CSS pixels. `index` may be the number of rows: then the whole height. */
export function topOf({ row, extra }: Heights, index: number): number {
  let sum = index * row;
  for (const [i, more] of extra) {
    if (i >= index) break;
    sum += more;
  }
  return sum;
}

/** The row that covers a distance from the top; the last one beyond the end. */
export function rowAtOffset({ row, extra }: Heights, offset: number, rows: number): number {
  let shift = 0;
  for (const [i, more] of extra) {
    const top = i * row + shift;
    if (offset < top + row + more) {
      if (offset >= top) return i;
      break;
    }
    shift += more;
  }
  return Math.max(0, Math.min(rows - 1, Math.floor((offset - shift) / row)));
}

/** Rows mounted beyond the edges of the view, so that a quick scroll meets no empty space. */
const OVERSCAN = 8;

/** First and last row (exclusive) to be mounted for what is visible between two offsets. */
export function mountedRange(heights: Heights, rows: number, from: number, to: number): readonly [number, number] {
  if (rows === 0) return [0, 0];
  return [
    Math.max(0, rowAtOffset(heights, Math.max(0, from), rows) - OVERSCAN),
    Math.min(rows, rowAtOffset(heights, Math.max(0, to), rows) + 1 + OVERSCAN),
  ];
}
