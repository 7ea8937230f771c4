/**
 * Trains the model of kinds: node test/tools/train-kinds.ts DATA_DIR [--measure] [--folds N]
 *
 * Learns from the chains of source `coding-train` in DATA_DIR/labelled.jsonl and writes src/core/kinds/model-data.ts. Whole
 * problems are held out first, for the figures and for the calibration; the model that is written has seen all.
 * Same data, same model, to the bit. `--measure` writes nothing; `--folds N` measures on N parts instead of one.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import process from 'node:process';
import { KINDS } from '../../src/core/analysis.ts';
import type { Model } from '../../src/core/kinds/model.ts';
import { loadNet } from '../../src/core/kinds/model.ts';
import type { Shape } from '../../src/core/kinds/net.ts';
import { WEIGHT_NAMES, isOfPlace } from '../../src/core/kinds/net.ts';
import { createRandom } from '../unit/core/random.ts';
import { agreement, reliability } from './measure.ts';
import type { Chain } from './train-data.ts';
import { chooseVocabulary, partOf, readChains, toExample } from './train-data.ts';
import type { Recipe } from './train-net.ts';
import { trainNet } from './train-net.ts';
import { trainVotes } from './train-votes.ts';

const SOURCE = 'coding-train';
const PARTS = 5;
const SHAPE: Shape = { word: 32, step: 80, memory: 56, kinds: KINDS.length };
const RECIPE: Recipe = {
  epochs: 40,
  batch: 12,
  rate: 3e-3,
  decay: 1e-2,
  dropFeatures: 0.4,
  drop: 0.5,
  smoothing: 0.05,
  stretches: 0.6,
  seed: 1,
};
const VOCABULARY = 2500;
const SEEN = 3;

function train(chains: readonly Chain[], temperature: number): Model {
  const vocabulary = chooseVocabulary(chains, VOCABULARY, SEEN);
  const placed = new Set([...vocabulary].filter(([feature]) => isOfPlace(feature)).map(([, id]) => id));
  const examples = chains.map((chain) => toExample(chain, vocabulary));
  const unplaced = examples.map(({ steps, targets }) => ({ steps: steps.map((ids) => ids.filter((id) => !placed.has(id))), targets }));
  const weights = {
    ...trainNet(SHAPE, vocabulary.size, unplaced, RECIPE, createRandom(RECIPE.seed)),
    ...trainVotes(vocabulary.size, KINDS.length, examples, createRandom(RECIPE.seed)),
  };
  const scales: Record<string, number> = {};
  const bytes: number[] = [];
  for (const name of WEIGHT_NAMES) {
    const numbers = weights[name];
    // the few that are far out are cut off, so that the many keep their detail
    const sizes = numbers.map(Math.abs).sort();
    const most = sizes[Math.floor((sizes.length - 1) * (name.endsWith('Bias') ? 1 : 0.9995))]! || 1;
    const scale = Number((most / 127).toPrecision(6));
    scales[name] = scale;
    for (const x of numbers) bytes.push(Math.max(-127, Math.min(127, Math.round(x / scale))) & 255);
  }
  return {
    header: { shape: SHAPE, temperature, scales: scales as Model['header']['scales'] },
    vocabulary: [...vocabulary.keys()].join('\n'),
    weights: Buffer.from(bytes).toString('base64').replace(/=+$/, ''),
  };
}

/** The probabilities for each step, one chain after the other. */
function judge(model: Model, chains: readonly Chain[]): { truth: number[]; probabilities: Float64Array[] } {
  const net = loadNet(model);
  const truth: number[] = [];
  const probabilities: Float64Array[] = [];
  for (const { features, kinds } of chains) {
    const steps = features.map((of) => net.encode(of));
    let memory = net.blank;
    steps.forEach((step, t) => {
      const next = steps[t + 1] ?? net.nothing;
      memory = net.advance(memory, step, next);
      probabilities.push(net.judge(memory, step, steps[t - 1] ?? net.nothing, next));
      truth.push(kinds[t]!);
    });
  }
  return { truth, probabilities };
}

