import { batch, computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Analysis, FindingKind, Step } from '../core/analysis.ts';
import type { StampedEvent } from '../core/events.ts';
import type { Grounding } from '../core/grounding.ts';
import type { Listener, Remote } from '../protocol/channel.ts';
import type { ComposerState, HostApi, ReadyReply, Shown, ViewApi } from '../protocol/messages.ts';
import { stateOf } from '../core/trace.ts';
import { headsOf } from '../core/tree.ts';
import { EMPTY_ANALYSIS } from './analysis/remote.ts';
import { startAnalysis } from './analysis/start.ts';
import { setStrings, t } from './l10n.ts';
import { heed } from './heed.ts';
import { createLeft } from './left.ts';
import type { Left } from './left.ts';
import { buildRows } from './model/rows.ts';
import type { Rows } from './model/rows.ts';
import { createRun } from './run.ts';
import type { Run } from './run.ts';
import type { VsCodeApi } from './vscode.ts';

/** What is selected: a step by its index, a finding by its place in the analysis, a block of the answer by its links likewise. */
export type Selection =
  | { readonly type: 'step'; readonly index: number }
  | { readonly type: 'finding'; readonly index: number }
  | { readonly type: 'block'; readonly links: readonly number[] };

export interface Filter {
  readonly findings: FindingKind | null;
  readonly kinds: ReadonlySet<string>;
}

export interface Store extends Omit<Left, 'turnTo'> {
  /** The host, for calls whose answer or failure nobody waits for. */
  readonly tell: Listener<HostApi>;
  readonly ready: Signal<boolean>;
  readonly composer: Signal<ComposerState | null>;
  readonly shown: Signal<Shown | null>;
  readonly run: Signal<Run | null>;
  /** Grows by one whenever the run has changed: once an animation frame at most. */
  readonly frame: Signal<number>;
  /** The steps so far: newer than those of `analysis` while the reasoning grows. */
  readonly steps: ReadonlySignal<readonly Step[]>;
  readonly stepCount: ReadonlySignal<number>;
  /** Changes with whatever happens to the run but that a text grew. */
  readonly shape: ReadonlySignal<string>;
  readonly answer: ReadonlySignal<string>;
  readonly analysis: ReadonlySignal<Analysis>;
  /** What the workspace says about the files and symbols of the trace; null while that is not known. */
  readonly grounding: Signal<Grounding | null>;
  /** Tokens of the reasoning by estimate; null while much of it is not read yet. */
  readonly tokens: Signal<number | null>;
  /** True while a long trace is still being read. */
  readonly reading: Signal<boolean>;
  /** True when all that has come was read, and the analysis is that of the whole. */
  readonly settled: Signal<boolean>;
  /** True when the analysis could not be started or has ended: the reasoning is shown whole. */
  readonly unread: Signal<boolean>;
  readonly selection: Signal<Selection | null>;
  readonly filter: Signal<Filter>;
  /** The steps that pass the filter; null where all are shown. */
  readonly passing: ReadonlySignal<ReadonlySet<number> | null>;
  readonly query: Signal<string>;
  readonly allFindings: Signal<boolean>;
  readonly help: Signal<boolean>;
  /** First and last step of what the tree shows. */
  readonly visible: Signal<readonly [number, number]>;
  /** A passing sentence ("Saved to …"). */
  readonly said: Signal<string | null>;
  /** Asks for the focus in the prompt box: with all of it selected, or to go on typing. */
  readonly focusPrompt: Signal<{ readonly caret: 'all' | 'end' } | null>;
  readonly focusSearch: Signal<number>;
  /** The step that the search is at. */
  readonly hit: Signal<number | null>;
  readonly live: ReadonlySignal<boolean>;
  readonly rows: ReadonlySignal<Rows>;
  stepText(step: number): string;
  /** Shows, and announces, a passing sentence. */
  say(text: string): void;
  handlers: ViewApi;
  start(): void;
}

/** Milliseconds for which a passing sentence stays. */
const SAID = 4000;

/** Milliseconds between two pictures of a growing text: words that come faster can't be read one by one anyway. */
const DRAW_PAUSE = 32;

/** UTF-16 units that the analysis may be behind before the reader is told that it is still reading. */
const BEHIND = 20_000;

