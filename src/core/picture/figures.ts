import { estimateTokenCount } from 'tokenx';
import type { Analysis } from '../analysis.ts';
import { courseOf, percentOf } from '../course.ts';
import type { Trace } from '../trace.ts';
import { stateOf, textOf, thinkingMs } from '../trace.ts';
import { TEXTS } from './words.ts';
import type { PictureWords } from './words.ts';

/** A number with what it counts. */
export interface Figure {
  readonly value: string;
  readonly label: string;
}

/** Milliseconds below which a time says nothing: the text came in one piece. */
const LEAST_MS = 50;

/** The plain figures of a trace, those that are known. */
export function figuresOf(trace: Trace, analysis: Analysis, words: PictureWords): readonly Figure[] {
  const { steps, phases, branches } = analysis;
  const { digits } = words;
  const figures: Figure[] = [];
  const add = (value: string, label: keyof typeof TEXTS): void => void figures.push({ value, label: words.say(TEXTS[label]) });
  const thought = thinkingMs(trace);
  if (thought !== null && thought >= LEAST_MS) add(timeOf(thought, words), 'ofThinking');
  const tokens = (count: number | undefined, name: 'reasoningTokens' | 'answerTokens', text: string): void => {
    if (count !== undefined && count > 0 && !(trace.usage.estimated ?? []).includes(name)) add(digits(count), name);
    else if (text !== '') add(`~${digits(estimateTokenCount(text))}`, name);
  };
  tokens(trace.usage.reasoningTokens, 'reasoningTokens', textOf(trace.parts, 'reasoning'));
  tokens(trace.usage.answerTokens, 'answerTokens', textOf(trace.parts, 'answer'));
  add(digits(steps.length), steps.length === 1 ? 'stepOf' : 'stepsOf');
  if (phases.length > 0) add(digits(phases.length), phases.length === 1 ? 'phaseOf' : 'phasesOf');
  if (branches.length > 0) add(digits(branches.length), branches.length === 1 ? 'turnOf' : 'turnsOf');
  const course = courseOf(analysis);
  if (course.first !== null) add(percent(course.before), 'firstAnswer');
  add(percent(course.repetition), 'repetition');
  return figures;
}

/** Which words tell how the trace ended. */
export function endOf(trace: Trace): keyof typeof TEXTS {
  switch (stateOf(trace)) {
    case 'done':
      return 'done';
    case 'stopped':
      return 'stopped';
    case 'cutoff':
      return 'cutOff';
    case 'failed':
      return 'failed';
    default:
      return 'unfinished';
  }
}

/** `12.4 s`, `3 min 5 s` */
export function timeOf(ms: number, { say, tenths }: PictureWords): string {
  if (ms < 60_000) return say(TEXTS.seconds, tenths(ms / 1000));
  const seconds = Math.round(ms / 1000);
  return say(TEXTS.minutes, Math.floor(seconds / 60), seconds % 60);
}

export function percent(share: number): string {
  return `${percentOf(share)} %`;
}
