import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../l10n.ts';
import { cut, gistText } from '../model/gist.ts';
import { kindName } from '../model/names.ts';
import { phaseAt, rowForStep } from '../model/rows.ts';
import { scaleOf, stepAtX, xOf } from '../model/strip.ts';
import type { Store } from '../store.ts';
import { goToStep, selectStep, tree } from './actions.ts';
import { ARCS, BAND, MARKS, paint, paletteOf } from './strip-paint.ts';
import type { Palette } from './strip-paint.ts';

/** CSS pixels of width from which on there is room for arcs. */
const ROOMY = 480;
/** Milliseconds between two pictures while the text grows. */
const PAUSE = 120;

/** The whole trace on one line: a segment a step, wide by length, with a lens on what the tree shows. */
export function Strip({ store }: { store: Store }): JSX.Element | null {
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useSignal(0);
  const chosen = useRef({ selection: store.selection.peek(), visible: store.visible.peek() });
  const hover = useSignal<{ step: number; x: number } | null>(null);
  const { phases } = store.analysis.value;
  // while it grows, the picture is a moment behind: it is made from time to time only
  const { steps } = store.analysis.value;
  const live = store.live.value;
  const length = steps.at(-1)?.end ?? 0;
  const scale = scaleOf(length, live);
  const arcs = width.value >= ROOMY;
  const height = (arcs ? ARCS : 3) + BAND + MARKS;

  useEffect(() => {
    const element = root.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => (width.value = entry?.contentRect.width ?? 0));
    observer.observe(element);
    return () => observer.disconnect();
  }, [steps.length === 0]);

  const wanted = useRef<() => void>(() => undefined);
  /** Colours and patterns of the present theme. */
  const palette = useRef<{ ratio: number; colours: Palette } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  wanted.current = () => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || root.current === null || width.value === 0) return;
    const ratio = devicePixelRatio;
    const [w, h] = [Math.round(width.value * ratio), Math.round(height * ratio)];
    if (element.width !== w || element.height !== h) {
      element.width = w;
      element.height = h;
    }
    if (palette.current?.ratio !== ratio) palette.current = { ratio, colours: paletteOf(root.current, context, ratio) };
    paint(element, context, palette.current.colours, { analysis: store.analysis.peek(), scale, arcs }, ratio);
  };
  useEffect(() => {
    if (!live) {
      wanted.current();
      return;
    }
    timer.current ??= setTimeout(() => {
      timer.current = null;
      wanted.current();
    }, PAUSE);
  }, [store.analysis.value, live, width.value, height]);
  useEffect(() => {
    // the theme changed: other classes, other colours
    const observer = new MutationObserver(() => {
      palette.current = null;
      wanted.current();
    });
    observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    return () => {
      observer.disconnect();
      if (timer.current !== null) clearTimeout(timer.current);
    };
  }, []);

  if (steps.length === 0) return null;
  const [first, last] = store.visible.value;
  const selection = store.selection.value;
  // a step that was gone to is where the reader is until it is scrolled out of sight; at first it is not yet in sight
  if (chosen.current.selection !== selection) chosen.current = { selection, visible: store.visible.value };
  const there =
    selection?.type === 'step' && ((selection.index >= first && selection.index <= last) || chosen.current.visible === store.visible.value);
  const now = Math.min(steps.length - 1, there ? selection.index : first);
  const name = (step: number): string => {
    const kind = steps[step]?.kind;
    return `${step + 1}${kind === undefined ? '' : ` · ${kindName(kind)}`}: ${cut(gistText(store.stepText(step)), 110)}`;
  };

  const stepAt = (event: PointerEvent): number => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return stepAtX(steps, scale, box.width, event.clientX - box.left);
  };
  const scrollTo = (step: number): void => {
    store.following.value = false;
    tree.handle?.reveal(rowForStep(store.rows.value, phases, step), false);
  };
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const bar = event.currentTarget as HTMLElement;
    bar.setPointerCapture(event.pointerId);
    const startX = event.clientX;
    let dragged = false;
    const onMove = (moved: PointerEvent): void => {
      if (Math.abs(moved.clientX - startX) > 3) dragged = true;
      if (dragged) scrollTo(stepAt(moved));
    };
    bar.addEventListener('pointermove', onMove);
    const stop = (up: PointerEvent): void => {
      bar.removeEventListener('pointermove', onMove);
      bar.removeEventListener('pointerup', stop);
      bar.removeEventListener('pointercancel', stop);
      if (dragged || up.type === 'pointercancel') return;
      const step = stepAt(up);
      selectStep(store, step);
      goToStep(store, step);
    };
    bar.addEventListener('pointerup', stop);
    bar.addEventListener('pointercancel', stop);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const go = (step: number): void => {
      event.preventDefault();
      event.stopPropagation();
      const to = Math.max(0, Math.min(steps.length - 1, step));
      selectStep(store, to);
      goToStep(store, to);
    };
    const phase = phaseAt(phases, now);
    if (event.key === 'ArrowRight' || event.key === 'ArrowUp') go(now + 1);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowDown') go(now - 1);
    else if (event.key === 'PageUp') go(phases[phase + 1]?.at ?? steps.length - 1);
    else if (event.key === 'PageDown') go((phases[phase]?.at ?? 0) === now ? (phases[phase - 1]?.at ?? 0) : (phases[phase]?.at ?? 0));
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(steps.length - 1);
  };

  const left = xOf(steps[first]?.start ?? 0, scale, 100);
  const right = xOf(steps[Math.min(last, steps.length - 1)]?.end ?? 0, scale, 100);
  const tip = hover.value;
  return (
    <div class="strip">
      <div
        ref={root}
        class="strip-area"
        role="slider"
        aria-label="Position in the reasoning"
        aria-orientation="horizontal"
        aria-valuemin={1}
        aria-valuemax={steps.length}
        aria-valuenow={now + 1}
        aria-valuetext={t('step {0} of {1}: {2}', now + 1, steps.length, name(now))}
        tabIndex={0}
        style={{ blockSize: `${height}px` }}
        onPointerDown={onPointerDown}
        onPointerMove={(event: PointerEvent) => {
          const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
          hover.value = { step: stepAt(event), x: Math.max(0, Math.min(box.width, event.clientX - box.left)) };
        }}
        onPointerLeave={() => (hover.value = null)}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} aria-hidden="true" />
        <span
          class="lens"
          aria-hidden="true"
          style={{
            insetBlockStart: `${(arcs ? ARCS : 3) - 3}px`,
            blockSize: `${BAND + 6}px`,
            left: `${left}%`,
            width: `${Math.max(0.4, right - left)}%`,
          }}
        />
      </div>
      {tip !== null && (
        <div
          class={tip.x > width.value / 2 ? 'tip before' : 'tip'}
          aria-hidden="true"
          style={tip.x > width.value / 2 ? { right: `${width.value - tip.x}px` } : { left: `${tip.x}px` }}
        >
          {name(tip.step)}
        </div>
      )}
    </div>
  );
}