export const NO_FILTER: Filter = { findings: null, kinds: new Set() };
/** UTF-16 units of reasoning from which on a trace that is opened (not watched) begins folded: an overview first. */
const FOLD_FROM = 12_000;

export function createStore(remote: Remote<Pick<HostApi, 'ready'>>, tell: Listener<HostApi>, vscode: VsCodeApi): Store {
  const { turnTo, ...left } = createLeft(vscode);
  const run = signal<Run | null>(null);
  const shownNow = signal<Shown | null>(null);
  const frame = signal(0);
  const own = signal<Analysis>(EMPTY_ANALYSIS);
  const steps = signal<readonly Step[]>([]);
  const answer = signal('');
  const grounding = signal<Grounding | null>(null);
  const analysis = computed<Analysis>(() => {
    const found = grounding.value?.findings ?? [];
    // what does not exist comes first: nothing else says as surely that the answer will not do
    return found.length === 0 ? own.value : { ...own.value, findings: [...found, ...own.value.findings] };
  });
  const filter = signal<Filter>(NO_FILTER);
  let asking = false;

  const live = computed(() => {
    heed(frame);
    const now = run.value;
    return now !== null && shownNow.value?.live === true && now.inspection.trace.finish === null && now.inspection.trace.failure === null;
  });

  const passing = computed<ReadonlySet<number> | null>(() => {
    const { findings, kinds } = filter.value;
    if (findings === null && kinds.size === 0) return null;
    const found = new Set<number>();
    const all = analysis.value.findings;
    if (findings !== null) for (const finding of all) if (finding.kind === findings) for (const step of finding.steps) found.add(step);
    if (kinds.size > 0) steps.value.forEach((step, i) => kinds.has(step.kind) && found.add(i));
    // findings that lie in the answer alone have no step to show
    return found.size === 0 && kinds.size === 0 ? null : found;
  });

  let lastHeads: readonly number[] = [];
  /** The same array as long as nothing about the nesting changed: a growing text moves no row. */
  const heads = computed(() => {
    const now = headsOf({ steps: steps.value, phases: analysis.value.phases });
    if (now.length !== lastHeads.length || now.some((head, i) => head !== lastHeads[i])) lastHeads = now;
    return lastHeads;
  });

  const rows = computed(() =>
    buildRows({
      steps: store.stepCount.value,
      phases: analysis.value.phases,
      heads: heads.value,
      folds: left.folds.value,
      filter: passing.value,
    }),
  );

  const store: Store = {
    ...left,
    tell,
    ready: signal(false),
    composer: signal(null),
    shown: shownNow,
    run,
    frame,
    analysis,
    grounding,
    steps,
    stepCount: computed(() => steps.value.length),
    shape: computed(() => {
      heed(frame);
      const trace = run.value?.inspection.trace;
      if (trace === undefined) return '';
      const parts = trace.parts.map(
        ({ kind, visibility, text, closed }) => `${kind} ${visibility} ${text === '' ? 0 : 1} ${closed ? 1 : 0}`,
      );
      return `${run.value?.id ?? ''} ${stateOf(trace)} ${trace.usage.reasoningTokens ?? ''} ${live.value ? 1 : 0} ${parts.join()}`;
    }),
    answer,
    tokens: signal(null),
    reading: signal(false),
    settled: signal(false),
    unread: signal(false),
    selection: signal(null),
    filter,
    passing,
    query: signal(''),
    allFindings: signal(false),
    help: signal(false),
    visible: signal<readonly [number, number]>([0, 0]),
    said: signal(null),
    focusPrompt: signal(null),
    focusSearch: signal(0),
    hit: signal(null),
    live,
    rows,
    stepText(step) {
      const at = steps.peek()[step];
      return at === undefined ? '' : (run.value?.reasoning.slice(at.start, at.end) ?? '');
    },
    say(text) {
      // the same again would be no change, and nothing would be heard
      store.said.value = store.said.peek() === text ? `${text}\u00a0` : text;
      clearTimeout(saidTimer);
      saidTimer = setTimeout(() => (store.said.value = null), SAID);
    },
    handlers: {
      events: onEvents,
      show: onShow,
      composer: (state) => (store.composer.value = state),
      focusPrompt,
      saved,
      grounded,
      notice,
      notes: added,
      explanation: added,
    },
    start: () => void resync(),
  };

  let saidTimer: ReturnType<typeof setTimeout> | undefined;

  /** Asks the host for what is missing; at the start, and whenever the numbers of the events show a gap. */
  async function resync(): Promise<void> {
    if (asking) return;
    asking = true;
    try {
      const now = run.value;
      const reply: ReadyReply = await remote.ready({ trace: now?.id ?? null, lastSeq: now?.inspection.trace.lastSeq ?? 0 });
      batch(() => {
        setStrings(reply.strings);
        store.composer.value = reply.composer;
        if (reply.shown === null) run.value = shownNow.value = null;
        else if (reply.continues && now?.id === reply.shown.head.id) {
          shownNow.value = reply.shown;
          applyAll(reply.events);
        } else show(reply.shown, reply.events);
        if (reply.shown !== null && reply.grounding !== null) grounding.value = reply.grounding;
        store.ready.value = true;
      });
    } finally {
      asking = false;
    }
  }

  /** Notes or an explanation came to the trace. */
  function added({ trace, ...what }: Parameters<ViewApi['notes']>[0] | Parameters<ViewApi['explanation']>[0]): void {
    if (shownNow.value?.head.id === trace) shownNow.value = { ...shownNow.value, ...what };
  }

  function onShow({ shown, events }: Parameters<ViewApi['show']>[0]): void {
    batch(() => show(shown, events));
  }

  function show(shown: Shown, events: readonly StampedEvent[]): void {
    turnTo(shown.head.id, shown.live, () => {
      const length = events.reduce((sum, { event }) => sum + (event.type === 'text' ? event.text.length : 0), 0);
      return shown.live || length < FOLD_FROM ? 'open' : 'folded';
    });
    run.value = createRun(shown.head, analysts);
    shownNow.value = shown;
    own.value = EMPTY_ANALYSIS;
    steps.value = [];
    answer.value = '';
    store.settled.value = false;
    grounding.value = null;
    store.selection.value = null;
    store.query.value = '';
    store.searchedFrom.current = null;
    filter.value = NO_FILTER;
    store.allFindings.value = false;
    applyAll(events);
    store.keep();
  }

  function onEvents({ trace, events }: Parameters<ViewApi['events']>[0]): void {
    const now = run.value;
    const first = events[0];
    if (first === undefined) return;
    if (now?.id !== trace || first.seq > now.inspection.trace.lastSeq + 1) {
      void resync();
      return;
    }
    applyAll(events);
  }

  function applyAll(events: readonly StampedEvent[]): void {
    const now = run.value;
    if (now === null) return;
    now.apply(events);
    schedule();
  }

  const analysts = startAnalysis({
    change: schedule,
    failure(error) {
      console.error(error);
      store.unread.value = true;
      schedule();
    },
  });
  let scheduled = false;
  let drawnAt = 0;
  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    const wait = live.value ? drawnAt + DRAW_PAUSE - performance.now() : 0;
    if (wait > 4) setTimeout(() => requestAnimationFrame(draw), wait);
    else requestAnimationFrame(draw);
  }

  function draw(): void {
    scheduled = false;
    drawnAt = performance.now();
    const now = run.value;
    if (now === null) return;
    const analyser = now.inspection.analyser();
    batch(() => {
      answer.value = now.answer;
      own.value = analyser.analysis();
      steps.value = analyser.steps();
      store.reading.value = analyser.behind() > BEHIND || (store.reading.value && !analyser.settled());
      store.settled.value = analyser.settled();
      // none counted yet is none known: the counting starts at its own pace
      store.tokens.value = (store.reading.value ? null : analyser.tokens()) || null;
      frame.value++;
    });
  }

  function grounded(what: Parameters<ViewApi['grounded']>[0]): void {
    if (what.trace === run.value?.id) grounding.value = what.grounding;
  }
  function notice(what: Parameters<ViewApi['notice']>[0]): void {
    const now = shownNow.value;
    if (now?.head.id === what.trace) shownNow.value = { ...now, notice: what.notice };
  }
  function focusPrompt({ prompt }: Parameters<ViewApi['focusPrompt']>[0]): void {
    if (prompt !== undefined) store.draft.value = prompt;
    store.focusPrompt.value = { caret: 'all' };
  }
  function saved({ path }: Parameters<ViewApi['saved']>[0]): void {
    store.say(t('Saved to {0}', path));
  }
  return store;
}
