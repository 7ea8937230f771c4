import type { Analyser, AnalysisContext } from './analyse.ts';
import type { Analysis, Step } from './analysis.ts';
import { createReader } from './describe.ts';
import type { Labeller } from './kinds/label.ts';
import { createLabeller } from './kinds/label.ts';
import { tagsOf } from './kinds/tags.ts';
import type { Span } from './segment.ts';
import { createSegmenter } from './segment.ts';
import type { StepFacts } from './step-facts.ts';
import { factsOf } from './step-facts.ts';
import type { StepNote } from './trail.ts';

/** Name and version of the analysis: a change in what it says is a change of this. */
export const ANALYSER = 'reasoning-inspector/1';

/** Reads a chain of thought while it grows; see `Analyser` for the law that it keeps. */
export function createAnalyser(context: AnalysisContext): Analyser {
  const segmenter = createSegmenter();
  const labeller: Labeller = createLabeller();
  const reader = createReader();
  const text = createText();
  const prompt = context.prompt ?? '';
  let answer = '';
  let ended = false;
  let cutOff = false;
  /** Complete steps and what is known of each; those below `settled` never change again. */
  const done: Step[] = [];
  const facts: StepFacts[] = [];
  const notes: StepNote[] = [];
  let growing: { readonly facts: StepFacts; readonly note: StepNote; readonly step: Step } | null = null;
  let steps: readonly Step[] | null = null;
  let made: Analysis | null = null;

  const measure = (span: Span, before: number): StepFacts =>
    factsOf(span, text.slice(span.start, Math.min(span.end, span.start + 4096)), before === 0 ? null : text.slice(before, span.start));

  const stepOf = (f: StepFacts, { kind, confidence }: { kind: Step['kind']; confidence: number }, note: StepNote): Step => ({
    start: f.start,
    end: f.end,
    kind,
    confidence,
    parent: note.parent,
    tags: tagsOf(f, kind),
  });

  const complete = (span: Span): void => {
    const f = measure(span, done.at(-1)?.end ?? 0);
    const { before, now } = labeller.add(f);
    const index = done.length;
    const previous = done[index - 1];
    const previousFacts = facts[index - 1];
    const previousNote = notes[index - 1];
    if (before !== null && previous && previousFacts && previousNote && before.kind !== previous.kind)
      done[index - 1] = stepOf(previousFacts, before, previousNote);
    const note = reader.add(f);
    facts.push(f);
    notes.push(note);
    done.push(stepOf(f, now, note));
  };

  const catchUp = (): void => {
    for (let i = done.length; i < segmenter.spans.length; i++) complete(segmenter.spans[i] as Span);
    growing = null;
    steps = null;
    made = null;
  };

  const current = (): readonly Step[] => {
    if (steps !== null) return steps;
    const tail = segments === null ? segmenter.tail() : null;
    if (tail === null || ended) return (steps = [...done]);
    if (growing === null) {
      const f = measure(tail, done.at(-1)?.end ?? 0);
      const note = reader.peek(f);
      growing = { facts: f, note, step: stepOf(f, labeller.guess(f), note) };
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
        ...reader.describe(material, growing === null ? notes : [...notes, growing.note]),
      });
    },
  };
}

/** A text that grows by pieces: a slice near its end does not cost the whole of it. */
function createText(): { push(piece: string): void; slice(start: number, end: number): string } {
  let settled = '';
  let recent = '';
  return {
    push(piece) {
      recent += piece;
      if (recent.length > 65536) {
        settled += recent;
        recent = '';
      }
    },
    slice(start, end) {
      const base = settled.length;
      if (start >= base) return recent.slice(start - base, end - base);
      return settled.slice(start, end) + (end > base ? recent.slice(0, end - base) : '');
    },
  };
}
