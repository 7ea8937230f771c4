import { batch, computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Analysis, FindingKind, Step } from '../core/analysis.ts';
import type { StampedEvent } from '../core/events.ts';
import type { Grounding } from '../core/grounding.ts';
import { createInspection } from '../core/inspection.ts';
import type { Inspection } from '../core/inspection.ts';
import type { Listener, Remote } from '../protocol/channel.ts';
import type { ComposerState, HostApi, ReadyReply, Shown, ViewApi } from '../protocol/messages.ts';
import { PART_SEPARATOR, stateOf } from '../core/trace.ts';
import { EMPTY_ANALYSIS, createPacedAnalyser, onAnalyserLoaded } from './analyser.ts';
import type { PacedAnalyser } from './analyser.ts';
import { setStrings, t } from './l10n.ts';
import { heed } from './heed.ts';
import { createTokenCounter } from './model/facts.ts';
import { foldsOf, readState } from './model/persist.ts';
import type { PersistedState } from './model/persist.ts';
import { createGrowingText } from './model/pieces.ts';
import type { GrowingText } from './model/pieces.ts';
import { buildRows } from './model/rows.ts';
import type { Folds, Rows } from './model/rows.ts';
import type { VsCodeApi } from './vscode.ts';

/** What is selected: a step by its index, a finding by its place in the analysis, a linked block of the answer likewise. */
export type Selection = { readonly type: 'step' | 'finding' | 'block'; readonly index: number };

/** The trace on show, growing. */
export interface Run {
  readonly id: string;
  readonly inspection: Inspection;
  /** The analyser of the inspection; a retyped part makes it a new one. */
  paced(): PacedAnalyser;
  reasoning: GrowingText;
  /** The part that the reasoning text last grew by. */
  tail: number;
  answer: string;
  answerStale: boolean;
  readonly tokens: () => number;
  /** `performance.now()` when the last event came. */
  heardAt: number;
}

export interface Filter {
  readonly findings: FindingKind | null;
  readonly kinds: ReadonlySet<string>;
}

export interface Store {
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
  /** True while a long trace is still being read. */
  readonly reading: Signal<boolean>;
  readonly folds: Signal<Folds>;
  readonly selection: Signal<Selection | null>;
  readonly filter: Signal<Filter>;
  readonly query: Signal<string>;
  readonly following: Signal<boolean>;
  readonly split: Signal<number>;
  readonly findingsOpen: Signal<boolean>;
  readonly allFindings: Signal<boolean>;
  readonly help: Signal<boolean>;
  /** The step that a note is being written on. */
  readonly noting: Signal<number | null>;
  /** First and last step of what the tree shows. */
  readonly visible: Signal<readonly [number, number]>;
  readonly draft: Signal<string | null>;
  /** A passing sentence ("Saved to …"). */
  readonly said: Signal<string | null>;
  readonly focusPrompt: Signal<number>;
  readonly focusSearch: Signal<number>;
  /** The step that the search is at. */
  readonly hit: Signal<number | null>;
  readonly live: ReadonlySignal<boolean>;
  readonly rows: ReadonlySignal<Rows>;
  readonly anchor: { current: readonly [number, number] | null };
  stepText(step: number): string;
  /** Shows, and announces, a passing sentence. */
  say(text: string): void;
  keep(): void;
  handlers: ViewApi;
  start(): void;
}

/** Milliseconds for which a passing sentence stays. */
const SAID = 4000;

/** Milliseconds between two pictures of a growing text: words that come faster can't be read one by one anyway. */
const DRAW_PAUSE = 32;

/** Milliseconds between two whole analyses of a growing text at least, and how many times as long as one takes. */
const SNAPSHOT_PAUSE = 400;
const SNAPSHOT_SHARE = 12;

export const NO_FILTER: Filter = { findings: null, kinds: new Set() };
/** UTF-16 units of reasoning from which on a trace that is opened (not watched) begins folded: an overview first. */
const FOLD_FROM = 12_000;

