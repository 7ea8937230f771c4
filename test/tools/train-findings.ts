import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import type { Finding } from '../../src/core/analysis.ts';
import { KINDS } from '../../src/core/analysis.ts';
import { codeOf } from '../../src/core/blocks.ts';
import { SHAPES, candidatesOf } from '../../src/core/findings/candidates.ts';
import type { Signs } from '../../src/core/kinds/label.ts';
import { CHOICES, NO_MATTER } from '../../src/core/outline/outline.ts';
import type { Turn } from '../../src/core/outline/returns.ts';
import { lastPlaces, returnVector } from '../../src/core/outline/returns.ts';
import { advance, advanceTogether, noStarts } from '../../src/core/outline/starts.ts';
import type { Stand } from '../../src/core/parents.ts';
import { candidates, parentVector } from '../../src/core/parents.ts';
import { SCORED } from '../../src/core/signs/tasks.ts';
import type { Forest } from '../../src/core/signs/trees.ts';
import { readForest, scoreOf } from '../../src/core/signs/trees.ts';
import type { Sight } from '../../src/core/signs/vectors.ts';
import { findingVector, outlineVector, standings, together } from '../../src/core/signs/vectors.ts';
import { factsOf } from '../../src/core/step-facts.ts';
import { termsOf } from '../../src/core/terms.ts';
import { createTrail } from '../../src/core/trail.ts';
import { BOOST, boost } from './learn/boost.ts';
import { rising } from './learn/rising.ts';
import { LINKED, partOf, placesOf, readOwn, readRelabelled, readSecond, unmeasured } from './train-data.ts';

/**
 * Learns what speaks for phases, branches and findings, and writes it to src/core/signs/weights.ts:
 *   node test/tools/train-findings.ts DATA_DIR SIGNS
 * DATA_DIR holds labelled.jsonl, traces.jsonl and edges.jsonl. Findings are learned from the source `coding-train` alone, phases and
 * branches from the chains that were written or labelled for this project as well, and what a step builds on from those of
 * ReasoningFlow that are not kept for measuring. SIGNS is what `train-kinds.ts` wrote: what the network says of chains that it
 * did not learn from. Same data, same weights.
 */

interface Labelled {
  readonly id: string;
  readonly source: string;
  readonly prompt?: string;
  readonly reasoning: string;
  readonly answer?: string;
  readonly segments: readonly { readonly start: number; readonly end: number }[];
  readonly phases: readonly number[];
  readonly branches: readonly number[];
  /** Of `coding-train`: the branches with the step at which the line that is left began, and whether it is taken up again. */
  readonly turns?: readonly (Turn & { readonly back: boolean })[];
  readonly findings: readonly { readonly kind: Finding['kind']; readonly segments: readonly number[] }[];
}

/** How often possible findings of a kind are right by their score, see `rising`: the likeliest of a chain, and all others. */
interface Odds {
  readonly first: string;
  readonly rest: string;
}

const OUT = resolve(import.meta.dirname, '../../src/core/signs/weights.ts');
const FOLDS = 5;

/** A chain as the trees see it, with what is known of it. */
interface Example extends Sight {
  readonly record: Labelled;
  readonly standings: readonly (readonly number[])[];
  readonly fold: number;
}