const best = (p: Float64Array): number => p.indexOf(Math.max(...p));
/** Probabilities at another temperature. */
const warm = (p: Float64Array, temperature: number): Float64Array => {
  const q = p.map((x) => x ** (1 / temperature));
  const sum = q.reduce((a, b) => a + b, 0);
  return q.map((x) => x / sum);
};

const argv = process.argv.slice(2);
const folder = argv.find((arg) => !arg.startsWith('--') && !/^\d+$/.test(arg));
if (folder === undefined) {
  process.stderr.write('usage: train-kinds.ts DATA_DIR [--measure] [--folds N]\n');
  process.exit(2);
}
const folds = argv.includes('--folds') ? Number(argv[argv.indexOf('--folds') + 1]) : 1;
const chains = readChains(folder, SOURCE);
const log = (text: string): void => void process.stdout.write(text + '\n');
log(`${chains.length} chains, ${chains.reduce((n, chain) => n + chain.kinds.length, 0)} steps`);

const truth: number[] = [];
const probabilities: Float64Array[] = [];
for (let part = 0; part < folds; part++) {
  const model = train(
    chains.filter(({ prompt }) => partOf(prompt, PARTS) !== part),
    1,
  );
  const judged = judge(
    model,
    chains.filter(({ prompt }) => partOf(prompt, PARTS) === part),
  );
  truth.push(...judged.truth);
  probabilities.push(...judged.probabilities);
  log(`part ${part}: kappa ${agreement(judged.truth, judged.probabilities.map(best)).kappa.toFixed(3)}`);
}
const { kappa, macro, each } = agreement(truth, probabilities.map(best));
log(`held-out problems: kappa ${kappa.toFixed(3)}, macro F1 ${(100 * macro).toFixed(1)}, ${truth.length} steps`);
log(KINDS.map((kind, k) => `${kind} ${(100 * (each[k] ?? 0)).toFixed(1)}`).join(', '));

let temperature = 1;
let least = Infinity;
for (let t = 0.5; t < 3; t += 0.05) {
  const loss = probabilities.reduce((sum, p, i) => sum - Math.log(warm(p, t)[truth[i]!]!), 0);
  if (loss < least) [least, temperature] = [loss, Number(t.toFixed(2))];
}
const calibrated = probabilities.map((p) => warm(p, temperature));
log(`temperature ${temperature}; confidence → share right:`);
for (const [from, to, n, mean, right] of reliability(
  calibrated.map((p) => Math.max(...p)),
  calibrated.map((p, i) => best(p) === truth[i]),
))
  log(`  ${from.toFixed(1)}–${to.toFixed(1)}  n ${String(n).padStart(5)}  said ${mean.toFixed(3)}  right ${right.toFixed(3)}`);

if (!argv.includes('--measure')) {
  const model = train(chains, temperature);
  const digest = createHash('sha256')
    .update(readFileSync(join(folder, 'labelled.jsonl')))
    .digest('hex')
    .slice(0, 16);
  const target = new URL('../../src/core/kinds/model-data.ts', import.meta.url);
  writeFileSync(
    target,
    `// Written by test/tools/train-kinds.ts; not to be edited by hand.
// Learned from ${chains.length} chains of thought (${chains.reduce((n, c) => n + c.kinds.length, 0)} steps, source ${SOURCE}, labelled by this project's guideline for kinds;
// labelled.jsonl sha256 ${digest}…). Held-out problems: kappa ${kappa.toFixed(3)}, macro F1 ${(100 * macro).toFixed(1)}.
import type { Model } from './model.ts';

export const MODEL: Model = {
  header: ${JSON.stringify(model.header)},
  vocabulary:
    ${JSON.stringify(model.vocabulary)},
  weights:
    '${model.weights}',
};
`,
  );
  log(`wrote ${target.pathname}: ${readFileSync(target).length} bytes`);
}
