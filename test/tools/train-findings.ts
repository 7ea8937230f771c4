import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import type { Finding } from '../../src/core/analysis.ts';
import { KINDS } from '../../src/core/analysis.ts';
import { codeOf } from '../../src/core/blocks.ts';
import { SHAPES, candidatesOf } from '../../src/core/findings/candidates.ts';
import type { Signs } from '../../src/core/kinds/label.ts';
import type { Stand } from '../../src/core/parents.ts';
import { candidates, parentVector } from '../../src/core/parents.ts';
import { featuresOf } from '../../src/core/signs/features.ts';
import { KIND_TASKS, SCORED, TASKS } from '../../src/core/signs/tasks.ts';
import { readForest, scoreOf } from '../../src/core/signs/trees.ts';
import type { Sight } from '../../src/core/signs/vectors.ts';
import { findingVector, logitsOf, outlineVector, standings, together } from '../../src/core/signs/vectors.ts';
import { factsOf } from '../../src/core/step-facts.ts';
import { termsOf } from '../../src/core/terms.ts';
import { createTrail } from '../../src/core/trail.ts';
import { BOOST, boost } from './learn/boost.ts';
import type { Lesson, Linear } from './learn/linear.ts';
import { learn, rowsBy } from './learn/linear.ts';
import { rising } from './learn/rising.ts';
import { placesOf } from './train-data.ts';

/**
 * Learns what speaks for phases, branches and findings, and writes it to src/core/signs/weights.ts:
 *   node test/tools/train-findings.ts DATA_DIR SIGNS
 * DATA_DIR holds labelled.jsonl and edges.jsonl; of these only the records of the source `coding-train` are used, and for what
 * a step builds on those of ReasoningFlow that are not kept for measuring. SIGNS is what `train-kinds.ts` wrote: what the network
 * says of chains that it did not learn from. Same data, same weights.
 */

interface Labelled {
  readonly id: string;
  readonly source: string;
  readonly prompt?: string;
  readonly reasoning: string;
  readonly answer?: string;
  readonly segments: readonly { readonly start: number; readonly end: number; readonly kind: string }[];
  readonly phases: readonly number[];
  readonly branches: readonly number[];
  readonly findings: readonly { readonly kind: Finding['kind']; readonly segments: readonly number[] }[];
}

const OUT = resolve(import.meta.dirname, '../../src/core/signs/weights.ts');
const SIGNS = Number(process.env['SIGNS'] ?? 1500);
const FOLDS = 5;

interface Example extends Lesson {
  readonly record: Labelled;
  readonly facts: Sight['facts'];
  readonly notes: Sight['notes'];
  readonly standings: readonly (readonly number[])[];
  readonly fold: number;
  /** What the network says of each step. */
  readonly said: readonly Signs[];
}

