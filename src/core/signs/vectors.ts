import type { StepFacts } from '../step-facts.ts';
import type { StepNote } from '../trail.ts';
import type { Signs } from '../kinds/label.ts';
import type { SIGN_TASKS } from './tasks.ts';
import { KIND_TASKS, OUTLINE_TASKS, TASKS, TASK_COUNT } from './tasks.ts';

/** A chain of thought as the trees see it: `signs` is what the network says of its steps. */
export interface Sight {
  readonly facts: readonly StepFacts[];
  readonly notes: readonly StepNote[];
  readonly signs: readonly Signs[];
}

/**
 * What two models that go wrong in different places say together: the trees see the steps around one and what of it was said before,
 * the network all words that went before. Thousandths of a logit.
 */
export function together(trees: number, { signs }: Sight, step: number, task: (typeof SIGN_TASKS)[number]): number {
  return Math.round((trees + (signs[step]?.[TASKS.indexOf(task)] ?? 0)) / 2);
}

/** Stands for what lies outside the text. */
const NOTHING = -20_000;

/** Steps around the one in question that are looked at. */
const AROUND = 2;

function surroundings(sight: Sight, i: number, tasks: number, x: number[]): void {
  for (let j = i - AROUND; j <= i + AROUND; j++) {
    const signs = sight.signs[j];
    const facts = sight.facts[j];
    for (let t = 0; t < tasks; t++) x.push(signs?.[t] ?? NOTHING);
    x.push(facts === undefined ? -1 : (facts.opensParagraph ? 1 : 0) + (facts.fenced ? 2 : 0) + (facts.item ? 4 : 0));
    x.push(facts === undefined ? -1 : Math.min(300, facts.words.length));
  }
  const note = sight.notes[i];
  x.push(percent(note?.known), percent(note?.share), percent(note?.given));
  x.push(note === undefined || note.repeats === null ? 999 : Math.min(900, i - note.repeats));
}

function percent(share: number | undefined): number {
  return Math.round(100 * (share ?? 0));
}

/** What is known of step `i` as the possible beginning of a phase or a branch; `since` counts the steps since the last one. */
export function outlineVector(sight: Sight, i: number, since: number): number[] {
  const x: number[] = [];
  surroundings(sight, i, OUTLINE_TASKS, x);
  x.push(cohesion(sight.notes, i), Math.min(500, i), Math.min(100, since));
  for (let t = 0; t < KIND_TASKS; t++) x.push(mean(sight.signs, i, i + 3, t) - mean(sight.signs, i - 4, i, t));
  return x;
}

function mean(signs: readonly Signs[], from: number, to: number, task: number): number {
  let sum = 0;
  let n = 0;
  for (let j = Math.max(0, from); j < to; j++) {
    const l = signs[j];
    if (l === undefined) break;
    sum += l[task] ?? 0;
    n++;
  }
  return Math.round(sum / Math.max(1, n));
}

/** Percentage of the terms of three steps that were in the five steps before them. */
function cohesion(notes: readonly StepNote[], i: number): number {
  const next = new Set<string>();
  for (let j = i; j < i + 3; j++) for (const term of notes[j]?.terms ?? NO_TERMS) next.add(term);
  if (next.size === 0) return -1;
  let shared = 0;
  for (const term of next)
    for (let j = i - 1; j >= i - 5 && j >= 0; j--)
      if (notes[j]?.terms.has(term) === true) {
        shared++;
        break;
      }
  return Math.round((100 * shared) / next.size);
}

const NO_TERMS: ReadonlySet<string> = new Set();

/** The prompt and the answer as the trees see them. */
export interface Outside {
  readonly prompt: ReadonlySet<string>;
  readonly answer: ReadonlySet<string>;
  /** The code of the answer, or all of it when it has none. */
  readonly code: ReadonlySet<string>;
}

/** For each step what it shares with prompt and answer and where it stands: the second half of `findingVector`. */
export function standings(notes: readonly StepNote[], outside: Outside): readonly (readonly number[])[] {
  const { prompt, answer, code } = outside;
  const own = new Set([...code].filter((term) => !prompt.has(term)));
  const covers = notes.map(({ terms }) => (code.size === 0 ? 0 : count(terms, code) / code.size));
  const most = covers.reduce((a, b) => Math.max(a, b), 0.001);
  const seen = new Set<string>();
  let before = 0;
  const n = notes.length;
  return notes.map(({ terms }, i) => {
    let fresh = 0;
    for (const term of terms)
      if (own.has(term) && !seen.has(term)) {
        seen.add(term);
        fresh++;
      }
    const size = terms.size;
    const cover = covers[i] ?? 0;
    const standing = [
      size === 0 ? -1 : percent(count(terms, answer) / size),
      percent(cover),
      percent(cover / most),
      percent(before / most),
      own.size === 0 ? -1 : percent(fresh / own.size),
      own.size === 0 ? -1 : percent(seen.size / own.size),
      size === 0 ? -1 : percent(count(terms, prompt) / size),
      percent(i / n),
      Math.min(400, i),
      Math.min(400, n - i),
      Math.min(500, n),
      code.size === 0 ? 0 : 1,
      prompt.size === 0 ? 0 : 1,
    ];
    before = Math.max(before, cover);
    return standing;
  });
}

function count(terms: ReadonlySet<string>, among: ReadonlySet<string>): number {
  let n = 0;
  for (const term of terms) if (among.has(term)) n++;
  return n;
}

/** What is known of step `i` as a part of a finding. */
export function findingVector(sight: Sight, i: number, standing: readonly number[]): number[] {
  const x: number[] = [];
  surroundings(sight, i, KIND_TASKS, x);
  const [before, own, after] = [sight.signs[i - 1], sight.signs[i], sight.signs[i + 1]];
  for (let t = KIND_TASKS; t < TASK_COUNT; t++) x.push(own?.[t] ?? NOTHING);
  for (let t = OUTLINE_TASKS; t < TASK_COUNT; t++) x.push(Math.max(before?.[t] ?? NOTHING, after?.[t] ?? NOTHING));
  x.push(...standing);
  return x;
}
