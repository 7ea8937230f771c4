import type { Analysis } from '../../core/analysis.ts';
import { arcsOf, segmentsOf, xOf } from '../model/strip.ts';
import { GROUPS } from '../../core/groups.ts';
import type { Group } from '../../core/groups.ts';

/** CSS pixels: where the band begins, how high it is, and where the marks of findings stand. */
export const ARCS = 13;
export const BAND = 16;
export const MARKS = 9;

/** Phases beyond this many would only be a fence. */
const MOST_TICKS = 24;

type Brush = Readonly<Record<Group, { readonly fill: CanvasPattern | string; readonly hollow: boolean }>>;

export interface Palette {
  readonly brush: Brush;
  readonly line: string;
  readonly turn: string;
  readonly warn: string;
  readonly track: string;
}

/** Colours by the theme's variables, each with a pattern of its own: colour alone tells nothing to many. */
export function paletteOf(element: HTMLElement, context: CanvasRenderingContext2D, ratio: number): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string): string => {
    // a variable may hold a mix of others: only a property gives the colour itself
    element.style.setProperty('color', `var(--${name})`);
    const value = style.color;
    element.style.removeProperty('color');
    return value;
  };
  const colours: Record<Group, string> = {
    understanding: colour('understanding'),
    working: colour('working'),
    plan: colour('plan'),
    check: colour('check'),
    doubt: colour('doubt'),
    revise: colour('revise'),
    result: colour('result'),
  };
  const brush = Object.fromEntries(
    GROUPS.map((group) => [group, { fill: pattern(context, group, colours[group], ratio), hollow: group === 'understanding' }]),
  ) as Record<Group, { fill: CanvasPattern | string; hollow: boolean }>;
  return { brush, line: colour('dim'), turn: colour('revise'), warn: colour('warn'), track: colour('track') };
}

function pattern(target: CanvasRenderingContext2D, group: Group, colour: string, ratio: number): CanvasPattern | string {
  const size = Math.max(4, Math.round(5 * ratio));
  const tile = document.createElement('canvas');
  tile.width = tile.height = size;
  const context = tile.getContext('2d');
  if (context === null || group === 'understanding' || group === 'working') return colour;
  context.globalAlpha = 0.42;
  context.fillStyle = colour;
  context.fillRect(0, 0, size, size);
  context.globalAlpha = 1;
  const half = size / 2;
  if (group === 'plan') context.fillRect(0, 0, half, size);
  else if (group === 'check') context.fillRect(0, 0, size, half);
  else if (group === 'doubt') {
    context.beginPath();
    context.arc(half, half, size * 0.33, 0, 2 * Math.PI);
    context.fill();
  } else if (group === 'result') {
    context.fillRect(0, 0, size, half);
    context.fillRect(0, 0, half, size);
  } else {
    context.beginPath();
    for (const shift of [-size, 0, size]) {
      context.moveTo(shift, size);
      context.lineTo(shift + half, size);
      context.lineTo(shift + half + size, 0);
      context.lineTo(shift + size, 0);
    }
    context.fill();
  }
  return target.createPattern(tile, 'repeat') ?? colour;
}

export interface Picture {
  readonly analysis: Analysis;
  /** Length of the text that the whole width stands for, UTF-16 units. */
  readonly scale: number;
  readonly arcs: boolean;
}

export function paint(
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  palette: Palette,
  picture: Picture,
  ratio: number,
): void {
  const { width } = canvas;
  const { analysis, scale } = picture;
  const top = (picture.arcs ? ARCS : 3) * ratio;
  const band = BAND * ratio;
  context.clearRect(0, 0, width, canvas.height);
  context.lineWidth = ratio;
  context.fillStyle = palette.track;
  context.fillRect(0, top + band - ratio, width, ratio);
  for (const { from, to, group } of segmentsOf(analysis.steps, scale, width, Math.round(ratio))) {
    const { fill, hollow } = palette.brush[group];
    context.fillStyle = fill;
    if (hollow) {
      context.globalAlpha = 0.16;
      context.fillRect(from, top, to - from, band);
      context.globalAlpha = 1;
      context.fillRect(from, top, to - from, ratio);
      context.fillRect(from, top + band - ratio, to - from, ratio);
      // sides that stand next to each other would fill it
      if (to - from > 3 * ratio) {
        context.fillRect(from, top, ratio, band);
        context.fillRect(to - ratio, top, ratio, band);
      }
    } else context.fillRect(from, top, to - from, band);
  }
  context.fillStyle = palette.line;
  for (const { at } of analysis.phases.length > MOST_TICKS ? [] : analysis.phases.slice(1)) {
    const x = Math.round(xOf(analysis.steps[at]?.start ?? 0, scale, width) - ratio);
    context.fillRect(x, top - 3 * ratio, ratio, band + 6 * ratio);
  }
  if (picture.arcs) {
    context.strokeStyle = palette.turn;
    context.setLineDash([3 * ratio, 2 * ratio]);
    for (const { from, to } of arcsOf(analysis, scale)) {
      const [a, b] = [from * width, to * width];
      const high = Math.min(top - 2 * ratio, (4 + (b - a) / ratio / 22) * ratio);
      context.beginPath();
      context.moveTo(a, top - ratio);
      context.bezierCurveTo(a, top - ratio - high * 1.25, b, top - ratio - high * 1.25, b, top - ratio);
      context.stroke();
    }
    context.setLineDash([]);
  }
  context.fillStyle = palette.warn;
  const low = top + band + 2 * ratio;
  for (const finding of analysis.findings) {
    const step = analysis.steps[finding.steps[0] ?? -1];
    if (step === undefined || !finding.shown) continue;
    const x = xOf((step.start + step.end) / 2, scale, width);
    context.beginPath();
    context.moveTo(x, low);
    context.lineTo(x + 4 * ratio, low + 6 * ratio);
    context.lineTo(x - 4 * ratio, low + 6 * ratio);
    context.fill();
  }
}