function main(dir: string, signsFile: string): void {
  const said = JSON.parse(readFileSync(signsFile, 'utf8')) as Record<string, readonly Signs[] | undefined>;
  const example = (record: Labelled): Example => exampleOf(record, partOf(record.prompt ?? '', FOLDS), said[record.id]);
  const second = readSecond();
  const may = unmeasured(dir);
  const records = readLines<Labelled>(dir, 'labelled.jsonl').filter((of) => of.source === 'coding-train' && may(of));
  const examples = records.map(example);
  /** The same chains as the second annotator saw them. */
  const again = examples.map((of) => ({ ...of, record: { ...of.record, ...second.get(of.record.id), segments: of.record.segments } }));
  const more = [...readOwn(), ...readRelabelled(dir)].map((record) => example({ ...record, findings: [] }));
  const forests: Record<string, string> = {};
  const odds: Record<string, Odds> = {};
  for (const task of ['phase', 'branch'] as const) {
    // branches are few: smaller trees
    const options = task === 'branch' ? { ...BOOST, trees: 60, depth: 2, lambda: 20 } : { ...BOOST, trees: 150, depth: 4 };
    const forest = (fold: number | null): string =>
      boost(
        ...outlineRows(
          [...examples, ...again, ...more].filter((of) => of.fold !== fold),
          task,
        ),
        options,
      );
    tellPlaces([...examples, ...again], task, (fold) => readForest(forest(fold)));
    forests[task] = forest(null);
  }
  for (const kind of SCORED) {
    const table = (keep: (fold: number) => boolean): [number[][], number[]] => {
      const which = examples.flatMap(({ fold }, e) => (keep(fold) ? [e] : []));
      return [
        which.flatMap((e) => examples[e]!.facts.map((_, i) => findingVector(examples[e]!, i, examples[e]!.standings[i] ?? []))),
        which.flatMap((e) => {
          const other = truthOf(again[e]!.record, kind);
          return truthOf(examples[e]!.record, kind).map((x, i) => (x + other[i]!) / 2);
        }),
      ];
    };
    const first: [number, boolean][] = [];
    const rest: [number, boolean][] = [];
    for (let fold = 0; fold < FOLDS; fold++) {
      const forest = readForest(boost(...table((of) => of !== fold)));
      for (const [e, example] of examples.entries()) {
        if (example.fold !== fold) continue;
        const scores = example.facts.map((_, i) =>
          together(scoreOf(forest, findingVector(example, i, example.standings[i] ?? [])), example, i, kind),
        );
        candidatesOf(scores, SHAPES[kind]).forEach(({ score, steps }, i) => {
          (i === 0 ? first : rest).push([score, [example, again[e]!].some(({ record }) => isRight(record, kind, steps))]);
        });
      }
    }
    const curves = (odds[kind] = { first: rising(first), rest: rising(rest) });
    forests[kind] = boost(...table(() => true));
    for (const [name, judged] of Object.entries({ first, rest })) {
      const right = judged.filter(([, ok]) => ok).length;
      process.stderr.write(`${kind.padEnd(22)} ${name.padEnd(5)} ${right} of ${judged.length} right; ${curves[name as keyof Odds]}\n`);
    }
  }
  forests['parent'] = learnParents(dir, said);
  forests['return'] = learnReturns(examples);
  writeFileSync(OUT, source(forests, odds, examples.length, more.length));
}