export function createStore(remote: Remote<Pick<HostApi, 'ready'>>, tell: Listener<HostApi>, vscode: VsCodeApi): Store {
  const kept = readState(vscode.getState());
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
  const folds = signal<Folds>(foldsOf(kept));
  const filter = signal<Filter>(NO_FILTER);
  const anchor = { current: kept.anchor };
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
    return found;
  });

  const rows = computed(() =>
    buildRows({ steps: store.stepCount.value, phases: analysis.value.phases, folds: folds.value, filter: passing.value }),
  );

  const store: Store = {
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
    reading: signal(false),
    folds,
    selection: signal(null),
    filter,
    query: signal(''),
    following: signal(kept.following),
    split: signal(kept.split),
    findingsOpen: signal(kept.findingsOpen),
    allFindings: signal(false),
    help: signal(false),
    noting: signal(null),
    visible: signal<readonly [number, number]>([0, 0]),
    draft: signal(kept.draft),
    said: signal(null),
    focusPrompt: signal(0),
    focusSearch: signal(0),
    hit: signal(null),
    live,
    rows,
    anchor,
    stepText(step) {
      const at = steps.peek()[step];
      return at === undefined ? '' : (run.value?.reasoning.slice(at.start, at.end) ?? '');
    },
    say(text) {
      store.said.value = text;
      clearTimeout(saidTimer);
      saidTimer = setTimeout(() => (store.said.value = null), SAID);
    },
    keep,
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
  let keepTimer: ReturnType<typeof setTimeout> | undefined;
  function keep(): void {
    clearTimeout(keepTimer);
    keepTimer = setTimeout(() => vscode.setState(persisted()), 150);
  }
  function persisted(): PersistedState {
    return {
      version: 1,
      trace: run.value?.id ?? null,
      phases: folds.value.phases,
      touched: [...folds.value.touched],
      texts: [...folds.value.texts],
      anchor: anchor.current,
      following: store.following.value,
      split: store.split.value,
      findingsOpen: store.findingsOpen.value,
      draft: store.draft.value,
    };
  }

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
    let paced: PacedAnalyser | null = null;
    const inspection = createInspection(shown.head, (context) => (paced = createPacedAnalyser(context)));
    const count = createTokenCounter();
    const before = run.value?.id ?? kept.trace;
    const next: Run = {
      id: shown.head.id,
      inspection,
      paced: () => (inspection.analyser(), paced) as unknown as PacedAnalyser,
      reasoning: createGrowingText(),
      tail: -1,
      answer: '',
      answerStale: false,
      tokens: () => count(next.reasoning),
      heardAt: performance.now(),
    };
    run.value = next;
    shownNow.value = shown;
    own.value = EMPTY_ANALYSIS;
    steps.value = [];
    answer.value = '';
    grounding.value = null;
    store.selection.value = null;
    store.noting.value = null;
    store.query.value = '';
    filter.value = NO_FILTER;
    store.allFindings.value = false;
    if (before !== shown.head.id) {
      const length = events.reduce((sum, { event }) => sum + (event.type === 'text' ? event.text.length : 0), 0);
      folds.value = { phases: shown.live || length < FOLD_FROM ? 'open' : 'folded', touched: new Map(), texts: new Set() };
      anchor.current = null;
      store.following.value = shown.live;
    }
    applyAll(events);
    keep();
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
    const { trace } = now.inspection;
    for (const stamped of events) {
      if (stamped.seq <= trace.lastSeq) continue;
      now.inspection.apply(stamped);
      const { event } = stamped;
      if (event.type === 'retype') rebuildTexts(now);
      else if (event.type === 'text') grow(now, event.part, event.text);
    }
    now.heardAt = performance.now();
    schedule();
  }

  let scheduled = false;
  let drawnAt = 0;
  /** When the next whole analysis may be made: it costs more than a frame on long traces, so it takes a share of the time only. */
  let nextSnapshot = 0;
  let snapshotTimer: ReturnType<typeof setTimeout> | null = null;
  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    const wait = live.value ? drawnAt + DRAW_PAUSE - performance.now() : 0;
    if (wait > 4) setTimeout(() => requestAnimationFrame(draw), wait);
    else requestAnimationFrame(draw);
  }
  onAnalyserLoaded(schedule);

  function draw(): void {
    scheduled = false;
    drawnAt = performance.now();
    const now = run.value;
    if (now === null) return;
    const paced = now.paced();
    if (now.answerStale) {
      now.answer = joined(now, 'answer');
      now.answerStale = false;
    }
    const more = attempt(() => paced.pump(8)) ?? false;
    const started = performance.now();
    const { trace } = now.inspection;
    const ended = !more && (trace.finish !== null || trace.failure !== null);
    batch(() => {
      answer.value = now.answer;
      if (ended || started >= nextSnapshot) {
        own.value = attempt(() => paced.snapshot()) ?? own.value;
        steps.value = own.value.steps;
        const cost = performance.now() - started;
        nextSnapshot = started + Math.max(SNAPSHOT_PAUSE, cost * SNAPSHOT_SHARE);
      } else {
        steps.value = attempt(() => paced.steps()) ?? steps.value;
        snapshotTimer ??= setTimeout(() => {
          snapshotTimer = null;
          schedule();
        }, nextSnapshot - started);
      }
      store.reading.value = more;
      frame.value++;
    });
    if (more) schedule();
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
    store.focusPrompt.value++;
  }
  function saved({ path }: Parameters<ViewApi['saved']>[0]): void {
    store.say(t('Saved to {0}', path));
  }
  return store;
}

/** A fault of the analysis must not take the reasoning and the answer from the reader. */
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    console.error(error);
    return null;
  }
}

function grow(run: Run, part: number, text: string): void {
  const kind = run.inspection.trace.parts[part]?.kind;
  if (text === '') return;
  if (kind === 'answer') run.answerStale = true;
  else if (kind === 'reasoning') {
    if (part < run.tail) rebuildTexts(run);
    else {
      run.reasoning.push((run.tail !== -1 && run.tail !== part ? PART_SEPARATOR : '') + text);
      run.tail = part;
    }
  }
}

function rebuildTexts(run: Run): void {
  run.reasoning = createGrowingText();
  run.reasoning.push(joined(run, 'reasoning'));
  run.tail = run.inspection.trace.parts.findLastIndex((part) => part.kind === 'reasoning' && part.text !== '');
  run.answerStale = true;
}

function joined(run: Run, kind: 'reasoning' | 'answer'): string {
  return run.inspection.trace.parts
    .filter((part) => part.kind === kind && part.text !== '')
    .map((part) => part.text)
    .join(PART_SEPARATOR);
}
