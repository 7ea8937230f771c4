import type { Kind } from './analysis.ts';

/** The groups of kinds that share a colour and a pattern wherever steps are drawn: ten kinds are too many to tell apart. */
export const GROUPS = ['understanding', 'plan', 'working', 'check', 'doubt', 'revise', 'result'] as const;
export type Group = (typeof GROUPS)[number];

const GROUP_OF: Readonly<Record<Kind, Group>> = {
  setup: 'understanding',
  recall: 'understanding',
  plan: 'plan',
  work: 'working',
  example: 'working',
  check: 'check',
  doubt: 'doubt',
  revise: 'revise',
  conclude: 'result',
  answer: 'result',
};

export function groupOf(kind: Kind): Group {
  return GROUP_OF[kind];
}
