import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Link, Quote } from '../../core/analysis.ts';
import { count, t } from '../l10n.ts';
import { behindOf, behindText } from '../model/behind.ts';
import type { Behind } from '../model/behind.ts';
import { createBlockReader } from '../model/lexer.ts';
import type { Block } from '../model/lexer.ts';
import type { Store } from '../store.ts';
import { byKey, isSelectedBlock, litBlocks, selectBlock, selectFinding } from './actions.ts';
import { useAnswerPlace } from './answer-place.ts';
import { BehindBlock } from './behind.tsx';
import { rangesOf, setHighlight, sharedRanges } from './highlights.ts';
import { Icon } from './icon.tsx';
import { drawBlock } from './markdown.tsx';
import type { DrawContext } from './markdown.tsx';
import { memo } from './memo.ts';
import { Gist } from './row.tsx';
import { messageOf } from '../model/finding-words.ts';

export function Answer({ store, context }: { store: Store; context: DrawContext }): JSX.Element {
  const run = store.run.value;
  const reader = useMemo(createBlockReader, [run?.id, context]);
  const text = store.answer.value;
  const live = store.live.value;
  const blocks = reader.read(text);
  const { links, findings } = store.analysis.value;
  const lit = litBlocks(store);
  const byBlock = store.selection.value?.type === 'block';
  // where no thought can be read, nothing can be told about what is behind a block
  const bare = store.stepCount.value === 0;
  const unsaid = findings.flatMap((finding, i) => (finding.kind === 'dropped-caveat' ? [{ finding, i }] : []));
  const body = useRef<HTMLDivElement>(null);
  useAnswerPlace(store, body, [text, context]);
  useEffect(() => {
    const selected = store.selection.value;
    const quotes = selected?.type === 'finding' ? (findings[selected.index]?.quotes ?? []) : [];
    const element = body.current;
    if (element === null) return;
    const ranges = (of: readonly Quote[]): Range[] =>
      of.flatMap(({ in: where, start, end }) => (where === 'answer' ? rangesOf(element, text.slice(start, end)) : []));
    setHighlight('answer-quote', ranges(quotes));
    const shared = selected?.type === 'block' ? selected.links : [];
    const block = shared.length === 0 ? null : element.querySelector(`[data-block="${shared[0]}"]`);
    setHighlight(
      'answer-shared',
      block === null
        ? []
        : sharedRanges(
            block,
            shared.flatMap((link) => links[link]?.words ?? []),
          ),
    );
    setHighlight('answer-missing', ranges(store.grounding.value?.findings.flatMap((finding) => finding.quotes) ?? []));
  }, [store.selection.value, store.grounding.value, text]);
  return (
    <section class="answer" role="region" aria-label="Answer">
      <div class="section-head">
        <h2>{t('Answer')}</h2>
        {text !== '' && (
          <button type="button" class="tool" aria-label={t('Copy answer')} title={t('Copy answer')} onClick={() => context.copy(text)}>
            <Icon name="copy" />
          </button>
        )}
      </div>
      {text === '' && <p class="dim">{waitingText(store)}</p>}
      <div class="answer-body markdown" ref={body}>
        {blocks.map((block, i) => {
          const of = linksOf(links, block);
          return (
            <AnswerBlock
              key={block.start}
              block={block}
              growing={live && i === blocks.length - 1}
              links={live || bare ? '' : of.map((l) => keyOf(l, links[l], lit.has(l), byBlock)).join()}
              store={store}
              context={context}
            />
          );
        })}
      </div>
      {unsaid.length > 0 && !live && (
        <aside class="unsaid" aria-label={t('Thought of, not said')}>
          <h3>
            <Icon name="hidden" /> {t('Thought of, not said')}
          </h3>
          <ul>
            {unsaid.map(({ finding, i }) => (
              <li key={i}>
                <Gist text={messageOf(finding)} />{' '}
                {finding.steps[0] !== undefined && (
                  <button type="button" class="quiet" onClick={(event) => selectFinding(store, i, byKey(event))}>
                    {t('step {0}', finding.steps[0] + 1)}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </aside>
      )}
    </section>
  );
}

function waitingText(store: Store): string {
  const run = store.run.value;
  if (store.live.value)
    return run?.inspection.trace.parts.length ? t('Not answering yet. The model is still thinking.') : t('Waiting for the model.');
  if (run?.inspection.trace.finish?.reason === 'tool-calls') return t('The model ended with a call of a tool instead of an answer.');
  return t('No answer was written.');
}

function linksOf(links: readonly Link[], { start, end }: { start: number; end: number }): number[] {
  const found: number[] = [];
  links.forEach(({ block }, i) => {
    if (block.start < end && block.end > start) found.push(i);
  });
  return found;
}

/** Changes when a link does, or whether it is lit, or by what. */
function keyOf(index: number, link: Link | undefined, lit: boolean, byBlock: boolean): string {
  return `${index} ${link?.steps.join(' ') ?? ''}:${link?.words.join(' ') ?? ''}:${link?.score ?? 0}:${lit ? (byBlock ? 2 : 1) : 0}`;
}

interface BlockProps {
  readonly block: Block;
  readonly growing: boolean;
  /** Changes when the links of this block do, or whether they are lit. */
  readonly links: string;
  readonly store: Store;
  readonly context: DrawContext;
}

const AnswerBlock = memo(({ block, growing, links, store, context }: BlockProps): ComponentChildren => {
  const all = store.analysis.peek().links;
  const lit = links === '' ? new Set<number>() : litBlocks(store);
  return drawBlock(
    block.token,
    {
      ...context,
      growing,
      ...(links === ''
        ? {}
        : {
            block: (start: number, end: number) => {
              const own = linksOf(all, { start, end });
              const first = own[0];
              if (first === undefined) return null;
              const isLit = own.some((i) => lit.has(i));
              const behind = behindOf(
                own.flatMap((i) => all[i] ?? []),
                store.answer.peek(),
              );
              return {
                props: { 'data-block': first, class: isLit ? 'block lit' : 'block' },
                margin: <Margin store={store} links={own} behind={behind} lit={isLit} />,
                below: isSelectedBlock(store, own) && behind.length > 0 && <BehindBlock store={store} behind={behind} />,
              };
            },
          }),
    },
    block.start,
  );
});

interface MarginProps {
  readonly store: Store;
  /** Of the block, by their places in the analysis. */
  readonly links: readonly number[];
  readonly behind: readonly Behind[];
  readonly lit: boolean;
}

function Margin({ store, links, behind, lit }: MarginProps): JSX.Element {
  const steps = new Set(behind.flatMap((one) => one.steps));
  if (steps.size === 0)
    return (
      <span class="margin unsupported" dir="auto" title={t('Nothing in the reasoning speaks of this.')}>
        {t('not in the reasoning')}
      </span>
    );
  return (
    <button
      type="button"
      class="margin"
      dir="auto"
      aria-pressed={lit}
      onClick={(event) => selectBlock(store, links, byKey(event))}
      title={`${t('Show the thoughts behind this')}\n${behindText(behind)}`}
    >
      <Icon name="steps" /> {count(steps.size, '{0} step', '{0} steps')}
    </button>
  );
}
