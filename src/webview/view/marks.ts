import type { Analysis } from '../../core/analysis.ts';
import type { Shown } from '../../protocol/messages.ts';
import { count, t } from '../l10n.ts';
import { asidesOf } from '../model/asides.ts';
import type { Aside } from '../model/asides.ts';
import { reasoningClock, seconds } from '../model/clock.ts';
import { findingCount, kindName } from '../model/names.ts';
import type { Run } from '../run.ts';
import { FINDING_GLYPHS } from './icon.tsx';
import type { Glyph } from './icon.tsx';
import type { Badge, Line } from './row.tsx';

/** What is known of each step beyond its own words: made once an analysis, looked up by row. A key changes when its list does. */
export interface Marks {
  readonly dropped: ReadonlyMap<number, boolean>;
  readonly lines: ReadonlyMap<number, { key: string; list: readonly Line[] }>;
  readonly badges: ReadonlyMap<number, { key: string; list: readonly Badge[] }>;
  readonly figures: readonly { readonly text: string; readonly label: string }[];
}

/** UTF-16 units of a call or a result that an opened row shows. */
const MOST = 20_000;

export function marksOf(analysis: Analysis, run: Run | null, shown: Shown | null): Marks {
  const dropped = new Map<number, boolean>();
  const lines = new Map<number, { key: string; list: Line[] }>();
  const addLine = (step: number, line: Line): void => {
    const have = lines.get(step) ?? { key: '', list: [] };
    have.list.push(line);
    have.key += `${line.glyph} ${line.text} ${line.more.length};`;
    lines.set(step, have);
  };
  for (const { from, at, back, reason } of analysis.branches) {
    const turn = (step: number, glyph: Glyph, text: string): void => addLine(step, { glyph, tone: 'turn', text, more: '' });
    if (back === null) {
      for (let s = from; s < at; s++) dropped.set(s, true);
      if (at > from)
        turn(at - 1, 'revise', reason === '' ? t('dropped at step {0}', at + 1) : t('dropped at step {0}: {1}', at + 1, reason));
    } else {
      turn(
        at - 1,
        'branch',
        reason === ''
          ? t('left here, taken up again at step {0}', back + 1)
          : t('left here, taken up again at step {0}: {1}', back + 1, reason),
      );
      turn(back, 'reply', t('back to what was left after step {0}', at));
    }
  }
  for (const aside of asidesOf(run?.inspection.trace.parts ?? [])) addLine(stepBefore(analysis, aside.at), lineOf(aside));
  const badges = new Map<number, { key: string; list: Badge[] }>();
  const add = (step: number, key: string, badge: Badge): void => {
    const have = badges.get(step) ?? { key: '', list: [] };
    if (have.list.some((other) => other.glyph === badge.glyph)) return;
    have.list.push(badge);
    have.key += `${key};`;
    badges.set(step, have);
  };
  // where it begins is enough to find it: a mark on every step that it spans would mark most of them
  for (const finding of analysis.findings)
    for (const step of finding.steps.slice(0, 1))
      add(step, finding.kind, { glyph: FINDING_GLYPHS[finding.kind], text: '', title: findingCount(finding.kind, 1), tone: 'warn' });
  const noted = new Map<number, number>();
  for (const { step } of shown?.notes ?? []) noted.set(step, (noted.get(step) ?? 0) + 1);
  for (const [step, n] of noted)
    add(step, `note${n}`, { glyph: 'note', text: n > 1 ? String(n) : '', title: count(n, '{0} note', '{0} notes'), tone: 'plain' });
  for (const { step, kind } of shown?.explanation?.kinds ?? []) {
    if (kind === analysis.steps[step]?.kind) continue;
    add(step, `said${kind}`, {
      glyph: 'explain',
      text: kindName(kind),
      title: t('{0} calls it: {1}', shown?.explanation?.by ?? '', kindName(kind)),
      tone: 'plain',
    });
  }
  const links = new Map<number, number>();
  for (const link of analysis.links) for (const step of link.steps) links.set(step, (links.get(step) ?? 0) + 1);
  for (const [step, n] of links)
    add(step, `link${n}`, {
      glyph: 'link',
      text: String(n),
      title: count(n, 'behind {0} block of the answer', 'behind {0} blocks of the answer'),
      tone: 'plain',
    });
  const trace = run?.inspection.trace;
  const clock = trace === undefined ? null : reasoningClock(trace.parts, trace.timeline);
  const figures = analysis.phases.map((phase, p) => {
    const end = analysis.phases[p + 1]?.at ?? analysis.steps.length;
    const n = end - phase.at;
    const start = clock?.at(analysis.steps[phase.at]?.start ?? 0) ?? null;
    const stop = clock?.at(analysis.steps[end - 1]?.end ?? 0) ?? null;
    const took = start !== null && stop !== null && stop > start ? seconds(stop - start) : null;
    return {
      text: took === null ? String(n) : `${n} · ${took}`,
      label: [count(n, '{0} step', '{0} steps'), ...(took === null ? [] : [took])].join(', '),
    };
  });
  return { dropped, lines, badges, figures };
}

/** The step after which something at an offset stands: the last one that begins before it. */
export function stepBefore({ steps }: Pick<Analysis, 'steps'>, at: number): number {
  return Math.max(
    0,
    steps.findLastIndex(({ start }) => start < at),
  );
}

function lineOf({ kind, name, text }: Aside): Line {
  if (kind === 'locked')
    return { glyph: 'lock', tone: 'plain', text: t('A part of the reasoning here can be read by its provider only.'), more: '' };
  const tool = name === '' ? t('a tool') : name;
  const [glyph, says] = kind === 'tool-call' ? (['tool', t('Calls {0}', tool)] as const) : (['result', t('Result of {0}', tool)] as const);
  const first = text.slice(0, 200).replace(/\s+/g, ' ').trim();
  return {
    glyph,
    tone: 'plain',
    text: first === '' ? says : `${says}: ${first}`,
    more: text.length > MOST ? `${text.slice(0, MOST)} …` : text,
  };
}
