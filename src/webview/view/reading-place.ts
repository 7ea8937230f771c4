import { useSignal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { indexOfRow } from '../model/rows.ts';
import { rowAtOffset, topOf } from '../model/window.ts';
import type { Heights } from '../model/window.ts';
import type { Store } from '../store.ts';
import { ROW } from './row-heights.ts';

export interface ReadingPlace {
  /** What of the list is in sight: where it begins, from the list's top, and how high it is; CSS pixels. */
  readonly view: Signal<{ readonly top: number; readonly height: number }>;
  /** Scrolls so that a row, by its place among the rows, is in sight; `wide`: with room around it. */
  readonly bring: (index: number, wide: boolean) => void;
  /** How much of the list is scrolled away, in CSS pixels: it holds whatever comes above the list. -Infinity at the very top. */
  readonly place: () => number;
  /** Scrolls back to such a place. */
  readonly put: (place: number) => void;
  /** Whether a row is too high to be seen whole. */
  readonly isHigh: (index: number) => boolean;
  /**
   * Scrolls on within a row that is too high to be seen whole, at most as far as its edge. False where that is in sight
   * already, unless the reader is to stay: there is nowhere else to go.
   */
  readonly scrollIn: (index: number, direction: 1 | -1, by: Stride, stay: boolean) => boolean;
}

/** How far a key goes: a few lines, what is in sight, or as far as can be. */
export type Stride = 'line' | 'page' | 'edge';

/** CSS pixels of a few lines. */
const LINES = 60;

/** CSS pixels from the end of the text within which it is seen as in sight. */
const AT_END = 4;
/** CSS pixels by which a text may have grown between a move of the scroll and the word of it. */
const NEAR = 4 * ROW;

const UPWARD: ReadonlySet<string> = new Set(['ArrowUp', 'PageUp', 'Home']);
/** Where the mouse or a finger takes hold of the pane, and where it lets go, wherever it is then. */
const HOLDS = ['pointerdown', 'touchstart'] as const;
const RELEASES = ['pointerup', 'pointercancel', 'touchend', 'touchcancel', 'blur'] as const;

/** How large pane and text are. */
const extentOf = ({ clientWidth, clientHeight, scrollHeight }: HTMLElement): string => `${clientWidth} ${clientHeight} ${scrollHeight}`;

/**
 * Keeps the reader's place: the same row stays at the same height on the screen whatever happens above it, unless the reader
 * moves, follows the end of a growing text, or goes somewhere.
 */
export function useReadingPlace(
  store: Store,
  list: RefObject<HTMLElement | null>,
  scroller: () => HTMLElement | null,
  heights: ReadonlySignal<Heights>,
): ReadingPlace {
  const view = useSignal({ top: 0, height: 800 });
  /** Where the list begins in its scroller, in CSS pixels. */
  const origin = useRef(0);
  /** How much of the scroller's upper edge is hidden by what sticks to it, in CSS pixels. */
  const covered = useRef(0);
  /** Where we put the scroll last, and how large pane and text were then: what the reader does is told from what happens by itself. */
  const expected = useRef({ top: 0, extent: '' });
  /** Where to scroll once the rows are drawn that make the list long enough for it. */
  const goal = useRef<number | null>(null);
  const followed = useRef(false);
  const before = useRef<{ rows: typeof store.rows.value; heights: Heights } | null>(null);
  const rows = store.rows.value;
  const { phases } = store.analysis.value;
  // the end of the run is not yet the end of the reading
  const following = store.following.value && (store.live.value || store.reading.value);

  const expect = (element: HTMLElement): void => {
    expected.current = { top: element.scrollTop, extent: extentOf(element) };
  };
  const look = (): void => {
    const element = scroller();
    const own = list.current;
    if (element === null || own === null) return;
    const { top } = own.getBoundingClientRect();
    const frame = element.getBoundingClientRect();
    origin.current = top - frame.top - covered.current + element.scrollTop;
    view.value = { top: frame.top + covered.current - top, height: frame.height - covered.current };
  };
  /** A style is costly to ask for at each scroll, and this one changes with the size only. */
  const measure = (element: HTMLElement): void => {
    covered.current = parseFloat(getComputedStyle(element).scrollPaddingTop) || 0;
    look();
  };

  // the reader's place: the same row stays at the same height whatever happened above it
  useLayoutEffect(() => {
    const element = scroller();
    const was = before.current;
    before.current = { rows, heights: heights.value };
    // what comes with the end of the reading is followed as well
    const ends = followed.current && store.following.value && !following;
    followed.current = following;
    if (element === null || goal.current !== null) return;
    if (following || ends) {
      element.scrollTop = 1e9;
      expect(element);
      store.anchor.current = null;
      return;
    }
    if (was === null || view.value.top <= 0) return;
    const index = rowAtOffset(was.heights, view.value.top, was.rows.ids.length);
    const id = was.rows.ids[index];
    if (id === undefined) return;
    const now = indexOfRow(rows, phases, id);
    if (now < 0) return;
    const shift = topOf(heights.value, now) - topOf(was.heights, index);
    if (Math.abs(shift) >= 1) {
      element.scrollTop = expected.current.top + shift;
      expect(element);
    }
  }, [rows, heights.value, following]);

  useLayoutEffect(() => {
    const element = scroller();
    if (goal.current === null || element === null) return;
    element.scrollTop = goal.current;
    goal.current = null;
    expect(element);
    view.value = { top: expected.current.top - origin.current, height: view.value.height };
  });

  useEffect(() => {
    const element = scroller();
    const own = list.current;
    if (element === null || own === null) return undefined;
    const stick = (): void => {
      element.scrollTop = 1e9;
      expect(element);
    };
    /** The reader has scrolled: before that, and where a place is restored, the view is still being put up. */
    let touched = false;
    /** A finger or the mouse is down: what scrolls now is dragged. */
    let held = false;
    const onScroll = (): void => {
      const { scrollTop } = element;
      const moved = scrollTop - expected.current.top;
      const left = element.scrollHeight - element.clientHeight - scrollTop;
      if (Math.abs(moved) > 2) touched = true;
      // a pane or a text of another size moves the scroll by itself as far as its end, which may be a few words on by now
      const itself = !held && expected.current.extent !== extentOf(element) && left <= NEAR;
      if (itself && store.following.value && (store.live.value || store.reading.value)) stick();
      else if (!itself && moved < -2) store.following.value = false;
      else if (moved > 2 && left <= AT_END && store.live.value) store.following.value = true;
      expect(element);
      look();
      const { ids } = store.rows.value;
      const top = rowAtOffset(heights.value, view.value.top, ids.length);
      store.anchor.current = ids.length > 0 ? [ids[top] ?? 0, view.value.top - topOf(heights.value, top)] : null;
      store.keep();
    };
    const onWheel = (event: WheelEvent): void => {
      if (event.deltaY < 0) store.following.value = false;
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: true });
    /** Keys scroll what was pressed last, where nothing else has the focus and nothing else is to be done with them. */
    let pressed = false;
    const onPress = ({ target }: PointerEvent): void => {
      pressed = target instanceof Node && element.contains(target);
    };
    const onKey = ({ key, shiftKey, target, defaultPrevented }: KeyboardEvent): void => {
      if (defaultPrevented || !(target instanceof Element)) return;
      const here = element.contains(target) || (target === document.body && pressed);
      const upward = UPWARD.has(key) || (key === ' ' && shiftKey && !target.matches('button, a'));
      if (here && upward && !target.matches('input, textarea, select')) store.following.value = false;
    };
    document.addEventListener('pointerdown', onPress, true);
    document.addEventListener('keydown', onKey);
    const onHold = (): void => void (held = true);
    const onRelease = (event: Event): void => {
      // that is where a finger begins to scroll; it is lifted later
      if (event instanceof PointerEvent && event.type === 'pointercancel' && event.pointerType === 'touch') return;
      held = false;
    };
    for (const type of HOLDS) element.addEventListener(type, onHold, { passive: true });
    for (const type of RELEASES) window.addEventListener(type, onRelease, { passive: true });
    /** Where on the screen the rows would begin were nothing scrolled away. */
    const startNow = (): number => own.getBoundingClientRect().top + element.scrollTop;
    let start = startNow();
    let width = element.clientWidth;
    let live = store.live.value;
    /** Whether the reader has just clicked into what stands above the rows: what changes there then is meant to. */
    let meant = false;
    const onClick = ({ target }: MouseEvent): void => {
      if (!(target instanceof Element) || target.closest('.findings, .above') === null) return;
      meant = true;
      requestAnimationFrame(() => requestAnimationFrame(() => (meant = false)));
    };
    const resized = new ResizeObserver(() => {
      const moved = startNow() - start;
      start += moved;
      const reflowed = width !== element.clientWidth;
      const wasLive = live;
      width = element.clientWidth;
      live = store.live.value;
      const frame = element.getBoundingClientRect();
      // who is at the very top, or looks at what stands above the rows, sees what comes there
      const reads =
        ((touched && element.scrollTop > 0) || live || wasLive) && start - element.scrollTop - moved < frame.top + frame.height / 2;
      if (store.following.value && live) stick();
      else if (moved !== 0 && reads && !meant && !reflowed) {
        element.scrollTop += moved;
        expect(element);
      }
      measure(element);
    });
    document.addEventListener('click', onClick, true);
    for (const seen of [element, own.parentElement, element.querySelector('.above'), element.querySelector('.right')])
      if (seen !== null) resized.observe(seen);
    measure(element);
    return () => {
      document.removeEventListener('click', onClick, true);
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
      document.removeEventListener('pointerdown', onPress, true);
      document.removeEventListener('keydown', onKey);
      for (const type of HOLDS) element.removeEventListener(type, onHold);
      for (const type of RELEASES) window.removeEventListener(type, onRelease);
      resized.disconnect();
    };
  }, [scroller(), heights]);

  // after a reload the reader is put back to where the tree was left
  const restored = useRef(false);
  useEffect(() => {
    if (restored.current || rows.ids.length === 0 || store.reading.value) return;
    restored.current = true;
    const anchor = store.anchor.current;
    const element = scroller();
    if (anchor === null || element === null || following) return;
    const index = indexOfRow(rows, phases, anchor[0]);
    if (index < 0) return;
    element.scrollTop = origin.current + topOf(heights.value, index) + anchor[1];
    expect(element);
  });

  const place = (): number => {
    const top = scroller()?.scrollTop ?? 0;
    return top <= 0 ? -Infinity : top - origin.current;
  };
  const put = (place: number): void => scrollTo(Math.max(place, -origin.current));
  const bring = (index: number, wide: boolean): void => {
    // a scroll of this very moment has not been told yet
    if (goal.current === null) look();
    const top = topOf(heights.value, index);
    const bottom = topOf(heights.value, index + 1);
    const margin = wide ? Math.min(96, view.value.height / 4) : ROW;
    const { height } = view.value;
    let target: number | null = null;
    if (top < view.value.top + (wide ? 0 : margin)) target = top - margin;
    else if (bottom > view.value.top + height - margin) target = wide || isHigh(index) ? top - margin : bottom - height + margin;
    if (target !== null) scrollTo(target);
  };
  const scrollTo = (target: number): void => {
    goal.current = origin.current + target;
    view.value = { top: target, height: view.value.height };
  };
  const isHigh = (index: number): boolean => topOf(heights.value, index + 1) - topOf(heights.value, index) > view.value.height - 3 * ROW;
  const scrollIn = (index: number, direction: 1 | -1, by: Stride, stay: boolean): boolean => {
    const { top, height } = view.value;
    const [begin, end] = [topOf(heights.value, index), topOf(heights.value, index + 1)];
    if (!isHigh(index) || end <= top || begin >= top + height) return false;
    const left = direction === 1 ? end - top - height : top - begin;
    if (left <= 1) return stay;
    scrollTo(top + direction * Math.min(left, by === 'line' ? LINES : by === 'page' ? height - 2 * ROW : left));
    return true;
  };
  return { view, bring, place, put, isHigh, scrollIn };
}
