import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Trace } from '../../core/trace.ts';
import { count, t } from '../l10n.ts';
import { onMarkdownLoaded } from '../model/lexer.ts';
import { placesOf } from '../model/places.ts';
import { emptyNotice, endNotice, reasoningNotice } from '../model/states.ts';
import type { Store } from '../store.ts';
import { copyText, follow, showAll, tree } from './actions.ts';
import { Answer } from './answer.tsx';
import { Composer, Question } from './composer.tsx';
import { Course } from './course.tsx';
import { ExplanationBox } from './explanation.tsx';
import { Findings } from './findings.tsx';
import { KindFilter } from './filter.tsx';
import { Header, Status } from './header.tsx';
import { Help } from './help.tsx';
import { onViewKey } from './keys.ts';
import { Search } from './search.tsx';
import { plain } from './hidden.tsx';
import { Icon } from './icon.tsx';
import type { DrawContext } from './markdown.tsx';
import { NoticeBox } from './notice.tsx';
import { Splitter } from './splitter.tsx';
import { Strip } from './strip.tsx';
import { Tree } from './tree.tsx';
import { heed } from '../heed.ts';

/** CSS pixels from which on reasoning and answer stand side by side, and from which on there is height for fixed parts. */
const WIDE = 720;
const TALL = 640;
/** Less height than this, side by side or not, and what stands fixed above the reasoning would leave nothing of it: all scrolls. */
const LOW_WIDE = 360;
const LOW_NARROW = 560;

type Layout = 'wide' | 'narrow' | 'low';

function layoutOf(width: number, height: number): Layout {
  if (width >= WIDE && height >= LOW_WIDE) return 'wide';
  return height < LOW_NARROW ? 'low' : 'narrow';
}

export function App({ store }: { store: Store }): JSX.Element {
  const root = useRef<HTMLElement>(null);
  const size = useSignal({ layout: layoutOf(innerWidth, innerHeight), tall: innerHeight >= TALL });
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const box = entry?.contentRect;
      if (box === undefined) return;
      const next = { layout: layoutOf(box.width, box.height), tall: box.height >= TALL };
      if (next.layout !== size.value.layout || next.tall !== size.value.tall) size.value = next;
    });
    if (root.current !== null) observer.observe(root.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (onViewKey(store, event, (index) => tree.handle?.reveal(index, true))) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [store]);
  const { layout, tall } = size.value;
  const wide = layout === 'wide';
  const shown = store.shown.value;
  heed(store.shape);
  const trace = store.run.value?.inspection.trace;
  // what the notice in the place of the reasoning says need not be said above it as well
  const locked = trace !== undefined && reasoningNotice(trace, store.live.value)?.tone === 'locked';
  // nothing came at all: the notice of the failure is all that there is to read
  const bare = trace !== undefined && trace.failure !== null && trace.parts.length === 0;
  return (
    <main class={`app ${layout === 'low' ? 'narrow low' : layout}`} ref={root}>
      <Composer store={store} />
      <Status store={store} />
      <Help store={store} />
      {store.said.value !== null && <p class="toast">{plain(store.said.value)}</p>}
      {shown === null ? (
        <div class="empty">{store.ready.value && <NoticeBox store={store} notice={emptyNotice(store.composer.value)} big />}</div>
      ) : (
        <>
          <Question store={store} />
          <Header store={store} />
          <Strip store={store} />
          {shown.notice !== null && !locked && (
            <p class="banner" dir="auto">
              <Icon name="info" /> {plain(shown.notice)}
            </p>
          )}
          {((wide && tall) || bare) && <EndNotice store={store} />}
          {wide && tall && <Course store={store} />}
          {wide && tall && <Findings store={store} />}
          {!bare && <Panes store={store} layout={layout} inside={!(wide && tall)} whole={() => root.current} />}
        </>
      )}
    </main>
  );
}

function EndNotice({ store }: { store: Store }): JSX.Element | null {
  heed(store.shape);
  const run = store.run.value;
  const notice = run === null ? null : endNotice(run.inspection.trace, store.live.value);
  return notice === null ? null : <NoticeBox store={store} notice={notice} />;
}

/** The words before a piece of code, which may name the file that it is for. */
function wordsBefore(answer: string, code: string): string {
  const at = answer.indexOf(code);
  return at < 0 ? '' : answer.slice(Math.max(0, at - 600), at);
}

interface PanesProps {
  readonly store: Store;
  readonly layout: Layout;
  /** Whether findings and notices scroll with the reasoning. */
  readonly inside: boolean;
  /** The view as a whole, which is what scrolls when it is low. */
  readonly whole: () => HTMLElement | null;
}

