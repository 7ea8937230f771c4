import type { Analysis, Finding } from './analysis.ts';
import { GROUPS } from './groups.ts';
import { endOf, figuresOf, percent } from './picture/figures.ts';
import { fillOf, patternsOf, styleOf } from './picture/palette.ts';
import { arcsOf, lengthOf, marksOf, repeatsOf, stretchesOf } from './picture/strip.ts';
import { escapeXml, fit, px, widthOf, wrap } from './picture/svg.ts';
import { ENGLISH, FINDING_NAMES, GROUP_NAMES, TEXTS } from './picture/words.ts';
import type { PictureWords } from './picture/words.ts';
import { readSentence } from './findings/sentences.ts';
import type { Trace } from './trace.ts';

/** Pixels of the picture at its own size; its height follows what there is to say. */
const WIDTH = 1200;
const PAD = 32;
const INNER = WIDTH - 2 * PAD;
const BAND = 44;

/** Phases and findings beyond these are counted, not listed. */
const MOST_PHASES = 24;
const MOST_FINDINGS = 12;

export interface PictureOptions {
  /** Begins every id and class, so that several pictures may stand in one page: a letter, then letters, digits or hyphens, at most 41 of them. */
  readonly id?: string;
  /** English without it. */
  readonly words?: PictureWords;
}

/** Something that is drawn from `y` down: the markup, and where it ends. */
type Drawn = readonly [markup: string, y: number];

/**
 * A whole trace as one picture, an SVG document that stands alone: no script, nothing loaded from elsewhere, readable on
 * light and on dark. The same trace gives the same text in the same words, character by character.
 */
export function pictureOf(trace: Trace, analysis: Analysis, options: PictureOptions = {}): string {
  const id = /^[A-Za-z][A-Za-z0-9-]{0,40}$/.test(options.id ?? '') ? (options.id as string) : 'trace-picture';
  const findings = analysis.findings.filter(({ shown }) => shown).slice(0, MOST_FINDINGS);
  const scene: Scene = { trace, analysis, findings, id, words: options.words ?? ENGLISH };
  const parts: string[] = [];
  let y = PAD;
  for (const draw of [drawHead, drawFigures, drawStrip, drawLegend, drawPhases, drawFindings]) {
    const [markup, end] = draw(scene, y);
    parts.push(markup);
    y = end;
  }
  const height = Math.ceil(y + PAD / 2);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="${id}" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" ` +
    `role="img" aria-labelledby="${id}-title ${id}-desc">\n` +
    `<title id="${id}-title">${escapeXml(titleOf(scene))}</title>\n` +
    `<desc id="${id}-desc">${escapeXml(describe(scene))}</desc>\n` +
    `${styleOf(id)}\n${patternsOf(id)}\n<rect class="${id}-page" width="${WIDTH}" height="${height}"/>\n` +
    `${parts.filter((part) => part !== '').join('\n')}\n</svg>\n`
  );
}

interface Scene {
  readonly trace: Trace;
  readonly analysis: Analysis;
  /** Those that are listed. */
  readonly findings: readonly Finding[];
  readonly id: string;
  readonly words: PictureWords;
}

function titleOf({ trace: { head }, words }: Scene): string {
  return head.title.trim() === '' ? words.say(TEXTS.untitled) : fit(head.title, 1, 300);
}

/** The picture in words, for those who do not see it. */
function describe(scene: Scene): string {
  const { trace, analysis, findings, words } = scene;
  const { say } = words;
  const figures = figuresOf(trace, analysis, words).map(({ value, label }) => `${value} ${label}`);
  const phases = analysis.phases.slice(0, MOST_PHASES).map(({ title }, i) => `${i + 1}. ${fit(title, 1, 120)}`);
  const told = findings.map((finding, i) => `${i + 1}. ${fit(messageOf(finding, words), 1, 300)}`);
  return [
    `${sourceOf(scene)}.`,
    `${figures.join(', ')}.`,
    phases.length === 0 ? '' : say(TEXTS.phaseList, phases.join('; ')),
    told.length === 0 ? say(TEXTS.nothing) : say(TEXTS.helpsList, told.join(' ')),
  ].join(' ');
}

/** What a finding says, in the reader's words where the sentence is one of ours. */
function messageOf({ message }: Finding, { say }: PictureWords): string {
  const read = readSentence(message);
  return read === null ? message : say(read.template, ...read.args);
}

function sourceOf({ trace, words: { say } }: Scene): string {
  const { request, createdAt } = trace.head;
  const day = /^\d{4}-\d{2}-\d{2}/.exec(createdAt)?.[0] ?? '';
  const model = trace.serverModel ?? request.model;
  return [fit(request.endpoint === '' ? model : say(TEXTS.modelOn, model, request.endpoint), 1, 60), day, say(TEXTS[endOf(trace)])]
    .filter((word) => word !== '')
    .join(' · ');
}

