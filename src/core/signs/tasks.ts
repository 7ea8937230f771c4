import { KINDS } from '../analysis.ts';

/** Findings whose steps are scored by what was learned; the others are found by rules. */
export const SCORED = [
  'assumption',
  'open-doubt',
  'self-check',
  'rejected-alternative',
  'edge-case',
  'settled-early',
  'repetition',
  'change-of-mind',
] as const;
export type Scored = (typeof SCORED)[number];

/** What a step may be a sign of beside its kind. A caveat that the answer drops is too rare to be scored, but says something of the rest. */
export const SIGN_TASKS = ['phase', 'branch', ...SCORED, 'dropped-caveat'] as const;
/** What may speak for a step: its kind, a phase or a branch that begins, the findings that it belongs to. In this order everywhere. */
export const TASKS = [...KINDS, ...SIGN_TASKS] as const;

export const KIND_TASKS: number = KINDS.length;
/** Kinds, phase and branch: what the outline looks at. */
export const OUTLINE_TASKS: number = KIND_TASKS + 2;
export const TASK_COUNT: number = TASKS.length;
