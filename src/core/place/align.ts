/** Where a piece of code lies best in a file, line by line: local alignment after Smith and Waterman (1981). */

export interface Alignment {
  /** First line of the file that it covers, and the line after the last; from 0. */
  readonly from: number;
  readonly to: number;
  /** How much of the piece was found there, 0 to 1, by what its lines say. */
  readonly score: number;
  /** How much was found in lines that say something: a line of some words counts 1. */
  readonly found: number;
  /** Pairs of lines `[of the file, of the piece]` that belong together. */
  readonly pairs: readonly (readonly [number, number])[];
}

/** More cells than this are not computed: a file and a piece of two thousand lines each. */
const MOST_CELLS = 4_000_000;

/** A line as lines are compared. */
export function plainLine(line: string): string {
  return line.trim().replace(/\s+/g, ' ').replace(/[;,]$/, '');
}

/** How much a line says: a closing brace next to nothing, a line of some words 1. */
function weightOf(plain: string): number {
  const letters = plain.replace(/[^\p{L}\p{N}]/gu, '').length;
  return letters === 0 ? 0.03 : Math.min(1, 0.1 + letters / 14);
}

/** How alike two lines are, 0 to 1: the same, or sharing most of their words (Dice's coefficient). */
function likeness(a: Line, b: Line): number {
  if (a.plain === b.plain) return 1;
  if (a.words.size === 0 || b.words.size === 0) return 0;
  let shared = 0;
  for (const word of a.words) if (b.words.has(word)) shared++;
  const dice = (2 * shared) / (a.words.size + b.words.size);
  return dice >= 0.55 ? dice * 0.9 : 0;
}

interface Line {
  readonly plain: string;
  readonly words: ReadonlySet<string>;
  readonly weight: number;
}

function linesOf(lines: readonly string[]): readonly Line[] {
  return lines.map((line) => {
    const plain = plainLine(line.slice(0, 400));
    return { plain, words: new Set(plain.match(/[\p{L}\p{N}_$]+|[<>=!+*%&|-]+/gu) ?? []), weight: weightOf(plain) };
  });
}

/** The best place of `piece` in `file` between two lines; null when nothing of it is found. */
export function align(file: readonly string[], piece: readonly string[], from = 0, to = file.length): Alignment | null {
  const rows = linesOf(file.slice(from, to));
  const columns = linesOf(piece);
  const [n, m] = [rows.length, columns.length];
  if (n === 0 || m === 0 || n * m > MOST_CELLS) return null;
  const width = m + 1;
  const scores = new Float32Array((n + 1) * width);
  /** 1: a pair, 2: a line of the file passed over, 3: a line of the piece passed over */
  const steps = new Uint8Array((n + 1) * width);
  let best = 0;
  let where = 0;
  for (let i = 1; i <= n; i++) {
    const row = rows[i - 1] as Line;
    for (let j = 1; j <= m; j++) {
      const column = columns[j - 1] as Line;
      const like = likeness(row, column);
      const cell = i * width + j;
      let score = 0;
      let step = 0;
      const pair = like === 0 ? -1 : (scores[cell - width - 1] ?? 0) + like * column.weight;
      if (pair > score) [score, step] = [pair, 1];
      const passFile = (scores[cell - width] ?? 0) - 0.02 - row.weight * 0.12;
      if (passFile > score) [score, step] = [passFile, 2];
      const passPiece = (scores[cell - 1] ?? 0) - column.weight * 0.12;
      if (passPiece > score) [score, step] = [passPiece, 3];
      scores[cell] = score;
      steps[cell] = step;
      if (score > best) [best, where] = [score, cell];
    }
  }
  const pairs: [number, number][] = [];
  let found = 0;
  for (let cell = where; cell > 0 && steps[cell] !== 0;) {
    const [i, j] = [Math.floor(cell / width), cell % width];
    const step = steps[cell];
    if (step === 1) {
      pairs.push([from + i - 1, j - 1]);
      found += likeness(rows[i - 1] as Line, columns[j - 1] as Line) * (columns[j - 1]?.weight ?? 0);
      cell -= width + 1;
    } else cell -= step === 2 ? width : 1;
  }
  pairs.reverse();
  const [first, last] = [pairs[0], pairs.at(-1)];
  if (first === undefined || last === undefined) return null;
  const total = columns.reduce((sum, { weight }) => sum + weight, 0);
  return { from: first[0], to: last[0] + 1, score: found / total, found, pairs };
}
