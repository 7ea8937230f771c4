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
  'dropped-caveat',
] as const;
export type Scored = (typeof SCORED)[number];

/** What may speak for a step: its kind, a phase or a branch that begins, the findings that it belongs to. In this order everywhere. */
export const TASKS = [...KINDS, 'phase', 'branch', ...SCORED] as const;
/** The same without the kinds. */
export const SIGN_TASKS = ['phase', 'branch', ...SCORED] as const;

export const KIND_TASKS: number = KINDS.length;
/** Kinds, phase and branch: what the outline looks at. */
export const OUTLINE_TASKS: number = KIND_TASKS + 2;
export const TASK_COUNT: number = TASKS.length;
