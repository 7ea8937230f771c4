import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KINDS } from '../../src/core/analysis.ts';
import type { Finding, Kind } from '../../src/core/analysis.ts';
import { createFeaturizer } from '../../src/core/kinds/features.ts';
import type { Features } from '../../src/core/kinds/features.ts';
import { SIGN_TASKS } from '../../src/core/signs/tasks.ts';
import { factsOf } from '../../src/core/step-facts.ts';
import type { Example } from './train-net.ts';
import { UNSAID } from './train-net.ts';
import { readWritten } from './written.ts';

interface Labelled {
  readonly id: string;
  readonly source: string;
  readonly prompt: string;
  readonly reasoning: string;
  readonly segments: readonly { readonly start: number; readonly end: number; readonly kind: Kind | null }[];
  readonly phases?: readonly number[];
  readonly branches?: readonly number[];
  readonly findings?: readonly { readonly kind: Finding['kind']; readonly segments: readonly number[] }[];
}

/** A chain of thought with a kind for each step. */
export interface Chain {
  readonly id: string;
  readonly prompt: string;
  readonly texts: readonly string[];
  readonly features: readonly Features[];
  /** Indices into `KINDS`, -1 where it has none. */
  readonly kinds: readonly number[];
  /** The same by a second annotator, where there was one. */
  readonly also: readonly number[] | null;
  /** For each step how many of the annotators, 0 to 1, call it a sign of each of `SIGN_TASKS`, or `UNSAID`; null where nobody did. */
  readonly signs: readonly Float64Array[] | null;
}

/** The chains of one source. */
export function readChains(folder: string, source: string): Chain[] {
  const again = readSecond();
  const may = unmeasured(folder);
  return linesOf<Labelled>(join(folder, 'labelled.jsonl'))
    .filter((record) => record.source === source && may(record))
    .map((record) => {
      const chain = chainOf(record);
      const second = again.get(record.id);
      if (second === undefined) return chain;
      const { kinds, signs } = chainOf({
        ...record,
        ...second,
        segments: record.segments.map((s, i) => ({ ...s, kind: second.kinds[i] ?? null })),
      });
      return {
        ...chain,
        also: kinds,
        signs: chain.signs?.map((of, i) => of.map((x, k) => (x + (signs?.[i]?.[k] ?? x)) / 2)) ?? null,
      };
    });
}

/** What a second annotator, a language model, said of a chain without having seen what the first one said. */
export interface Second {
  readonly kinds: readonly Kind[];
  readonly phases: readonly number[];
  readonly branches: readonly number[];
  readonly findings: NonNullable<Labelled['findings']>;
}

/** Kinds as they are written down: `work*3` is three in a row. */
const kindsOf = (runs: string): Kind[] =>
  runs.split(' ').flatMap((run) => {
    const [kind, times] = run.split('*');
    return Array<Kind>(Number(times ?? 1)).fill(kind as Kind);
  });

/** The second annotations, by the chain's id: `second.jsonl`, in which there is no text of the chains. */
export function readSecond(): ReadonlyMap<string, Second> {
  return new Map(
    linesOf<Omit<Second, 'kinds'> & { readonly id: string; readonly kinds: string }>(join(import.meta.dirname, 'second.jsonl')).map(
      ({ id, kinds, ...rest }) => [
        id,
        {
          ...rest,
          kinds: kindsOf(kinds),
        },
      ],
    ),
  );
}

/** What is measured on: nothing is learned from it, nor from other chains about the same problems. */
const MEASURED: readonly string[] = ['reasoningflow/v0_human_D', 'reasoningflow/v1_human_D', 'schoenfeld', 'coding-gold'];

/** Tells whether a problem may be learned from: the same ones were annotated by several people, and given to several models. */
export function unmeasured(folder: string): (record: { readonly prompt?: string }) => boolean {
  const problemOf = (prompt: string): string => prompt.toLowerCase().replace(/\W+/g, '').slice(-300);
  const problems = new Set(
    linesOf<Labelled>(join(folder, 'labelled.jsonl'))
      .filter(({ source }) => MEASURED.includes(source))
      .map(({ prompt }) => problemOf(prompt))
      // of some the prompt is not known
      .filter((problem) => problem !== ''),
  );
  return ({ prompt = '' }) => !problems.has(problemOf(prompt));
}

/** Chains of thought whose steps were linked to what they build on. */
export const LINKED: readonly string[] = ['reasoningflow/v1_llm'];

/** A chain with what its steps do; what findings it has, nobody said. */
type Outlined = Omit<Labelled, 'findings' | 'phases' | 'branches'> & Required<Pick<Labelled, 'phases' | 'branches'>>;

/** The chains that were written for this project, see `chains/README.md`. */
export function readOwn(): Outlined[] {
  return readWritten(join(import.meta.dirname, 'chains')).map((chain) => ({ ...chain, source: '' }));
}

/** A line of `labels.jsonl`: what the steps of a chain do by this project's guideline. The text is not in it. */
interface Labels {
  readonly id: string;
  /** `start-end` of each step, UTF-16 code units. */
  readonly segments: string;
  /** As many kinds, those in a row as `work*3`. */
  readonly kinds: string;
  readonly phases: readonly number[];
  readonly branches: readonly number[];
}