/** Text at a size, its baseline at `y`; `kind` is among b (bold), dim, warn. */
function text(id: string, words: string, x: number, y: number, size: number, kind = '', more = ''): string {
  const classes =
    kind === ''
      ? ''
      : ` class="${kind
          .split(' ')
          .map((k) => `${id}-${k}`)
          .join(' ')}"`;
  return `<text x="${px(x)}" y="${px(y)}" font-size="${size}"${classes}${more}>${escapeXml(words)}</text>`;
}

function drawHead(scene: Scene, y: number): Drawn {
  const { id } = scene;
  const lines = wrap(titleOf(scene), 22 * 1.18, INNER, 2);
  const title = lines.map((line, i) => text(id, line, PAD, y + 20 + i * 28, 22, 'b'));
  const end = y + 20 + (lines.length - 1) * 28;
  return [[...title, text(id, sourceOf(scene), PAD, end + 24, 14, 'dim')].join('\n'), end + 34];
}

function drawFigures({ trace, analysis, id, words }: Scene, y: number): Drawn {
  const out: string[] = [];
  let x = PAD;
  let base = y + 26;
  for (const { value, label } of figuresOf(trace, analysis, words)) {
    const width = widthOf(value, 20 * 1.08) + 6 + widthOf(label, 13) + 26;
    if (x > PAD && x + width - 26 > WIDTH - PAD) {
      x = PAD;
      base += 30;
    }
    out.push(
      `<text x="${px(x)}" y="${px(base)}" font-size="20"><tspan class="${id}-b">${escapeXml(value)}</tspan>` +
        `<tspan dx="6" font-size="13">${escapeXml(label)}</tspan></text>`,
    );
    x += width;
  }
  return [out.join('\n'), base + 14];
}

function drawStrip({ analysis, findings, id, words }: Scene, y: number): Drawn {
  const { steps, phases, branches } = analysis;
  if (steps.length === 0) return [text(id, words.say(TEXTS.noReasoning), PAD, y + 26, 14, 'dim'), y + 40];
  const length = Math.max(1, lengthOf(steps));
  const arcs = arcsOf(analysis, INNER);
  const heightOf = (arc: (typeof arcs)[number]): number => Math.min(52, 12 + (arc.to - arc.from) / 10);
  const top = y + 22 + Math.max(0, ...arcs.map((arc) => heightOf(arc) * 0.75));
  const out: string[] = [];
  for (const arc of arcs) {
    const [a, b, foot, head] = [PAD + arc.from, PAD + arc.to, top - 3, top - 3 - heightOf(arc)].map(px);
    out.push(
      `<path class="${id}-arc" d="M${a} ${foot}C${a} ${head} ${b} ${head} ${b} ${foot}" ` +
        `fill="none" stroke-width="1.5" stroke-dasharray="4 3"><title>${escapeXml(fit(branches[arc.branch]?.reason ?? '', 1, 200))}</title></path>`,
    );
  }
  for (const { from, to, group } of stretchesOf(steps, INNER)) {
    out.push(
      `<rect class="${id}-c-${group}" x="${px(PAD + from)}" y="${px(top)}" width="${px(to - from)}" height="${BAND}" stroke-width="0"${fillOf(group, id)}/>`,
    );
  }
  for (const [from, to] of repeatsOf(analysis, INNER)) {
    out.push(`<rect class="${id}-again" x="${px(PAD + from)}" y="${px(top + BAND + 2)}" width="${px(to - from)}" height="3"/>`);
  }
  // numbers of phases at their ticks; where two would touch, the first has the place
  let free = -Infinity;
  phases.forEach(({ at }, i) => {
    const x = PAD + ((steps[at]?.start ?? 0) / length) * INNER;
    out.push(`<line class="${id}-tick" x1="${px(x)}" x2="${px(x)}" y1="${px(top + BAND)}" y2="${px(top + BAND + 16)}" stroke-width="1"/>`);
    if (x < free) return;
    out.push(text(id, String(i + 1), x + 3, top + BAND + 17, 12, 'dim b'));
    free = x + 10 + 8 * String(i + 1).length;
  });
  const marks = marksOf(findings, steps, INNER);
  const low = top + BAND + 24;
  let rows = 0;
  for (const { number, x, row } of marks) {
    rows = Math.max(rows, row + 1);
    const m = low + row * 18;
    out.push(`<path class="${id}-mark" d="M${px(PAD + x)} ${px(m)}l5 9h-10z"/>`);
    out.push(text(id, String(number), PAD + x + 7, m + 10, 12, 'warn b'));
  }
  return [out.join('\n'), low + rows * 18 + 10];
}

