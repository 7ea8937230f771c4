import { useSignal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { indexOfRow } from '../model/rows.ts';
import { rowAtOffset, topOf } from '../model/window.ts';
import type { Heights } from '../model/window.ts';
import type { Store } from '../store.ts';
import { ROW } from './row-heights.ts';

interface ReadingPlace {
  /** What of the list is in sight: where it begins, from the list's top, and how high it is; CSS pixels. */
  readonly view: Signal<{ readonly top: number; readonly height: number }>;
  /** Scrolls so that a row, by its place among the rows, is in sight; `wide`: with room around it. */
  readonly bring: (index: number, wide: boolean) => void;
}

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
  /** Where we put the scroll last: what the reader does is told from what we did. */
  const expected = useRef(0);
  /** Where to scroll once the rows are drawn that make the list long enough for it. */
  const goal = useRef<number | null>(null);
  const before = useRef<{ rows: typeof store.rows.value; heights: Heights } | null>(null);
  const rows = store.rows.value;
  const { phases } = store.analysis.value;
  // the end of the run is not yet the end of the reading
  const following = store.following.value && (store.live.value || store.reading.value);

  // the reader's place: the same row stays at the same height whatever happened above it
  useLayoutEffect(() => {
    const element = scroller();
    const was = before.current;
    before.current = { rows, heights: heights.value };
    if (element === null || goal.current !== null) return;
    if (following) {
      element.scrollTop = 1e9;
      expected.current = element.scrollTop;
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
      expected.current += shift;
      element.scrollTop = expected.current;
    }
  }, [rows, heights.value, following]);

  useLayoutEffect(() => {
    const element = scroller();
    if (goal.current === null || element === null) return;
    element.scrollTop = goal.current;
    goal.current = null;
    expected.current = element.scrollTop;
    view.value = { top: expected.current - origin.current, height: view.value.height };
  });

  useEffect(() => {
    const element = scroller();
    const own = list.current;
    if (element === null || own === null) return undefined;
    const look = (): void => {
      const { top } = own.getBoundingClientRect();
      const frame = element.getBoundingClientRect();
      // what sticks to the upper edge hides what scrolls below it
      const covered = parseFloat(getComputedStyle(element).scrollPaddingTop) || 0;
      origin.current = top - frame.top - covered + element.scrollTop;
      view.value = { top: frame.top + covered - top, height: frame.height - covered };
    };
    const stick = (): void => {
      element.scrollTop = 1e9;
      expected.current = element.scrollTop;
    };
    const sizeNow = (): string => `${element.clientWidth} ${element.clientHeight}`;
    let size = sizeNow();
    const onScroll = (): void => {
      const { scrollTop } = element;
      // another width or height may move the text by itself, as far as its end: that is not the reader's doing
      if (size !== sizeNow() && scrollTop + element.clientHeight >= element.scrollHeight - 4) {
        if (store.following.value) stick();
      } else if (scrollTop < expected.current - 2) store.following.value = false;
      else if (scrollTop > expected.current + 2 && scrollTop + element.clientHeight >= element.scrollHeight - 4 && store.live.value)
        store.following.value = true;
      expected.current = element.scrollTop;
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
    let edge = element.getBoundingClientRect().top;
    const resized = new ResizeObserver(() => {
      size = sizeNow();
      const moved = element.getBoundingClientRect().top - edge;
      edge += moved;
      if (store.following.value && store.live.value) stick();
      else if (moved !== 0 && store.live.value) {
        // findings came above: the rows stay where they are read
        element.scrollTop += moved;
        expected.current = element.scrollTop;
      }
      look();
    });
    resized.observe(element);
    look();
    return () => {
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
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
    element.scrollTop = expected.current = origin.current + topOf(heights.value, index) + anchor[1];
  });

  const bring = (index: number, wide: boolean): void => {
    const top = topOf(heights.value, index);
    const bottom = topOf(heights.value, index + 1);
    const margin = wide ? Math.min(96, view.value.height / 4) : ROW;
    const { height } = view.value;
    let target: number | null = null;
    if (top < view.value.top + (wide ? 0 : margin)) target = top - margin;
    else if (bottom > view.value.top + height - margin) target = wide ? top - margin : bottom - height + margin;
    if (target !== null) {
      goal.current = origin.current + target;
      view.value = { top: target, height };
    }
  };
  return { view, bring };
}
