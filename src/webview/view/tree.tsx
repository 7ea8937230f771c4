import { computed, useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Quote, Step } from '../../core/analysis.ts';
import { t } from '../l10n.ts';
import { indexOfRow, isPhase, phaseOf, phaseRow } from '../model/rows.ts';
import type { RowId } from '../model/rows.ts';
import { mountedRange, rowAtOffset, topOf } from '../model/window.ts';
import type { Heights } from '../model/window.ts';
import type { Store } from '../store.ts';
import { isGroupOpen, isRowOpen, litSteps, selectStep, setGroupOpen, setRowOpen, tree } from './actions.ts';
import { copiedReasoning, delimited, markedRows } from './copying.ts';
import { rangesOf, setHighlight } from './highlights.ts';
import { onTreeKey } from './keys.ts';
import type { DrawContext } from './markdown.tsx';
import { PhaseRow, StepRow } from './row.tsx';
import type { StepProps } from './row.tsx';
import { marksOf } from './marks.ts';
import { heed } from '../heed.ts';

/** CSS pixels of a row, of a phase's row, and of the line that says why a line was dropped; style/tree.css says the same. */
const ROW = 24;
const PHASE = 30;
const NOTE = 22;

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
  const view = useSignal({ top: 0, height: 800 });
  const active = useSignal<RowId | null>(null);
  const measured = useMemo(() => new Map<RowId, number>(), [store.run.value?.id]);
  const measures = useSignal(0);
  const cache = useMemo(() => new Map<RowId, { key: string; context: DrawContext; row: JSX.Element }>(), [store.run.value?.id]);
  const wantsFocus = useRef(false);
  /** The reader has marked all of the reasoning, of which only a part is mounted. */
  const all = useRef(false);
  /** Words are marked in what is drawn. */
  const marked = useRef(false);
  /** Where the list begins in its scroller, in CSS pixels. */
  const origin = useRef(0);
  /** Where we put the scroll last: what the reader does is told from what we did. */
  const expected = useRef(0);
  /** Where to scroll once the rows are drawn that make the list long enough for it. */
  const goal = useRef<number | null>(null);
  const before = useRef<{ rows: typeof store.rows.value; heights: Heights } | null>(null);

  const marks = useComputed(() => {
    heed(store.shape);
    return marksOf(store.analysis.value, store.run.value, store.shown.value);
  });
  const liveStep = useComputed(() => {
    heed(store.frame);
    const last = store.run.value?.inspection.trace.parts.at(-1);
    return store.live.value && last?.kind === 'reasoning' && !last.closed ? store.stepCount.value - 1 : -1;
  });
  const heights = useMemo(
    () =>
      computed<Heights>(() => {
        heed(measures);
        const rows = store.rows.value;
        const { phases } = store.analysis.value;
        // a growing text changes no position by itself: its row is measured when it takes another line
        const steps = store.steps.peek();
        const extra: [number, number][] = [];
        const put = (id: RowId, more: number): void => {
          const index = indexOfRow(rows, phases, id);
          if (index >= 0) extra.push([index, more]);
        };
        for (const p of phases.keys()) put(phaseRow(p), PHASE - ROW);
        const open = new Set(store.folds.value.texts);
        if (liveStep.value >= 0) open.add(liveStep.value);
        for (const id of open) {
          const step = steps[id];
          if (step === undefined) continue;
          put(id, (measured.get(id) ?? ROW + Math.floor((step.end - step.start) / 90) * 19) - ROW);
        }
        for (const [id, { list }] of marks.value.lines) if (!open.has(id)) put(id, NOTE * list.length);
        extra.sort((a, b) => a[0] - b[0]);
        return { row: ROW, extra };
      }),
    [measured],
  );

  const lit = useComputed(() => litSteps(store));
  const rows = store.rows.value;
  const { phases } = store.analysis.value;
  // the number of steps is heeded by the rows; the one that grows is drawn by itself
  const steps = store.steps.peek();
  const total = topOf(heights.value, rows.ids.length);
  // the end of the run is not yet the end of the reading
  const following = store.following.value && (store.live.value || store.reading.value);
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

  // a row that is put elsewhere among its siblings loses the focus, though it is still the same row
  const hadFocus = list.current?.contains(document.activeElement) === true;
  useLayoutEffect(() => {
    if (hadFocus && document.activeElement === document.body) wantsFocus.current = true;
    if (!wantsFocus.current || current === null) return;
    wantsFocus.current = false;
    list.current?.querySelector<HTMLElement>(`[data-row="${current}"]`)?.focus({ preventScroll: true });
  });

  useEffect(() => {
    const element = scroller();
    const own = list.current;
    if (element === null || own === null) return undefined;
    const look = (): void => {
      const { top } = own.getBoundingClientRect();
      const frame = element.getBoundingClientRect();
      origin.current = top - frame.top + element.scrollTop;
      view.value = { top: frame.top - top, height: frame.height };
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

  // open texts are measured where the browser measures anyway
  const observer = useMemo(
    () =>
      new ResizeObserver((entries) => {
        let changed = false;
        for (const { target, borderBoxSize } of entries) {
          const id = Number((target as HTMLElement).dataset['row']);
          const height = borderBoxSize[0]?.blockSize ?? 0;
          if (height > 0 && measured.get(id) !== height) {
            measured.set(id, height);
            changed = true;
          }
        }
        if (changed) measures.value++;
      }),
    [measured],
  );
  const observed = useRef('');
  const mountedIds = new Set(rows.ids.slice(from, to));
  useEffect(() => () => observer.disconnect(), [observer]);
  useLayoutEffect(() => {
    const open = [...store.folds.value.texts, liveStep.value].filter((id) => mountedIds.has(id)).join();
    if (open === observed.current) return;
    observed.current = open;
    observer.disconnect();
    list.current?.querySelectorAll('.row.open').forEach((row) => observer.observe(row));
  });

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

  const focusRow = (index: number): void => {
    const id = store.rows.value.ids[index];
    if (id === undefined) return;
    reveal(index, true, false);
  };
  const reveal = (index: number, focus: boolean, wide = true): void => {
    const element = scroller();
    const id = store.rows.value.ids[index];
    if (element === null || id === undefined) return;
    const top = topOf(heights.value, index);
    const bottom = topOf(heights.value, index + 1);
    const margin = wide ? Math.min(96, view.value.height / 4) : ROW;
    const { height } = view.value;
    let target: number | null = null;
    if (top < view.value.top + (wide ? 0 : margin)) target = top - margin;
    else if (bottom > view.value.top + height - margin) target = wide ? top - margin : bottom - height + margin;
    active.value = id;
    if (focus) wantsFocus.current = true;
    if (target !== null) {
      goal.current = origin.current + target;
      view.value = { top: target, height };
    }
    measures.value++;
  };
  tree.handle = { reveal };

  const onClick = (event: MouseEvent): void => {
    all.current = false;
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('[data-row]');
    if (row === null || target.closest('a, button, .code') !== null) return;
    // somebody who marks words does not want to fold
    if (getSelection()?.isCollapsed === false) return;
    const id = Number(row.dataset['row']);
    active.value = id;
    if (!isPhase(id)) selectStep(store, id);
    const group = isPhase(id) || target.closest('.twistie') === null ? null : isGroupOpen(store, id);
    if (group !== null) setGroupOpen(store, id, !group);
    else if (isPhase(id) || target.closest('.text') === null) setRowOpen(store, id, !isRowOpen(store, id));
    if (isPhase(id) && !isRowOpen(store, id)) store.following.value = false;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      if (list.current !== null) getSelection()?.selectAllChildren(list.current);
      all.current = true;
      event.preventDefault();
      return;
    }
    if (!event.ctrlKey && !event.metaKey) all.current = false;
    if (current === null || !onTreeKey({ store, current, focus: focusRow }, event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  // marks are drawn over what is there, after it is there
  useEffect(() => {
    const element = list.current;
    const query = store.query.value;
    const missing = store.grounding.value?.findings.flatMap(({ quotes }) => quotes) ?? [];
    const wanted = query.trim() !== '' || store.selection.value?.type === 'finding' || missing.length > 0;
    if (element === null || (!wanted && !marked.current)) return;
    marked.current = wanted;
    const bodies = [...element.querySelectorAll<HTMLElement>('[data-step] :is(.gist, .text)')];
    setHighlight('search', query.trim() === '' ? [] : bodies.flatMap((body) => rangesOf(body, query, true)));
    const selected = store.selection.value;
    const quotes = selected?.type === 'finding' ? (store.analysis.value.findings[selected.index]?.quotes ?? []) : [];
    const quoted = (quotes: readonly Quote[]): Range[] =>
      bodies.flatMap((body) => {
        const step = steps[Number(body.closest<HTMLElement>('[data-step]')?.dataset['step'])];
        if (step === undefined) return [];
        return quotes.flatMap(({ in: where, start, end }) =>
          where === 'reasoning' && start < step.end && end > step.start
            ? rangesOf(body, store.run.value?.reasoning.slice(Math.max(start, step.start), Math.min(end, step.end)) ?? '', false)
            : [],
        );
      });
    setHighlight('quote', quoted(quotes));
    setHighlight('missing', quoted(missing));
  });

  const onCopy = (event: ClipboardEvent): void => {
    const own = list.current;
    const { ids } = store.rows.value;
    if (own === null || event.clipboardData === null) return;
    const range = all.current ? ([ids[0] ?? 0, ids.at(-1) ?? 0] as const) : markedRows(own);
    const text =
      range !== null
        ? delimited(copiedReasoning(store, range[0], range[1]))
        : current !== null && getSelection()?.isCollapsed !== false
          ? copiedReasoning(store, current, current)
          : null;
    if (text === null) return;
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
    store.say(t('Copied'));
  };
  const onFocus = (event: FocusEvent): void => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    if (row !== null) active.value = Number(row.dataset['row']);
  };

  const draw = (index: number, outside: boolean): JSX.Element | null => {
    const id = rows.ids[index];
    if (id === undefined) return null;
    const top = outside ? topOf(heights.value, index) : null;
    const place = rows.place[index] ?? 1;
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
          open={store.filter.value.findings !== null || store.filter.value.kinds.size > 0 || isRowOpen(store, id)}
          place={place}
          size={store.live.value ? -1 : (rows.size[index] ?? 1)}
          active={id === current}
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
      class="tree"
      style={{
        paddingBlockStart: `${topOf(heights.value, from)}px`,
        paddingBlockEnd: `${Math.max(0, total - topOf(heights.value, to))}px`,
      }}
      onClick={onClick}
      onCopy={onCopy}
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
