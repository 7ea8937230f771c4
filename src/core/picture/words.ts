import type { FindingKind } from '../analysis.ts';
import type { Group } from '../groups.ts';
import { fill } from '../sentences.ts';

/** How the picture speaks to its reader: English texts become the reader's words, numbers the reader's digits. */
export interface PictureWords {
  readonly say: (english: string, ...args: readonly (string | number)[]) => string;
  /** A whole number. */
  readonly digits: (count: number) => string;
  /** A number to a tenth. */
  readonly tenths: (value: number) => string;
}

/** Written out, since a locale would make the same trace give different pictures. */
export const ENGLISH: PictureWords = {
  say: fill,
  digits: (count) => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ','),
  tenths: (value) => value.toFixed(1),
};

/** What a group is called in the legend. */
export const GROUP_NAMES: Readonly<Record<Group, string>> = {
  understanding: 'Setup, recall',
  plan: 'Plan',
  working: 'Work, example',
  check: 'Check',
  doubt: 'Doubt',
  revise: 'Revision',
  result: 'Conclusion, answer',
};

export const FINDING_NAMES: Readonly<Record<FindingKind, string>> = {
  'change-of-mind': 'change of mind',
  assumption: 'assumption',
  'open-doubt': 'open doubt',
  'self-check': 'self check',
  'error-admitted': 'error admitted',
  'dropped-caveat': 'dropped caveat',
  repetition: 'repetition',
  'settled-early': 'settled early',
  contradiction: 'contradiction',
  'not-in-reasoning': 'not in reasoning',
  'rejected-alternative': 'rejected alternative',
  'edge-case': 'edge case',
  'mention-missing': 'mention missing',
  'cut-off': 'cut off',
  'language-switch': 'language switch',
  secret: 'secret',
};

/** All else that the picture says. */
export const TEXTS = {
  untitled: 'A reasoning trace',
  phaseList: 'Phases: {0}.',
  nothing: 'Nothing to point out.',
  helpsList: 'Where this reasoning helps: {0}',
  modelOn: '{0} on {1}',
  noReasoning: 'The trace holds no reasoning to draw.',
  arc: 'line left, up to the turn',
  finding: 'finding',
  saidBefore: 'said before',
  phasesHead: 'Phases',
  step: '{0} step',
  steps: '{0} steps',
  more: 'and {0} more',
  helps: 'Where this reasoning helps',
  moreFindings: 'and {0} more, less certain or less telling',
  atStep: '{0} · step {1}',
  ofThinking: 'of thinking',
  reasoningTokens: 'tokens of reasoning',
  answerTokens: 'tokens of answer',
  stepOf: 'step',
  stepsOf: 'steps',
  phaseOf: 'phase',
  phasesOf: 'phases',
  turnOf: 'turn',
  turnsOf: 'turns',
  firstAnswer: 'in when the answer was first reached',
  repetition: 'repetition',
  done: 'done',
  stopped: 'stopped by the reader',
  cutOff: 'cut off',
  failed: 'failed',
  unfinished: 'not finished',
  seconds: '{0} s',
  minutes: '{0} min {1} s',
} as const;
