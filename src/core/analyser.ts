import type { Analyser, AnalysisContext } from './analyse.ts';
import type { Analysis, Step } from './analysis.ts';
import { createReader } from './describe.ts';
import type { Label, Signs } from './kinds/label.ts';
import { createLabeller } from './kinds/label.ts';
import { loadNet } from './kinds/model.ts';
import { MODEL } from './kinds/model-data.ts';
import type { Net } from './kinds/net.ts';
import { tagsOf } from './kinds/tags.ts';
import type { Stand } from './parents.ts';
import { createParents } from './parents.ts';
import type { Span } from './segment.ts';
import { createSegmenter } from './segment.ts';
import type { StepFacts } from './step-facts.ts';
import { factsOf } from './step-facts.ts';
import type { StepNote } from './trail.ts';

/** Name and version of the analysis: a change in what it says is a change of this. */
export const ANALYSER = 'reasoning-inspector/2';

/** Stands where a step will be that was not labelled yet; nobody sees it. */
const UNKNOWN: Step = { start: 0, end: 0, kind: 'work', confidence: 0, parent: null, tags: [] };

/** Made from the source when the first text comes, then shared. */
let net: Net | null = null;

/** Reads a chain of thought while it grows; see `Analyser` for the law that it keeps. */
export function createAnalyser(context: AnalysisContext): Analyser {
  const segmenter = createSegmenter();
  const labeller = createLabeller((net ??= loadNet(MODEL)));
  const reader = createReader(context.prompt ?? '');
  const text = createText();
  const prompt = context.prompt ?? '';
  let answer = '';
  let ended = false;
  let cutOff = false;
  /** Complete steps and what is known of each; those below `settled` never change again. */
  const done: Step[] = [];
  const facts: StepFacts[] = [];
  const notes: StepNote[] = [];
  const signs: Signs[] = [];
  const parents = createParents();
  let growing: { readonly facts: StepFacts; readonly note: StepNote; readonly label: Label; readonly step: Step } | null = null;
  let steps: readonly Step[] | null = null;
  let made: Analysis | null = null;

  const measure = (span: Span, before: number): StepFacts =>
    factsOf(span, text.slice(span.start, Math.min(span.end, span.start + 4096)), before === 0 ? null : text.slice(before, span.start));

  const stepOf = (f: StepFacts, { kind, confidence }: Label, parent: number | null, before: StepFacts | undefined): Step => ({
    start: f.start,
    end: f.end,
    kind,
    confidence,
    parent,
    tags: tagsOf(f, kind, before),
  });

  const complete = (span: Span): void => {
    const f = measure(span, facts.at(-1)?.end ?? 0);
    const stand = settle(labeller.add(f));
    if (stand !== null) parents.add(stand);
    facts.push(f);
    notes.push(reader.add(f));
    // what it is shows when the next one is known, or somebody asks
    done.push(UNKNOWN);
  };

  /** Gives the last complete step its label, and with it what it builds on. */
  const settle = (label: Label | null): Stand | null => {
    const i = done.length - 1;
    const f = facts[i];
    const note = notes[i];
    if (label === null || !f || !note) return null;
    const stand = { facts: f, terms: note.terms, given: note.given, signs: label.signs };
    done[i] = stepOf(f, label, parents.of(stand), facts[i - 1]);
    signs[i] = label.signs;
    return stand;
  };

  const catchUp = (): void => {
    for (let i = done.length; i < segmenter.spans.length; i++) complete(segmenter.spans[i] as Span);
    growing = null;
    steps = null;
    made = null;
  };

  const current = (): readonly Step[] => {
    if (steps !== null) return steps;
    const last = settle(labeller.last());
    const tail = segments === null ? segmenter.tail() : null;
    if (tail === null || ended) return (steps = [...done]);
    if (growing === null) {
      const f = measure(tail, facts.at(-1)?.end ?? 0);
      const note = reader.peek(f);
      const label = labeller.guess(f);
      const stand = { facts: f, terms: note.terms, given: note.given, signs: label.signs };
      growing = { facts: f, note, label, step: stepOf(f, label, parents.of(stand, last ?? undefined), facts.at(-1)) };
    }
    return (steps = [...done, growing.step]);
  };

  const segments = context.segments ?? null;

  return {
    push(chunk) {
      if (chunk === '' || ended) return;
      text.push(chunk);
      if (segments === null) segmenter.push(chunk);
      catchUp();
    },
    pushAnswer(chunk) {
      answer += chunk;
      made = null;
    },
    end(how) {
      if (ended) return;
      ended = true;
      cutOff = how.cutOff;
      if (segments === null) segmenter.end();
      else for (const [start, end] of segments) complete({ start, end });
      catchUp();
    },
    steps: current,
    settled: () => (ended ? done.length : Math.max(0, done.length - 1)),
    snapshot() {
      if (made !== null) return made;
      const now = current();
      const material = { steps: now, facts: growing === null ? facts : [...facts, growing.facts], prompt, answer, ended, cutOff };
      return (made = {
        analyser: ANALYSER,
        steps: now,
        ...reader.describe(
          material,
          growing === null ? notes : [...notes, growing.note],
          growing === null ? signs : [...signs, growing.label.signs],
        ),
      });
    },
  };
}

/** Pieces of a text are put together until they are as long as this. */
const BLOCK = 2048;

/** A text that grows by pieces, kept in blocks: a slice near its end does not cost the whole of it. */
function createText(): { push(piece: string): void; slice(start: number, end: number): string } {
  const blocks: string[] = [];
  /** Where each block begins. */
  const starts: number[] = [];
  let base = 0;
  let recent = '';
  return {
    push(piece) {
      recent += piece;
      if (recent.length < BLOCK) return;
      blocks.push(recent);
      starts.push(base);
      base += recent.length;
      recent = '';
    },
    slice(start, end) {
      if (start >= base) return recent.slice(start - base, end - base);
      let text = end > base ? recent.slice(0, end - base) : '';
      for (let b = blocks.length - 1; b >= 0; b--) {
        const from = starts[b] ?? 0;
        if (from < end) text = (blocks[b] ?? '').slice(Math.max(0, start - from), end - from) + text;
        if (from <= start) break;
      }
      return text;
    },
  };
}