function drawLegend({ analysis, findings, id, words: { say } }: Scene, y: number): Drawn {
  const out: string[] = [];
  let x = PAD;
  let base = y + 16;
  /** A sign, and `indent` pixels from its left the word for it; on the next line where this one is full. */
  const add = (indent: number, english: string, sign: () => string): void => {
    const word = say(english);
    const width = indent + widthOf(word, 13);
    if (x > PAD && x + width > WIDTH - PAD) {
      x = PAD;
      base += 22;
    }
    out.push(sign(), text(id, word, x + indent, base, 13, 'dim'));
    x += width + 10;
  };
  const seen = new Set(stretchesOf(analysis.steps, INNER).map(({ group }) => group));
  for (const group of GROUPS.filter((g) => seen.has(g)))
    add(
      26,
      GROUP_NAMES[group],
      () =>
        `<rect class="${id}-c-${group}" x="${px(x)}" y="${px(base - 12)}" width="20" height="14" stroke-width="0"${fillOf(group, id)}/>`,
    );
  if (arcsOf(analysis, INNER).length > 0)
    add(
      26,
      TEXTS.arc,
      () => `<path class="${id}-arc" d="M${px(x)} ${px(base)}c0 -14 20 -14 20 0" fill="none" stroke-width="1.5" stroke-dasharray="4 3"/>`,
    );
  if (findings.length > 0) add(16, TEXTS.finding, () => `<path class="${id}-mark" d="M${px(x + 6)} ${px(base - 10)}l5 9h-10z"/>`);
  if (repeatsOf(analysis, INNER).length > 0)
    add(26, TEXTS.saidBefore, () => `<rect class="${id}-again" x="${px(x)}" y="${px(base - 6)}" width="20" height="3"/>`);
  return [out.join('\n'), seen.size === 0 ? y : base + 12];
}

function drawHeading(id: string, words: string, y: number): Drawn {
  const line = `<line class="${id}-line" x1="${PAD}" x2="${WIDTH - PAD}" y1="${px(y + 8)}" y2="${px(y + 8)}" stroke-width="1"/>`;
  return [`${line}\n${text(id, words, PAD, y + 34, 14, 'b')}`, y + 42];
}

function drawPhases({ analysis, id, words: { say } }: Scene, y: number): Drawn {
  const { phases, steps } = analysis;
  if (phases.length === 0) return ['', y];
  const length = Math.max(1, lengthOf(steps));
  const [heading, start] = drawHeading(id, say(TEXTS.phasesHead), y);
  const out = [heading];
  const listed = phases.slice(0, MOST_PHASES);
  const columns = listed.length > 4 ? 2 : 1;
  const perColumn = Math.ceil(listed.length / columns);
  const width = (INNER - 40 * (columns - 1)) / columns;
  listed.forEach(({ at, title }, i) => {
    const next = phases[i + 1]?.at ?? steps.length;
    const share = ((phases[i + 1] === undefined ? length : (steps[next]?.start ?? length)) - (steps[at]?.start ?? 0)) / length;
    const n = Math.max(0, next - at);
    const x = PAD + Math.floor(i / perColumn) * (width + 40);
    const base = start + 18 + (i % perColumn) * 23;
    const figures = `${say(n === 1 ? TEXTS.step : TEXTS.steps, n)} · ${percent(share)}`;
    out.push(
      text(id, String(i + 1), x + 20, base, 13, 'dim b', ' text-anchor="end"'),
      text(id, fit(title, 14, width - 30 - 120), x + 30, base, 14),
      text(id, figures, x + width, base, 13, 'dim', ' text-anchor="end"'),
    );
  });
  let end = start + perColumn * 23 + 8;
  if (phases.length > MOST_PHASES) {
    out.push(text(id, say(TEXTS.more, phases.length - MOST_PHASES), PAD + 30, end + 10, 13, 'dim'));
    end += 20;
  }
  return [out.join('\n'), end];
}

function drawFindings({ analysis, findings, id, words }: Scene, y: number): Drawn {
  const { say } = words;
  const more = analysis.findings.length - findings.length;
  if (findings.length === 0) return ['', y];
  const [heading, start] = drawHeading(id, say(TEXTS.helps), y);
  const out = [heading];
  let base = start + 18;
  const labels = findings.map(({ steps, kind }) => {
    const name = say(FINDING_NAMES[kind]);
    return steps.length === 0 ? name : say(TEXTS.atStep, name, groupSteps(steps));
  });
  const room = INNER - 36 - 24 - Math.max(...labels.map((label) => widthOf(label, 13)));
  findings.forEach((finding, i) => {
    out.push(
      `<path class="${id}-mark" d="M${px(PAD + 6)} ${px(base - 10)}l5 9h-10z"/>`,
      text(id, String(i + 1), PAD + 14, base, 13, 'warn b'),
      text(id, labels[i] ?? '', WIDTH - PAD, base, 13, 'dim', ' text-anchor="end"'),
    );
    for (const line of wrap(messageOf(finding, words), 14, room, 3)) {
      out.push(text(id, line, PAD + 36, base, 14));
      base += 20;
    }
    base += 5;
  });
  if (more > 0) {
    out.push(text(id, say(TEXTS.moreFindings, more), PAD + 36, base, 13, 'dim'));
    base += 20;
  }
  return [out.join('\n'), base];
}

/** Steps as a reader counts them, from 1. */
function groupSteps(steps: readonly number[]): string {
  const shown = steps.slice(0, 3).map((i) => String(i + 1));
  return `${shown.join(', ')}${steps.length > 3 ? ', …' : ''}`;
}
