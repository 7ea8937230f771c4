import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Finding, FindingKind } from '../../core/analysis.ts';
import { t } from '../l10n.ts';
import { cut } from '../model/gist.ts';
import { findingCount } from '../model/names.ts';
import type { Store } from '../store.ts';
import { byKey, selectFinding, shownFindings } from './actions.ts';
import { plain } from './hidden.tsx';
import { FINDING_GLYPHS, Icon } from './icon.tsx';
import { Gist } from './row.tsx';
import { messageOf, whyOf } from '../model/finding-words.ts';

/** UTF-16 units of a quote at most. */
const QUOTE = 160;
/** Kinds that are counted above the list, the most useful ones, until all findings are asked for; the filter counts all. */
const COUNTED = 6;

export function Findings({ store }: { store: Store }): JSX.Element | null {
  const { findings } = store.analysis.value;
  const section = useRef<HTMLElement>(null);
  const open = store.findingsOpen.value;
  const live = store.live.value;
  const some = findings.length > 0;
  // while the list still changes it only grows: what is read below would go up and down with it
  useEffect(() => {
    const element = section.current;
    if (element === null || !live) return undefined;
    let most = 0;
    const grown = new ResizeObserver(([entry]) => {
      const height = entry?.borderBoxSize[0]?.blockSize ?? 0;
      if (height <= most) return;
      most = height;
      element.style.minBlockSize = `${height}px`;
    });
    grown.observe(element);
    return () => {
      grown.disconnect();
      element.style.minBlockSize = '';
    };
  }, [live, open, some, store.run.value?.id]);
  if (!some) return null;
  const list = shownFindings(store);
  const counts = new Map<FindingKind, number>();
  for (const { kind } of findings) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const chosen = store.filter.value.findings;
  const counted = [...counts].filter(([kind], i) => i < COUNTED || kind === chosen || store.allFindings.value);
  const choose = (kind: FindingKind): void => {
    store.filter.value = { ...store.filter.value, findings: chosen === kind ? null : kind };
  };
  return (
    <section class="findings" ref={section} aria-labelledby="findings-title">
      <div class="section-head">
        <h2 id="findings-title">
          <button
            type="button"
            class="fold"
            aria-expanded={open}
            onClick={() => {
              store.findingsOpen.value = !open;
              store.keep();
            }}
          >
            <Icon name={open ? 'open' : 'closed'} /> {t('Where this reasoning helps')}
          </button>
        </h2>
        <div class="counts">
          {counted.map(([kind, n]) => (
            <button
              type="button"
              class={`chip count tone-${tone(kind)}`}
              aria-pressed={chosen === kind}
              onClick={() => choose(kind)}
              key={kind}
            >
              <Icon name={FINDING_GLYPHS[kind]} />
              <span>{findingCount(kind, n)}</span>
            </button>
          ))}
          {(store.allFindings.value || list.length < findings.length) && chosen === null && (
            <button
              type="button"
              class="quiet"
              aria-pressed={store.allFindings.value}
              onClick={() => (store.allFindings.value = !store.allFindings.value)}
            >
              {store.allFindings.value ? t('fewer') : t('all {0}', findings.length)}
            </button>
          )}
        </div>
      </div>
      {open && (
        <div role="list" aria-label="Findings" class="finding-list">
          {list.map((i) => {
            const finding = findings[i];
            return finding === undefined ? null : <Item store={store} finding={finding} index={i} key={i} />;
          })}
        </div>
      )}
      {open && list.length === 0 && <p class="dim none">{t('Nothing that stands out. The counts above show what was noticed.')}</p>}
    </section>
  );
}

export function tone(kind: FindingKind): 'warn' | 'turn' | 'plain' {
  switch (kind) {
    case 'mention-missing':
    case 'dropped-caveat':
    case 'contradiction':
    case 'open-doubt':
    case 'cut-off':
    case 'secret':
    case 'not-in-reasoning':
      return 'warn';
    case 'change-of-mind':
    case 'rejected-alternative':
    case 'error-admitted':
      return 'turn';
    default:
      return 'plain';
  }
}

function Item({ store, finding, index }: { store: Store; finding: Finding; index: number }): JSX.Element {
  const selected = store.selection.value?.type === 'finding' && store.selection.value.index === index;
  const quote = finding.quotes[0];
  const run = store.run.value;
  const words =
    quote === undefined || run === null ? '' : (quote.in === 'answer' ? run.answer : run.reasoning).slice(quote.start, quote.end);
  const bare = (text: string): string => text.replace(/[`*_\s…]+/g, ' ').toLowerCase();
  // a sentence that holds the words already needs no quote below it
  const quoted = words !== '' && !bare(finding.message).includes(bare(cut(words, 60)).trim());
  const [first, second] = [finding.steps[0], finding.steps.at(-1)];
  const place =
    first === undefined
      ? t('in the answer')
      : finding.steps.length > 1 && second !== undefined && second !== first
        ? t('step {0} → {1}', first + 1, second + 1)
        : t('step {0}', first + 1);
  return (
    <div role="listitem" data-finding={finding.kind} class={selected ? 'finding selected' : 'finding'}>
      <button
        type="button"
        class="finding-button"
        aria-pressed={selected}
        onClick={(event) => selectFinding(store, index, byKey(event))}
        dir="auto"
      >
        <Icon name={FINDING_GLYPHS[finding.kind]} class={`tone-${tone(finding.kind)}`} />
        <span class="finding-body">
          <span class="message">
            <Gist text={messageOf(finding)} />
          </span>
          {quoted && <q dir="auto">{plain(cut(words.replace(/\s+/g, ' ').trim(), QUOTE))}</q>}
          {selected && finding.why !== '' && (
            <span class="why">
              {plain(whyOf(finding))} <span class="dim">{t('Confidence {0} %', Math.round(finding.confidence * 100))}</span>
            </span>
          )}
        </span>
        <span class="place">{place}</span>
      </button>
    </div>
  );
}