function Panes({ store, layout, inside, whole }: PanesProps): JSX.Element {
  const wide = layout === 'wide';
  const main = useRef<HTMLDivElement>(null);
  const left = useRef<HTMLDivElement>(null);
  const markdown = useSignal(0);
  useEffect(() => onMarkdownLoaded(() => (markdown.value = 1)), []);
  const context = useMemo<DrawContext>(
    () => ({
      growing: false,
      openLink: (href) => store.tell.openLink({ href }),
      copy: (text) => copyText(store, text),
      insert: (text) => store.tell.insertCode({ text }),
      apply: (text) => store.tell.applyCode({ text, near: wordsBefore(store.answer.peek(), text) }),
      places: placesOf(
        store.grounding.value,
        store.run.peek()?.reasoning.slice(0, store.run.peek()?.reasoning.length ?? 0) ?? '',
        store.answer.peek(),
      ),
      openPlace: ({ file, line }) => store.tell.openPlace({ file, line }),
    }),
    // a new context has everything drawn again, now as Markdown
    [store, markdown.value, store.grounding.value],
  );
  const stepContext = useMemo<DrawContext>(() => ({ ...context, insert: null, apply: null }), [context]);
  const scroller = (): HTMLElement | null => ({ wide: left.current, narrow: main.current, low: whole() })[layout];
  return (
    <div class="panes">
      {!wide && <Bar store={store} wide={false} scroller={scroller} />}
      <div class="columns" ref={main} style={{ '--split': `${store.split.value * 100}%` }}>
        <div class="left">
          {wide && <Bar store={store} wide scroller={scroller} />}
          <div class="left-scroll" ref={left}>
            <div class="above">
              {inside && <EndNotice store={store} />}
              {inside && <Course store={store} />}
              {inside && <Findings store={store} />}
              <ExplanationBox store={store} />
            </div>
            <Reasoning store={store} context={stepContext} scroller={scroller} wide={wide} key={layout} />
          </div>
        </div>
        {wide && <Splitter store={store} />}
        <div class="right">
          <Answer store={store} context={context} />
        </div>
      </div>
    </div>
  );
}

/** The line above the reasoning: how much there is, search, filter; when narrow also the way to the other parts. */
function Bar({ store, wide, scroller }: { store: Store; wide: boolean; scroller: () => HTMLElement | null }): JSX.Element {
  const { phases, findings } = store.analysis.value;
  const steps = store.stepCount.value;
  const jump = (selector: string): void => {
    const target = scroller()?.querySelector(selector);
    store.following.value = false;
    target?.scrollIntoView({ block: 'start' });
  };
  return (
    <div class="section-head bar-head">
      {wide ? (
        <h2>{t('Reasoning')}</h2>
      ) : (
        <nav aria-label={t('Parts')}>
          {findings.length > 0 && (
            <button type="button" onClick={() => jump('.findings')}>
              {t('Findings')}
            </button>
          )}
          <button type="button" onClick={() => jump('.reasoning')}>
            {t('Reasoning')}
          </button>
          <button type="button" onClick={() => jump('.answer')}>
            {t('Answer')}
          </button>
        </nav>
      )}
      {wide && steps > 0 && (
        <span class="dim counts-text">
          {count(steps, '{0} step', '{0} steps')}, {count(phases.length, '{0} phase', '{0} phases')}
          {store.reading.value && ` · ${t('reading…')}`}
        </span>
      )}
      {steps > 0 && (
        <span class="tree-tools">
          {store.passing.value !== null && (
            <button type="button" class="chip" onClick={(event) => showAll(store, event)} title={t('Show all')}>
              <Icon name="close" /> {t('filtered')}
            </button>
          )}
          <Search store={store} />
          <KindFilter store={store} />
        </span>
      )}
    </div>
  );
}

/** Something came, though what it is may not be known yet: the analysis starts at its own pace. */
const hasText = ({ parts }: Trace): boolean => parts.some(({ text }) => text !== '');

function Reasoning({
  store,
  context,
  scroller,
  wide,
}: {
  store: Store;
  context: DrawContext;
  scroller: () => HTMLElement | null;
  wide: boolean;
}): JSX.Element {
  heed(store.shape);
  const run = store.run.value;
  const { phases } = store.analysis.value;
  const steps = store.stepCount.value;
  const live = store.live.value;
  const notice = run === null ? null : reasoningNotice(run.inspection.trace, live);
  return (
    <section class="reasoning" aria-label={t('Chain of thought')}>
      {!wide && (
        <div class="section-head">
          <h2>{t('Reasoning')}</h2>
          {steps > 0 && (
            <span class="dim counts-text">
              {count(steps, '{0} step', '{0} steps')}, {count(phases.length, '{0} phase', '{0} phases')}
              {store.reading.value && ` · ${t('reading…')}`}
            </span>
          )}
        </div>
      )}
      {notice !== null && (
        <NoticeBox store={store} notice={notice} also={notice.tone === 'locked' ? (store.shown.value?.notice ?? null) : null} />
      )}
      {store.unread.value && (
        <p class="dim waiting">{t('The reasoning could not be analysed here, so it is shown whole, without steps and findings.')}</p>
      )}
      {notice === null && steps === 0 && live && !store.unread.value && (
        <p class="dim waiting">{run !== null && hasText(run.inspection.trace) ? t('reading…') : t('Nothing has come yet.')}</p>
      )}
      {steps > 0 && store.passing.value?.size === 0 && <p class="dim waiting">{t('No step is of the kinds chosen in the filter.')}</p>}
      {steps > 0 && <Tree store={store} context={context} scroller={scroller} />}
      {live && steps > 0 && !store.following.value && (
        <button type="button" class="follow" onClick={() => follow(store)}>
          <Icon name="down" /> {t('Follow')}
        </button>
      )}
    </section>
  );
}
