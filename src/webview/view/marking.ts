import { useComputed, useSignal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../l10n.ts';
import type { RowId } from '../model/rows.ts';
import type { Store } from '../store.ts';
import { copiedReasoning, delimited, markedPlaces, placeOf, rowAt, wordsAround } from './copying.ts';
import type { Ends } from './copying.ts';

interface Marking {
  /** First and last of the marked rows, by their places among the rows; null when none are. */
  readonly span: ReadonlySignal<readonly [number, number] | null>;
  /** Marks the rows up to this one, from where the marking began or else from the current row. */
  readonly extend: (to: RowId) => void;
  readonly all: () => void;
  readonly clear: () => void;
  readonly onMouseDown: (event: MouseEvent) => void;
}

const NOWHERE: Ends = { from: null, to: null };

/**
 * What the reader has marked, and what a copy of it holds. Rows are kept by their numbers, words by the rows that they begin
 * and end in: only few of the rows are mounted, and what is marked must outlast that.
 */
export function useMarking(store: Store, list: RefObject<HTMLElement | null>, current: RowId | null): Marking {
  const rows = useSignal<'all' | { readonly from: RowId; readonly to: RowId } | null>(null);
  const ends = useRef<Ends>(NOWHERE);
  const row = useRef(current);
  row.current = current;
  /** The mouse was pressed since all was marked: what is marked then is the reader's own wish. */
  const pressed = useRef(false);
  /** It is pressed now. */
  const held = useRef(false);

  const span = useComputed<readonly [number, number] | null>(() => {
    const marked = rows.value;
    const last = store.rows.value.ids.length - 1;
    if (marked === null || last < 0) return null;
    if (marked === 'all') return [0, last];
    const [a, b] = [placeOf(store, marked.from), placeOf(store, marked.to)];
    return a < 0 || b < 0 ? null : [Math.min(a, b), Math.max(a, b)];
  });

  useEffect(() => {
    rows.value = null;
    ends.current = NOWHERE;
  }, [store.run.value?.id]);

  // on the document: where VS Code does the copying, the event goes to where words were marked last, not to the row with the focus
  useEffect(() => {
    const onCopy = (event: ClipboardEvent): void => {
      const tree = list.current;
      const focus = document.activeElement;
      if (tree === null || event.clipboardData === null || focus?.matches('input, textarea') === true) return;
      const text = copied(tree, focus);
      if (text === null) return;
      event.clipboardData.setData('text/plain', text);
      event.preventDefault();
      store.say(t('Copied'));
    };
    const copied = (tree: HTMLElement, focus: Element | null): string | null => {
      if (span.value !== null) return delimited(copiedReasoning(store, ...span.value));
      const words = markedPlaces(store, tree, ends.current);
      if (words !== null) {
        const [before, after] = wordsAround(tree);
        return [before, delimited(copiedReasoning(store, ...words)), after].filter((part) => part !== '').join('\n\n');
      }
      const place =
        row.current === null || !tree.contains(focus) || getSelection()?.isCollapsed === false ? -1 : placeOf(store, row.current);
      return place < 0 ? null : copiedReasoning(store, place, place);
    };
    const onSelection = (): void => {
      const selection = getSelection();
      const tree = list.current;
      if (tree === null || selection === null) return;
      if (!selection.isCollapsed && rows.value !== null) {
        // VS Code answers Ctrl+A by marking the whole page as well
        if (rows.value === 'all' && !pressed.current) selection.removeAllRanges();
        else rows.value = null;
      }
      const { anchorNode, focusNode } = selection;
      ends.current = {
        // where its row is unmounted while the mouse marks, the browser goes on from another one
        from: held.current || anchorNode === tree ? ends.current.from : rowAt(tree, anchorNode),
        to: focusNode === tree ? ends.current.to : rowAt(tree, focusNode),
      };
    };
    const onPointerDown = (event: PointerEvent): void => {
      pressed.current = true;
      held.current = !event.shiftKey;
      const at = list.current === null ? null : rowAt(list.current, event.target as Node);
      if (held.current) ends.current = { from: at, to: at };
    };
    const onPointerUp = (): void => {
      held.current = false;
    };
    const onFocus = (event: FocusEvent): void => {
      if (list.current?.contains(event.target as Node) === false) rows.value = null;
    };
    const until = new AbortController();
    const { signal } = until;
    document.addEventListener('copy', onCopy, { signal });
    document.addEventListener('focusin', onFocus, { signal });
    document.addEventListener('selectionchange', onSelection, { signal });
    document.addEventListener('pointerdown', onPointerDown, { signal, capture: true });
    for (const end of ['pointerup', 'pointercancel'] as const) document.addEventListener(end, onPointerUp, { signal, capture: true });
    return () => until.abort();
  }, [store]);

  const extend = (to: RowId): void => {
    const marked = rows.value;
    const from = marked !== null && marked !== 'all' ? marked.from : (ends.current.from ?? row.current ?? to);
    getSelection()?.removeAllRanges();
    rows.value = { from, to };
  };
  const clear = (): void => {
    rows.value = null;
    if (getSelection()?.isCollapsed !== false) ends.current = NOWHERE;
  };
  return {
    span,
    extend,
    all() {
      pressed.current = false;
      getSelection()?.removeAllRanges();
      rows.value = 'all';
    },
    clear,
    onMouseDown(event) {
      const tree = list.current;
      const target = event.target as HTMLElement;
      if (tree === null || event.button !== 0 || target.closest('a, button, textarea, .code') !== null) return;
      const to = rowAt(tree, target);
      if (!event.shiftKey) rows.value = null;
      else if (to !== null && (rows.value !== null || to !== (ends.current.from ?? row.current))) {
        // rows are marked then, not words: where the marking began may be mounted no more
        event.preventDefault();
        extend(to);
      }
    },
  };
}