function main(dir: string, signsFile: string): void {
  const said = JSON.parse(readFileSync(signsFile, 'utf8')) as Record<string, readonly Signs[] | undefined>;
  const records = readFileSync(join(dir, 'labelled.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"coding-train"'))
    .map((line) => JSON.parse(line) as Labelled)
    .filter((record) => record.source === 'coding-train');
  const folds = new Map<string, number>();
  const examples = records.map((record) => {
    const problem = (record.prompt ?? record.reasoning).slice(0, 400);
    if (!folds.has(problem)) folds.set(problem, folds.size % FOLDS);
    return exampleOf(record, folds.get(problem) ?? 0, said[record.id] ?? []);
  });
  // the trees must learn from what the linear model says of texts that it does not know
  const sights = new Map<Example, Sight>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = learn(
      examples.filter((example) => example.fold !== fold),
      SIGNS,
    );
    for (const example of examples) if (example.fold === fold) sights.set(example, sightOf(example, model));
  }
  const sight = (example: Example): Sight => sights.get(example) as Sight;
  const forests: Record<string, string> = {};
  const odds: Record<string, string> = {};
  for (const task of ['phase', 'branch'] as const) {
    const [rows, y] = outlineRows(examples, sight, task);
    // branches are few: smaller trees
    forests[task] = boost(rows, y, task === 'branch' ? { ...BOOST, trees: 60, depth: 2, lambda: 20 } : BOOST);
  }
  for (const kind of SCORED) {
    const task = TASKS.indexOf(kind);
    const table = (some: readonly Example[]): [number[][], number[]] => [
      some.flatMap((example) => example.facts.map((_, i) => findingVector(sight(example), i, example.standings[i] ?? []))),
      some.flatMap((example) => Array.from(example.truth[task] as Uint8Array)),
    ];
    const judged: [number, boolean][] = [];
    for (let fold = 0; fold < FOLDS; fold++) {
      const forest = readForest(boost(...table(examples.filter((example) => example.fold !== fold))));
      for (const example of examples) {
        if (example.fold !== fold) continue;
        const seen = sight(example);
        const scores = example.facts.map((_, i) =>
          together(scoreOf(forest, findingVector(seen, i, example.standings[i] ?? [])), seen, i, kind),
        );
        for (const candidate of candidatesOf(scores, SHAPES[kind]))
          judged.push([candidate.score, isRight(example.record, kind, candidate.steps)]);
      }
    }
    odds[kind] = rising(judged);
    forests[kind] = boost(...table(examples));
    const right = judged.filter(([, ok]) => ok).length;
    process.stderr.write(`${kind.padEnd(22)} ${right} of ${judged.length} possible findings are right; ${odds[kind]}\n`);
  }
  const model = learn(examples, SIGNS);
  forests['parent'] = learnParents(dir, model);
  writeFileSync(OUT, source(model, forests, odds, records.length));
  process.stderr.write(`${OUT}: ${model.features.length} signs\n`);
}

/** Chains of thought whose steps were linked to what they build on; the ones that annotators of the gold linked are left for measuring. */
const LINKED = new Set(['reasoningflow/v1_llm', 'reasoningflow/v0_human_A', 'reasoningflow/v0_human_B']);

