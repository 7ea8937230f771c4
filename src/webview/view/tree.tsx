import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Step } from '../../core/analysis.ts';
import { indexOfRow, isPhase, phaseOf } from '../model/rows.ts';
import type { RowId } from '../model/rows.ts';
import { mountedRange, rowAtOffset, topOf } from '../model/window.ts';
import type { Store } from '../store.ts';
import { isGroupOpen, isRowOpen, litSteps, selectStep, setGroupOpen, setRowOpen, tree } from './actions.ts';
import { onTreeKey } from './keys.ts';
import { placeOf } from './copying.ts';
import type { DrawContext } from './markdown.tsx';
import { useMarking } from './marking.ts';
import { useReadingPlace } from './reading-place.ts';
import { useRowHeights } from './row-heights.ts';
import { useRowHighlights } from './row-highlights.ts';
import { PhaseRow, StepRow } from './row.tsx';
import type { StepProps } from './row.tsx';
import { marksOf } from './marks.ts';
import { heed } from '../heed.ts';

export function Tree({
  store,
  scroller,
  context,
}: {
  store: Store;
  scroller: () => HTMLElement | null;
  context: DrawContext;
}): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const active = useSignal<RowId | null>(null);
  const cache = useMemo(() => new Map<RowId, { key: string; context: DrawContext; row: JSX.Element }>(), [store.run.value?.id]);
  const wantsFocus = useRef(false);

  const marks = useComputed(() => {
    heed(store.shape);
    return marksOf(store.analysis.value, store.run.value, store.shown.value);
  });
  const liveStep = useComputed(() => {
    heed(store.frame);
    const last = store.run.value?.inspection.trace.parts.at(-1);
    return store.live.value && last?.kind === 'reasoning' && !last.closed ? store.stepCount.value - 1 : -1;
  });
  const { heights, refresh, observe } = useRowHeights(store, list, marks, liveStep);
  const reading = useReadingPlace(store, list, scroller, heights);
  const { view, bring, place, put } = reading;
  const lit = useComputed(() => litSteps(store));
  const rows = store.rows.value;
  const { phases } = store.analysis.value;
  // the number of steps is heeded by the rows; the one that grows is drawn by itself
  const steps = store.steps.peek();
  const total = topOf(heights.value, rows.ids.length);
  const [from, to] = useComputed(() => {
    const { top, height } = view.value;
    return mountedRange(heights.value, store.rows.value.ids.length, top, top + height);
  }).value;

  useEffect(() => {
    const { top, height } = view.value;
    const at = (offset: number): RowId => rows.ids[rowAtOffset(heights.value, Math.min(offset, total - 1), rows.ids.length)] ?? 0;
    const [upper, lower] = [at(Math.max(0, top)), at(Math.max(0, top + height))];
    const from = isPhase(upper) ? (phases[phaseOf(upper)]?.at ?? 0) : upper;
    const to = isPhase(lower)
      ? isRowOpen(store, lower)
        ? (phases[phaseOf(lower)]?.at ?? 0)
        : (phases[phaseOf(lower) + 1]?.at ?? steps.length) - 1
      : lower;
    const [a, b] = store.visible.peek();
    if (a !== from || b !== to) store.visible.value = [from, to];
  });

  const first = rows.ids[0];
  const current = active.value !== null && indexOfRow(rows, phases, active.value) >= 0 ? active.value : (first ?? null);

  const marking = useMarking(store, list, current);
  const span = marking.span.value;

  // a row that is put elsewhere among its siblings loses the focus, though it is still the same row
  const hadFocus = list.current?.contains(document.activeElement) === true;
  useLayoutEffect(() => {
    if (hadFocus && document.activeElement === document.body) wantsFocus.current = true;
    if (!wantsFocus.current || current === null) return;
    wantsFocus.current = false;
    list.current?.querySelector<HTMLElement>(`[data-row="${current}"]`)?.focus({ preventScroll: true });
  });

  const mountedIds = new Set(rows.ids.slice(from, to));
  observe(mountedIds);

  const focusRow = (index: number): void => {
    const id = store.rows.value.ids[index];
    if (id === undefined) return;
    reveal(index, true, false);
  };
  const extendTo = (index: number): void => {
    const id = store.rows.value.ids[index];
    if (id === undefined) return;
    marking.extend(id);
    show(index, true, false);
  };
  const reveal = (index: number, focus: boolean, wide = true): void => {
    if (focus) marking.clear();
    show(index, focus, wide);
  };
  const show = (index: number, focus: boolean, wide: boolean): void => {
    const id = store.rows.value.ids[index];
    if (scroller() === null || id === undefined) return;
    active.value = id;
    if (focus) wantsFocus.current = true;
    bring(index, wide);
    refresh();
  };
  tree.handle = {
    reveal,
    scrolled: place,
    scrollTo: put,
    focus(row, scroll) {
      const { ids } = store.rows.value;
      const index = row === 'last' ? ids.length - 1 : Math.max(0, placeOf(store, active.value ?? current ?? 0));
      const id = ids[index];
      if (id === undefined) return;
      if (scroll) reveal(index, true);
      else {
        active.value = id;
        wantsFocus.current = true;
        refresh();
      }
    },
  };

  const onClick = (event: MouseEvent): void => {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('[data-row]');
    if (row === null || target.closest('a, button, .code') !== null) return;
    // somebody who marks words does not want to fold
    if (getSelection()?.isCollapsed === false) return;
    const id = Number(row.dataset['row']);
    active.value = id;
    if (event.shiftKey && marking.span.value !== null) {
      row.focus({ preventScroll: true });
      return;
    }
    if (!isPhase(id)) selectStep(store, id);
    const group = isPhase(id) || target.closest('.twistie') === null ? null : isGroupOpen(store, id);
    if (group !== null) setGroupOpen(store, id, !group);
    else if (isPhase(id) || target.closest('.text') === null) setRowOpen(store, id, !isRowOpen(store, id));
    if (isPhase(id) && !isRowOpen(store, id)) store.following.value = false;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      marking.all();
      event.preventDefault();
      return;
    }
    // one thing at a time: what is selected besides stays until the next one
    const marked = span !== null;
    if (event.key === 'Escape') marking.clear();
    if (event.key === 'Escape' && marked) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (current === null || !onTreeKey({ store, current, focus: focusRow, extend: extendTo, place: reading }, event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  useRowHighlights(store, list);

  const onFocus = (event: FocusEvent): void => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    if (row !== null) active.value = Number(row.dataset['row']);
  };

  const draw = (index: number, outside: boolean): JSX.Element | null => {
    const id = rows.ids[index];
    if (id === undefined) return null;
    const top = outside ? topOf(heights.value, index) : null;
    const place = rows.place[index] ?? 1;
    const marked = span !== null && index >= span[0] && index <= span[1];
    if (isPhase(id)) {
      const p = phaseOf(id);
      const phase = phases[p];
      const figures = marks.value.figures[p];
      const title = phase?.title ?? '';
      return (
        <PhaseRow
          key={id}
          id={id}
          phase={p}
          title={title}
          open={store.passing.value !== null || isRowOpen(store, id)}
          place={place}
          size={store.live.value ? -1 : (rows.size[index] ?? 1)}
          active={id === current}
          marked={marked}
          figures={figures?.text ?? ''}
          label={figures?.label ?? ''}
          top={top}
        />
      );
    }
    const step = steps[id];
    if (step === undefined) return null;
    const growing = store.live.value && id >= (phases.at(-1)?.at ?? 0);
    const badges = marks.value.badges.get(id);
    const lines = marks.value.lines.get(id);
    const live = id === liveStep.value;
    const flags = {
      open: live || store.folds.value.texts.has(id),
      live,
      place,
      size: growing ? -1 : (rows.size[index] ?? 1),
      level: rows.level[index] ?? 2,
      group: isGroupOpen(store, id),
      active: id === current,
      marked,
      lit: lit.value.has(id),
      dropped: marks.value.dropped.has(id),
      lineKey: lines?.key ?? '',
      badgeKey: badges?.key ?? '',
      top,
    };
    // the same element again means that nothing below it is looked at
    const key = `${step.start} ${step.end} ${step.kind} ${Object.values(flags).join(' ')}`;
    const drawn = cache.get(id);
    if (drawn?.key === key && drawn.context === context) return drawn.row;
    const row = live ? (
      <LiveRow key={id} id={id} store={store} context={context} badges={badges?.list ?? []} lines={lines?.list ?? []} {...flags} />
    ) : (
      <StepRow
        key={id}
        id={id}
        text={store.stepText(id)}
        kind={step.kind}
        length={lengthOf(step)}
        badges={badges?.list ?? []}
        lines={lines?.list ?? []}
        store={store}
        context={context}
        {...flags}
      />
    );
    cache.set(id, { key, context, row });
    return row;
  };

  // what is no longer mounted must not be kept alive
  if (cache.size > 2 * (to - from) + 20) for (const id of cache.keys()) if (!mountedIds.has(id) && id !== current) cache.delete(id);
  const mounted: (JSX.Element | null)[] = [];
  const currentIndex = current === null ? -1 : indexOfRow(rows, phases, current);
  if (currentIndex >= 0 && currentIndex < from) mounted.push(draw(currentIndex, true));
  for (let i = from; i < to; i++) mounted.push(draw(i, false));
  if (currentIndex >= to) mounted.push(draw(currentIndex, true));

  return (
    <div
      ref={list}
      role="tree"
      aria-label="Reasoning"
      aria-multiselectable
      // a single step that was clicked on needs no help to be seen among the others
      class={lit.value.size > 0 && store.selection.value?.type !== 'step' ? 'tree has-lit' : 'tree'}
      style={{
        paddingBlockStart: `${topOf(heights.value, from)}px`,
        paddingBlockEnd: `${Math.max(0, total - topOf(heights.value, to))}px`,
      }}
      onClick={onClick}
      onMouseDown={marking.onMouseDown}
      onFocusIn={onFocus}
      onKeyDown={onKeyDown}
    >
      {mounted}
    </div>
  );
}

/** The step that grows: drawn again with each picture, and nothing else with it. */
function LiveRow(props: Omit<StepProps, 'text' | 'kind' | 'length'>): JSX.Element | null {
  const { store, id } = props;
  const step = store.steps.value[id];
  return step === undefined ? null : <StepRow {...props} text={store.stepText(id)} kind={step.kind} length={lengthOf(step)} />;
}

/** How much of its bar a step fills: a root, so that the short ones can be told apart as well. */
function lengthOf({ start, end }: Step): number {
  return Math.min(1, Math.sqrt((end - start) / 900));
}
