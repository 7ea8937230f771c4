import { batch, signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { foldsOf, readState, remember, untouched } from './model/persist.ts';
import type { LeftTrace } from './model/persist.ts';
import type { Folds } from './model/rows.ts';
import type { SearchStart } from './view/search-place.ts';
import type { VsCodeApi } from './vscode.ts';

/** What the reader did to the view and finds again: after hiding, a reload, a restart, and on coming back to a trace. */
export interface Left {
  readonly folds: Signal<Folds>;
  readonly following: Signal<boolean>;
  readonly split: Signal<number>;
  readonly findingsOpen: Signal<boolean>;
  readonly draft: Signal<string | null>;
  /** Notes that are being written, by step. */
  readonly noting: Signal<ReadonlyMap<number, string>>;
  /** The row at the top of the tree and how far it is scrolled out, in CSS pixels. */
  readonly anchor: { current: readonly [row: number, offset: number] | null };
  /** How far the answer is scrolled where it stands beside the reasoning, in CSS pixels. */
  readonly answerTop: { current: number };
  /** Where the reader was before the search that goes on; null when there is none, or when the reader stayed with what it found. */
  readonly searchedFrom: { current: SearchStart | null };
  /** Keeps all of it, soon. */
  keep(): void;
  /** Keeps how the trace on show is left, and has another as it was left; as `fresh` says if it was not shown before. */
  readonly turnTo: (trace: string, live: boolean, fresh: () => LeftTrace['phases']) => void;
}

/** Milliseconds after the last change until it is kept. */
const KEEP_AFTER = 150;

export function createLeft(vscode: VsCodeApi): Left {
  const kept = readState(vscode.getState());
  /** The trace that the folds and places belong to, and how those shown before it were left. */
  let current = kept.trace;
  let { others } = kept;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const left: Left = {
    folds: signal(foldsOf(kept)),
    following: signal(kept.following),
    split: signal(kept.split),
    findingsOpen: signal(kept.findingsOpen),
    draft: signal(kept.draft),
    noting: signal<ReadonlyMap<number, string>>(new Map(kept.notes)),
    anchor: { current: kept.anchor },
    answerTop: { current: kept.answer },
    searchedFrom: { current: null },
    keep() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const [split, findingsOpen, draft] = [left.split.value, left.findingsOpen.value, left.draft.value];
        vscode.setState({ ...now(), version: 1, split, findingsOpen, draft, others });
      }, KEEP_AFTER);
    },
    turnTo(trace, live, fresh) {
      if (trace === current) return;
      others = remember(others, now());
      current = trace;
      const before = others.find((other) => other.trace === trace) ?? untouched(trace, fresh(), live);
      others = others.filter((other) => other !== before);
      batch(() => {
        left.folds.value = foldsOf(before);
        left.following.value = before.following && live;
        left.noting.value = new Map(before.notes);
      });
      left.anchor.current = before.anchor;
      left.answerTop.current = before.answer;
    },
  };

  function now(): LeftTrace {
    // what a search opens on its way is not the reader's doing
    const from = left.searchedFrom.current;
    const { phases, touched, groups, texts } = from?.folds ?? left.folds.value;
    return {
      trace: current,
      phases,
      touched: [...touched],
      groups: [...groups],
      texts: [...texts],
      anchor: from === null ? left.anchor.current : from.anchor,
      answer: left.answerTop.current,
      following: from?.following ?? left.following.value,
      notes: [...left.noting.value],
    };
  }
  return left;
}
