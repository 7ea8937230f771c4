/** Boosted trees of one depth over whole numbers: `[feature, threshold]` a split, one score a leaf. */
export interface Forest {
  readonly base: number;
  /** Splits of a tree in a row: below split `i` are `2i + 1` (value below the threshold) and `2i + 2`. A feature of -1 goes to the first. */
  readonly splits: Int16Array;
  readonly leaves: Int16Array;
  readonly depth: number;
}

/** `base depth|feature threshold … leaf …` in base 36, as the training writes it. */
export function readForest(text: string): Forest {
  const [head = '', body = ''] = text.split('|');
  const [base = 0, depth = 0] = head.split(' ').map((n) => parseInt(n, 36));
  const values = body.split(' ').map((n) => parseInt(n, 36));
  const inner = (1 << depth) - 1;
  const size = inner * 2 + inner + 1;
  const trees = Math.floor(values.length / size);
  const splits = new Int16Array(trees * inner * 2);
  const leaves = new Int16Array(trees * (inner + 1));
  for (let t = 0; t < trees; t++) {
    for (let i = 0; i < inner * 2; i++) splits[t * inner * 2 + i] = values[t * size + i] ?? 0;
    for (let i = 0; i <= inner; i++) leaves[t * (inner + 1) + i] = values[t * size + inner * 2 + i] ?? 0;
  }
  return { base, splits, leaves, depth };
}

/** The forest's score: thousandths of a logit. */
export function scoreOf(forest: Forest, x: ArrayLike<number>): number {
  const { splits, leaves, depth } = forest;
  const inner = (1 << depth) - 1;
  let score = forest.base;
  for (let t = 0, s = 0; t < leaves.length; t += inner + 1, s += inner * 2) {
    let i = 0;
    while (i < inner) {
      const feature = splits[s + 2 * i] as number;
      i = 2 * i + (feature >= 0 && (x[feature] ?? 0) >= (splits[s + 2 * i + 1] as number) ? 2 : 1);
    }
    score += leaves[t + i - inner] as number;
  }
  return score;
}
