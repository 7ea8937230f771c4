import { computed, useSignal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { heed } from '../heed.ts';
import { indexOfRow, phaseRow } from '../model/rows.ts';
import type { RowId } from '../model/rows.ts';
import type { Heights } from '../model/window.ts';
import type { Store } from '../store.ts';
import type { Marks } from './marks.ts';

/** CSS pixels of a row, of a phase's row, and of a line between two steps; style/tree.css says the same. */
export const ROW = 24;
const PHASE = 30;
const NOTE = 22;

interface RowHeights {
  readonly heights: ReadonlySignal<Heights>;
  /** Has what depends on the heights looked at again. */
  readonly refresh: () => void;
  /** Measures the open rows among those that are mounted, where the browser measures anyway. */
  readonly observe: (mounted: ReadonlySet<RowId>) => void;
}

/** How high each row is: by kind of row, and as measured where a whole text is shown. */
export function useRowHeights(
  store: Store,
  list: RefObject<HTMLElement | null>,
  marks: ReadonlySignal<Marks>,
  liveStep: ReadonlySignal<number>,
): RowHeights {
  const measured = useMemo(() => new Map<RowId, number>(), [store.run.value?.id]);
  const measures = useSignal(0);
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
  const mountedNow = useRef<ReadonlySet<RowId>>(new Set());
  useEffect(() => () => observer.disconnect(), [observer]);
  useLayoutEffect(() => {
    const open = [...store.folds.value.texts, liveStep.value].filter((id) => mountedNow.current.has(id)).join();
    if (open === observed.current) return;
    observed.current = open;
    observer.disconnect();
    list.current?.querySelectorAll('.row.open').forEach((row) => observer.observe(row));
  });
  return {
    heights,
    refresh: () => {
      measures.value++;
    },
    observe: (mounted) => {
      mountedNow.current = mounted;
    },
  };
}