const readLines = <T>(dir: string, file: string): T[] =>
  readFileSync(join(dir, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

/** Tells how good places are, within a step, each fold by a forest that did not see it, with floors around the one that is used. */
function tellPlaces(examples: readonly Example[], task: 'phase' | 'branch', forestOf: (fold: number) => Forest): void {
  const forests = Array.from({ length: FOLDS }, (_, fold) => forestOf(fold));
  const choice = CHOICES[task];
  for (let floor = choice.floor - 600; floor <= choice.floor + 600; floor += 150) {
    let [said, there, right, exact] = [0, 0, 0, 0];
    for (const example of examples) {
      const forest = forests[example.fold] as Forest;
      const starts = noStarts();
      const score = (i: number, since: number): number => together(scoreOf(forest, outlineVector(example, i, since)), example, i, task);
      if (task === 'branch') advance(starts, example.facts.length, example.facts, score, { ...choice, floor });
      else advanceTogether(starts, example.facts.length, example.facts.length, (i) => score(i, NO_MATTER), { ...choice, floor });
      const places = new Set(placesIn(example.record, task).filter((i) => i > 0 || task === 'branch'));
      said += starts.at.length;
      there += places.size;
      for (const at of starts.at) {
        const found = [at, at - 1, at + 1].find((i) => places.has(i));
        if (found === undefined) continue;
        places.delete(found);
        right++;
        if (found === at) exact++;
      }
    }
    const [precision, recall] = [right / Math.max(1, said), right / there];
    process.stderr.write(
      `${task.padEnd(22)} floor ${String(floor).padStart(5)}  F1 ${(200 * ((precision * recall) / (precision + recall))).toFixed(1)}  precision ${(100 * precision).toFixed(1)}  recall ${(100 * recall).toFixed(1)}; to the step ${((200 * exact) / (said + there)).toFixed(1)}\n`,
    );
  }
}

const placesIn = (record: Labelled, task: 'phase' | 'branch'): readonly number[] => (task === 'phase' ? record.phases : record.branches);

function learnParents(dir: string, said: Readonly<Record<string, readonly Signs[] | undefined>>): string {
  const edges = new Map(readLines<{ id: string; edges: { from: string; to: string }[] }>(dir, 'edges.jsonl').map((e) => [e.id, e.edges]));
  const may = unmeasured(dir);
  const rows: number[][] = [];
  const y: number[] = [];
  type Node = Omit<Labelled, 'segments'> & {
    readonly id: string;
    readonly segments: readonly (Labelled['segments'][number] & { readonly node: string })[];
  };
  for (const record of readLines<Node>(dir, 'labelled.jsonl').filter((of) => LINKED.includes(of.source) && may(of))) {
    const index = new Map(record.segments.map(({ node }, i) => [node, i]));
    const linked = new Set((edges.get(record.id) ?? []).map(({ from, to }) => `${index.get(from)} ${index.get(to)}`));
    const example = exampleOf({ ...record, phases: [], branches: [], findings: [] }, 0, said[record.id]);
    const stands: Stand[] = [];
    example.facts.forEach((facts, n) => {
      const note = example.notes[n] as (typeof example.notes)[number];
      const stand = { facts, terms: note.terms, signs: example.signs[n] as Signs, given: note.given };
      for (const i of candidates(stands, stand)) {
        rows.push(parentVector(stands, stand, i));
        y.push(linked.has(`${i} ${n}`) ? 1 : 0);
      }
      stands.push(stand);
    });
  }
  return boost(rows, y, { ...BOOST, trees: 100, columns: 0.6 });
}

/** Whether what is left at a turn is taken up again. */
function learnReturns(examples: readonly Example[]): string {
  const rows: { readonly fold: number; readonly x: number[]; readonly back: boolean }[] = [];
  for (const { record, facts, notes, signs, fold } of examples) {
    const past = { facts, notes, last: lastPlaces(notes), answer: new Set(termsOf(record.answer ?? '')) };
    for (const turn of record.turns ?? []) {
      const kinds = (signs[turn.at] as Signs).slice(0, KINDS.length);
      const revises = KINDS[kinds.indexOf(Math.max(...kinds))] === 'revise';
      rows.push({ fold, x: returnVector(past, turn, revises), back: turn.back });
    }
  }
  const learn = (of: typeof rows): string =>
    boost(
      of.map(({ x }) => x),
      of.map(({ back }) => (back ? 1 : 0)),
      { ...BOOST, trees: 40, depth: 2, lambda: 10, columns: 1 },
    );
  const said = { back: [0, 0], left: [0, 0] };
  for (let fold = 0; fold < FOLDS; fold++) {
    const forest = readForest(learn(rows.filter((of) => of.fold !== fold)));
    for (const { x, back } of rows.filter((of) => of.fold === fold)) {
      const count = scoreOf(forest, x) >= 0 ? said.back : said.left;
      count[0]!++;
      if (back === (count === said.back)) count[1]!++;
    }
  }
  process.stderr.write(
    `return                 ${rows.filter(({ back }) => back).length} of ${rows.length} are taken up again; said of ${said.back[0]}, right ${said.back[1]}; not of ${said.left[0]}, right ${said.left[1]}\n`,
  );
  return learn(rows);
}

function exampleOf(record: Labelled, fold: number, signs: readonly Signs[] | undefined): Example {
  if (signs?.length !== record.segments.length) throw new Error(`${record.id}: the file of signs is of other data.`);
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
    facts,
    notes,
    signs,
    standings: standings(notes, outside),
  };
}

/** For each step 1 if it belongs to a finding of that kind. */
function truthOf(record: Labelled, kind: Finding['kind']): number[] {
  const truth = record.segments.map(() => 0);
  for (const finding of record.findings)
    if (finding.kind === kind) for (const i of placesOf(kind, finding.segments)) if (i < truth.length) truth[i] = 1;
  return truth;
}

function outlineRows(examples: readonly Example[], task: 'phase' | 'branch'): [number[][], number[]] {
  const rows: number[][] = [];
  const y: number[] = [];
  for (const example of examples) {
    const places = new Set(placesIn(example.record, task));
    let last = 0;
    for (let i = 1; i < example.facts.length; i++) {
      rows.push(outlineVector(example, i, task === 'phase' ? NO_MATTER : i - last));
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

function source(forests: Record<string, string>, odds: Record<string, Odds>, traces: number, more: number): string {
  const constant = (name: string, value: Record<string, unknown>, type: string): string =>
    `export const ${name}: Readonly<Record<string, ${type} | undefined>> = ${JSON.stringify(value, null, 2)};\n`;
  return [
    '// Made by test/tools/train-findings.ts; not edited by hand.',
    `// Learned from ${traces} coding traces labelled by two annotators each (the source coding-train of the labelled chains of thought), phases and`,
    `// branches from ${more} more that were written or labelled for this project; what a step builds on from ReasoningFlow (Apache-2.0), the`,
    '// problems kept for measuring left out.',
    '/** Boosted trees by what they speak for (see trees.ts). */',
    constant('FORESTS', forests, 'string'),
    '/**',
    ' * By kind of finding: scores and the percentage of possible findings from that score to the next that one of the annotators had;',
    ' * for the likeliest one of a chain, and for the others.',
    ' */',
    constant('ODDS', odds, '{ readonly first: string; readonly rest: string }'),
  ].join('\n');
}

const [dir, signsFile] = process.argv.slice(2);
if (dir === undefined || signsFile === undefined) {
  process.stderr.write('usage: train-findings.ts DATA_DIR SIGNS\n');
  process.exitCode = 2;
} else main(dir, signsFile);
