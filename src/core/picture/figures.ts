import { estimateTokenCount } from 'tokenx';
import type { Analysis } from '../analysis.ts';
import type { Trace } from '../trace.ts';
import { stateOf, textOf, thinkingMs } from '../trace.ts';
import { lengthOf, repeatedSteps } from './strip.ts';

/** A number with what it counts. */
export interface Figure {
  readonly value: string;
  readonly label: string;
}

/** Milliseconds below which a time says nothing: the text came in one piece. */
const LEAST_MS = 50;

/** Share of the steps' text, 0 to 1, that goes over what was said before. */
export function repetitionOf({ steps, findings }: Analysis): number {
  const sizeOf = (i: number): number => (steps[i]?.end ?? 0) - (steps[i]?.start ?? 0);
  const all = steps.reduce((sum, { start, end }) => sum + end - start, 0);
  return repeatedSteps(findings).reduce((sum, i) => sum + sizeOf(i), 0) / Math.max(1, all);
}

/** The plain figures of a trace, those that are known. */
export function figuresOf(trace: Trace, analysis: Analysis): readonly Figure[] {
  const { steps, phases, branches, firstAnswer } = analysis;
  const figures: Figure[] = [];
  const add = (value: string, label: string): void => void figures.push({ value, label });
  const thought = thinkingMs(trace);
  if (thought !== null && thought >= LEAST_MS) add(timeOf(thought), 'of thinking');
  const tokens = (count: number | undefined, name: string, text: string): void => {
    if (count !== undefined && count > 0 && !(trace.usage.estimated ?? []).includes(name)) add(groupDigits(count), labelOf(name));
    else if (text !== '') add(`~${groupDigits(estimateTokenCount(text))}`, labelOf(name));
  };
  tokens(trace.usage.reasoningTokens, 'reasoningTokens', textOf(trace.parts, 'reasoning'));
  tokens(trace.usage.answerTokens, 'answerTokens', textOf(trace.parts, 'answer'));
  add(groupDigits(steps.length), steps.length === 1 ? 'step' : 'steps');
  if (phases.length > 0) add(groupDigits(phases.length), phases.length === 1 ? 'phase' : 'phases');
  if (branches.length > 0) add(groupDigits(branches.length), branches.length === 1 ? 'turn' : 'turns');
  const first = firstAnswer === null ? undefined : steps[firstAnswer];
  if (first !== undefined) add(percent(first.start / Math.max(1, lengthOf(steps))), 'in when the answer was first reached');
  add(percent(repetitionOf(analysis)), 'repetition');
  return figures;
}

function labelOf(name: string): string {
  return name === 'reasoningTokens' ? 'tokens of reasoning' : 'tokens of answer';
}

/** How the trace ended, in a word or two. */
export function endOf(trace: Trace): string {
  switch (stateOf(trace)) {
    case 'done':
      return 'done';
    case 'stopped':
      return 'stopped by the reader';
    case 'cutoff':
      return 'cut off';
    case 'failed':
      return 'failed';
    default:
      return 'not finished';
  }
}

/** `12.4 s`, `3 min 5 s` */
export function timeOf(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `12,345`; written out since a locale would make the same trace give different pictures. */
export function groupDigits(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function percent(share: number): string {
  return `${Math.round(Math.min(1, Math.max(0, share)) * 100)} %`;
}