/**
 * The chains of ReasoningFlow, Thought Anchors, LLM-Reasoning-Trace-Topology and MisguidedAttention that were labelled by this project's
 * guideline, of long ones the beginning: their texts from `folder`.
 */
export function readRelabelled(folder: string): Outlined[] {
  const texts = new Map(
    ['labelled.jsonl', 'traces.jsonl'].flatMap((file) => linesOf<Labelled>(join(folder, file)).map((record) => [record.id, record])),
  );
  return linesOf<Labels>(join(import.meta.dirname, 'labels.jsonl')).map(({ id, segments, kinds, phases, branches }) => {
    const text = texts.get(id);
    if (text === undefined) throw new Error(`${id} is labelled, but its text is not in ${folder}.`);
    const all = kindsOf(kinds);
    const spans = segments.split(' ').map((span, i) => {
      const [start = 0, end = 0] = span.split('-').map(Number);
      return { start, end, kind: all[i] ?? null };
    });
    const { prompt, reasoning } = text;
    return { id: `${id} again`, source: '', prompt, reasoning, segments: spans, phases, branches };
  });
}

export const readMore = (folder: string): Chain[] => [...readOwn(), ...readRelabelled(folder)].map(chainOf);

function linesOf<T>(file: string): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}

function chainOf({ id, prompt, reasoning, segments, phases, branches, findings }: Omit<Labelled, 'source'>): Chain {
  const featurizer = createFeaturizer();
  let last = 0;
  const features = segments.map(({ start, end }) => {
    const gap = last === 0 ? null : reasoning.slice(last, start);
    last = end;
    return featurizer.add(factsOf({ start, end }, reasoning.slice(start, end), gap));
  });
  const texts = segments.map(({ start, end }) => reasoning.slice(start, end));
  const signs = phases === undefined || branches === undefined ? null : signsOf(segments.length, phases, branches, findings ?? null);
  return { id, prompt, texts, features, signs, also: null, kinds: segments.map(({ kind }) => (kind === null ? -1 : KINDS.indexOf(kind))) };
}

function signsOf(
  steps: number,
  phases: readonly number[],
  branches: readonly number[],
  findings: Labelled['findings'] | null,
): Float64Array[] {
  const said = SIGN_TASKS.map((task) => (findings === null && task !== 'phase' && task !== 'branch' ? UNSAID : 0));
  const signs = Array.from({ length: steps }, () => Float64Array.from(said));
  const set = (task: Sign, i: number): void => {
    const of = signs[i];
    if (of !== undefined) of[SIGN_TASKS.indexOf(task)] = 1;
  };
  for (const i of phases) set('phase', i);
  for (const i of branches) set('branch', i);
  for (const { kind, segments } of findings ?? []) if (isSign(kind)) for (const i of placesOf(kind, segments)) set(kind, i);
  return signs;
}

type Sign = (typeof SIGN_TASKS)[number];
const isSign = (kind: string): kind is Sign => (SIGN_TASKS as readonly string[]).includes(kind);

/** The steps of a finding that are signs of it: where the answer is reached is one place, even when the whole draft is listed. */
export function placesOf(kind: Finding['kind'], segments: readonly number[]): readonly number[] {
  return kind === 'settled-early' ? segments.slice(0, 2) : segments;
}

/** A part from 0 to `parts - 1` for each problem: all chains with the same prompt are in the same part (FNV-1a hash). */
export function partOf(prompt: string, parts: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < prompt.length; i++) hash = Math.imul(hash ^ prompt.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % parts;
}

/** The `most` features that say most about the kind, by the likelihood-ratio statistic (Dunning 1993), seen `least` times or more. */
export function chooseVocabulary(chains: readonly Chain[], most: number, least: number): Map<string, number> {
  const totals = new Float64Array(KINDS.length);
  const counts = new Map<string, Float64Array>();
  let steps = 0;
  for (const { features, kinds } of chains)
    features.forEach((of, i) => {
      const kind = kinds[i]!;
      totals[kind]!++;
      steps++;
      for (const feature of new Set(of)) {
        let count = counts.get(feature);
        if (count === undefined) counts.set(feature, (count = new Float64Array(KINDS.length)));
        count[kind]!++;
      }
    });
  const scored: [string, number][] = [];
  for (const [feature, count] of counts) {
    const n = count.reduce((a, b) => a + b, 0);
    if (n < least) continue;
    let score = 0;
    for (let k = 0; k < count.length; k++) if (count[k]! > 0) score += count[k]! * Math.log((count[k]! * steps) / (totals[k]! * n));
    scored.push([feature, score]);
  }
  scored.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return new Map(scored.slice(0, most).map(([feature], id) => [feature, id]));
}

export function toExample(
  { features, kinds, also, signs }: Chain,
  ids: ReadonlyMap<string, number>,
  whose: Pick<Example, 'scheme' | 'weight'>,
): Example {
  return {
    ...whose,
    signs,
    steps: features.map((of) => Uint32Array.from(new Set(of.map((feature) => ids.get(feature)).filter((id) => id !== undefined)))),
    targets: kinds.map((kind, i) => {
      const target = new Float64Array(KINDS.length);
      const said = [kind, also?.[i] ?? -1].filter((k) => k >= 0);
      for (const k of said) target[k]! += 1 / said.length;
      return target;
    }),
  };
}