function learnParents(dir: string, model: Linear): string {
  const read = <T>(file: string): T[] =>
    readFileSync(join(dir, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as T);
  const edges = new Map(read<{ id: string; edges: { from: string; to: string }[] }>('edges.jsonl').map((e) => [e.id, e.edges]));
  const rows: number[][] = [];
  const y: number[] = [];
  type Node = Omit<Labelled, 'segments'> & {
    readonly id: string;
    readonly segments: readonly (Labelled['segments'][number] & { readonly node: string })[];
  };
  for (const record of read<Node>('labelled.jsonl').filter(({ source: name }) => LINKED.has(name))) {
    const index = new Map(record.segments.map(({ node }, i) => [node, i]));
    const linked = new Set((edges.get(record.id) ?? []).map(({ from, to }) => `${index.get(from)} ${index.get(to)}`));
    const example = exampleOf({ ...record, phases: [], branches: [], findings: [] }, 0, []);
    const signs = rowsBy(model, example.signs);
    const stands: Stand[] = [];
    example.facts.forEach((facts, n) => {
      const note = example.notes[n] as (typeof example.notes)[number];
      const stand = { facts, terms: note.terms, row: signs[n]?.row ?? note.row, given: note.given };
      for (const i of candidates(stands, stand)) {
        rows.push(parentVector(stands, stand, i));
        y.push(linked.has(`${i} ${n}`) ? 1 : 0);
      }
      stands.push(stand);
    });
  }
  return boost(rows, y, { ...BOOST, trees: 100, columns: 0.6 });
}

function exampleOf(record: Labelled, fold: number, said: readonly Signs[]): Example {
  const trail = createTrail(record.prompt ?? '');
  let before = 0;
  const facts = record.segments.map((segment, i) => {
    const gap = i === 0 ? null : record.reasoning.slice(before, segment.start);
    before = segment.end;
    return factsOf(segment, record.reasoning.slice(segment.start, Math.min(segment.end, segment.start + 4096)), gap);
  });
  const notes = facts.map((f) => trail.add(f));
  const answer = record.answer ?? '';
  const outside = {
    prompt: new Set(termsOf(record.prompt ?? '')),
    answer: new Set(termsOf(answer)),
    code: new Set(termsOf(codeOf(answer))),
  };
  return {
    record,
    fold,
    said,
    facts,
    notes,
    signs: facts.map((f, i) => featuresOf(f, notes[i] as (typeof notes)[number], i)),
    standings: standings(notes, outside),
    truth: truthOf(record),
  };
}

function truthOf(record: Labelled): Uint8Array[] {
  const truth = TASKS.map(() => new Uint8Array(record.segments.length));
  const set = (task: number, i: number): void => {
    const row = truth[task];
    if (row !== undefined) row[i] = 1;
  };
  record.segments.forEach(({ kind }, i) => set((KINDS as readonly string[]).indexOf(kind), i));
  for (const i of record.phases) set(KIND_TASKS, i);
  for (const i of record.branches) set(KIND_TASKS + 1, i);
  for (const { kind, segments } of record.findings) {
    for (const i of placesOf(kind, segments)) set(TASKS.indexOf(kind as (typeof TASKS)[number]), i);
  }
  return truth;
}

function sightOf(example: Example, model: Linear): Sight {
  const rows = rowsBy(model, example.signs);
  const notes = example.notes.map((note, i) => ({ ...note, row: rows[i]?.row ?? note.row }));
  return { facts: example.facts, notes, logits: logitsOf(notes), signs: example.said };
}

function outlineRows(examples: readonly Example[], sight: (example: Example) => Sight, task: 'phase' | 'branch'): [number[][], number[]] {
  const rows: number[][] = [];
  const y: number[] = [];
  for (const example of examples) {
    const places = new Set(task === 'phase' ? example.record.phases : example.record.branches);
    let last = 0;
    for (let i = 1; i < example.facts.length; i++) {
      rows.push(outlineVector(sight(example), i, i - last));
      y.push(places.has(i) ? 1 : 0);
      if (places.has(i)) last = i;
    }
  }
  return [rows, y];
}

/** Whether the annotator has a finding of that kind that shares a segment, one of tolerance. */
function isRight(record: Labelled, kind: Finding['kind'], steps: readonly number[]): boolean {
  return record.findings.some(
    (f) => f.kind === kind && (f.segments.length === 0 || f.segments.some((s) => steps.some((i) => Math.abs(i - s) <= 1))),
  );
}

function source({ features, weights }: Linear, forests: Record<string, string>, odds: Record<string, string>, traces: number): string {
  const constant = (name: string, value: string, type = ''): string => `export const ${name}${type} = ${value};\n`;
  const table = ': Readonly<Record<string, string | undefined>>';
  return [
    '// Made by test/tools/train-findings.ts; not edited by hand.',
    `// Learned from ${traces} coding traces labelled by one annotator each (the source coding-train of the labelled chains of thought);`,
    '// what a step builds on from ReasoningFlow (Apache-2.0), the chains kept for measuring left out.',
    '/** The signs that were learned, one a line. */',
    constant('FEATURES', JSON.stringify(features.join('\n'))),
    '/** For each sign its row of weights (see rows.ts), a digit a weight. */',
    constant('WEIGHTS', JSON.stringify(weights)),
    '/** Boosted trees by what they speak for (see trees.ts). */',
    constant('FORESTS', JSON.stringify(forests, null, 2), table),
    '/** By kind of finding: scores and the percentage of possible findings at that score or above the one before that were right. */',
    constant('ODDS', JSON.stringify(odds, null, 2), table),
  ].join('\n');
}

const [dir, signsFile] = process.argv.slice(2);
if (dir === undefined || signsFile === undefined) {
  process.stderr.write('usage: train-findings.ts DATA_DIR SIGNS\n');
  process.exitCode = 2;
} else main(dir, signsFile);
