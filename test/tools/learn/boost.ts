/** Boosted trees with logistic loss over whole numbers (Friedman 2001, with the second-order gains of XGBoost). */
export interface BoostOptions {
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  readonly minLeaf: number;
  readonly lambda: number;
  readonly bins: number;
  /** Share of the columns that a tree may use. */
  readonly columns: number;
}

export const BOOST: BoostOptions = { trees: 80, depth: 3, rate: 0.12, minLeaf: 30, lambda: 5, bins: 24, columns: 0.4 };

/** A generator of numbers in [0, 1): the same sequence for the same seed. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

interface Binned {
  readonly cuts: readonly number[];
  readonly of: Uint8Array;
}

function bin(column: Int16Array, bins: number): Binned {
  const sorted = Int16Array.from(column).sort();
  const cuts: number[] = [];
  for (let b = 1; b < bins; b++) {
    const value = sorted[Math.floor((b * sorted.length) / bins)] as number;
    if (cuts.at(-1) !== value && value !== sorted[0]) cuts.push(value);
  }
  const of = Uint8Array.from(column, (value) => {
    let low = 0;
    let high = cuts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value >= (cuts[middle] as number)) low = middle + 1;
      else high = middle;
    }
    return low;
  });
  return { cuts, of };
}

/** Learns from `rows` (all of one length) and their 0 or 1; returns the text that `readForest` reads. */
export function boost(rows: readonly (readonly number[])[], y: readonly number[], options: BoostOptions = BOOST): string {
  const { trees, depth, rate, minLeaf, lambda, bins, columns } = options;
  const n = rows.length;
  const width = rows[0]?.length ?? 0;
  const binned = Array.from({ length: width }, (_, c) =>
    bin(
      Int16Array.from(rows, (row) => row[c] as number),
      bins,
    ),
  );
  const positives = y.reduce((a, b) => a + b, 0);
  const base = Math.round(1000 * Math.log(positives / (n - positives)));
  const score = new Float64Array(n).fill(base / 1000);
  const gradient = new Float64Array(n);
  const hessian = new Float64Array(n);
  const node = new Uint8Array(n);
  const random = generator(7);
  const inner = (1 << depth) - 1;
  const out: number[] = [];
  for (let k = 0; k < trees; k++) {
    for (let i = 0; i < n; i++) {
      const p = 1 / (1 + Math.exp(-(score[i] as number)));
      gradient[i] = p - (y[i] as number);
      hessian[i] = p * (1 - p);
    }
    const splits = new Array<number>(inner * 2).fill(-1);
    node.fill(0);
    const use = binned.map(() => random() < columns);
    for (let d = 0; d < depth; d++) {
      const best = bestSplits(binned, use, node, gradient, hessian, 1 << d, minLeaf, lambda);
      const first = (1 << d) - 1;
      best.forEach((split, q) => {
        splits[2 * (first + q)] = split.column;
        splits[2 * (first + q) + 1] = split.column < 0 ? 0 : (binned[split.column]?.cuts[split.cut] as number);
      });
      for (let i = 0; i < n; i++) {
        const split = best[node[i] as number];
        const right = split !== undefined && split.column >= 0 && (binned[split.column]?.of[i] as number) > split.cut;
        node[i] = (node[i] as number) * 2 + (right ? 1 : 0);
      }
    }
    const sumG = new Float64Array(inner + 1);
    const sumH = new Float64Array(inner + 1);
    for (let i = 0; i < n; i++) {
      sumG[node[i] as number]! += gradient[i] as number;
      sumH[node[i] as number]! += hessian[i] as number;
    }
    const leaves = Array.from(sumG, (g, q) => Math.round((-1000 * rate * g) / ((sumH[q] as number) + lambda)));
    for (let i = 0; i < n; i++) score[i]! += (leaves[node[i] as number] as number) / 1000;
    out.push(...splits, ...leaves);
  }
  return `${base.toString(36)} ${depth.toString(36)}|${out.map((v) => v.toString(36)).join(' ')}`;
}

interface Split {
  column: number;
  cut: number;
  gain: number;
}

function bestSplits(
  binned: readonly Binned[],
  use: readonly boolean[],
  node: Uint8Array,
  gradient: Float64Array,
  hessian: Float64Array,
  nodes: number,
  minLeaf: number,
  lambda: number,
): Split[] {
  const n = node.length;
  const best: Split[] = Array.from({ length: nodes }, () => ({ column: -1, cut: 0, gain: 1e-6 }));
  const total = { g: new Float64Array(nodes), h: new Float64Array(nodes), c: new Float64Array(nodes) };
  for (let i = 0; i < n; i++) {
    const q = node[i] as number;
    total.g[q]! += gradient[i] as number;
    total.h[q]! += hessian[i] as number;
    total.c[q]!++;
  }
  binned.forEach(({ cuts, of }, column) => {
    const size = cuts.length + 1;
    if (use[column] !== true || size < 2) return;
    const g = new Float64Array(nodes * size);
    const h = new Float64Array(nodes * size);
    const c = new Float64Array(nodes * size);
    for (let i = 0; i < n; i++) {
      const at = (node[i] as number) * size + (of[i] as number);
      g[at]! += gradient[i] as number;
      h[at]! += hessian[i] as number;
      c[at]!++;
    }
    for (let q = 0; q < nodes; q++) {
      const [G, H, C] = [total.g[q] as number, total.h[q] as number, total.c[q] as number];
      const parent = (G * G) / (H + lambda);
      let [gl, hl, cl] = [0, 0, 0];
      for (let cut = 0; cut < size - 1; cut++) {
        gl += g[q * size + cut] as number;
        hl += h[q * size + cut] as number;
        cl += c[q * size + cut] as number;
        if (cl < minLeaf || C - cl < minLeaf) continue;
        const gain = (gl * gl) / (hl + lambda) + ((G - gl) * (G - gl)) / (H - hl + lambda) - parent;
        if (gain > (best[q] as Split).gain) best[q] = { column, cut, gain };
      }
    }
  });
  return best;
}
