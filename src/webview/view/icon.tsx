import type { JSX } from 'preact';
import type { FindingKind, Kind } from '../../core/analysis.ts';

/** The glyphs of the codicon font that are used, by what they mean here. */
export const GLYPHS = {
  setup: '\uebd5',
  plan: '\ueb16',
  recall: '\ueace',
  work: '\ueaf8',
  example: '\uea79',
  doubt: '\ueb32',
  check: '\ueab2',
  revise: '\ueae2',
  conclude: '\uea61',
  answer: '\uea6b',
  warning: '\uea6c',
  hidden: '\ueae7',
  closed: '\ueab6',
  open: '\ueab4',
  link: '\ueb15',
  copy: '\uebcc',
  insert: '\uec11',
  diff: '\ueae1',
  save: '\ueb4b',
  editor: '\ueb14',
  more: '\uea7c',
  search: '\uea6d',
  filter: '\ueaf1',
  close: '\uea76',
  add: '\uea60',
  send: '\uec0f',
  stop: '\uead7',
  info: '\uea74',
  error: '\uea87',
  lock: '\uea75',
  key: '\ueb11',
  shield: '\ueb53',
  again: '\ueb37',
  steps: '\ueb36',
  passed: '\ueba4',
  branch: '\uea63',
  loop: '\uea77',
  early: '\ueb20',
  contradiction: '\ueafd',
  unsupported: '\ueabd',
  cut: '\uead6',
  language: '\ueb01',
  edge: '\ueaaf',
  tool: '\ueb6d',
  result: '\ueb9d',
  file: '\uea7b',
  selection: '\ueb85',
  problem: '\uea6c',
  image: '\uea7b',
  down: '\uea9a',
  up: '\ueaa1',
  collapse: '\ueac5',
  expand: '\ueb95',
  sample: '\ueb2c',
  keyboard: '\uea65',
  log: '\ueb9d',
  folder: '\uea83',
  reply: '\uea7d',
  note: '\ueb26',
  picture: '\ueaea',
  explain: '\uebcf',
} as const;
export type Glyph = keyof typeof GLYPHS;

/** A picture beside words that say the same: hidden from screen readers. */
export function Icon({ name, class: extra }: { name: Glyph; class?: string }): JSX.Element {
  return (
    <span class={extra === undefined ? 'icon' : `icon ${extra}`} aria-hidden="true">
      {GLYPHS[name]}
    </span>
  );
}

export const kindGlyph = (kind: Kind): Glyph => kind;

export const FINDING_GLYPHS: Readonly<Record<FindingKind, Glyph>> = {
  'change-of-mind': 'revise',
  assumption: 'info',
  'open-doubt': 'doubt',
  'self-check': 'passed',
  'rejected-alternative': 'branch',
  'edge-case': 'edge',
  'dropped-caveat': 'hidden',
  contradiction: 'contradiction',
  'not-in-reasoning': 'unsupported',
  'error-admitted': 'error',
  'settled-early': 'early',
  repetition: 'loop',
  'mention-missing': 'warning',
  'cut-off': 'cut',
  'language-switch': 'language',
  secret: 'key',
};
