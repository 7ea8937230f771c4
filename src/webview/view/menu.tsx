import type { JSX } from 'preact';
import { t } from '../l10n.ts';
import { answerMarkdown, reasoningMarkdown, traceMarkdown } from '../model/copy.ts';
import type { CopySource } from '../model/copy.ts';
import type { Store } from '../store.ts';
import { copyText, setAllPhases } from './actions.ts';
import { Icon } from './icon.tsx';
import type { Glyph } from './icon.tsx';
import { Popover } from './popover.tsx';

export function Menu({ store }: { store: Store }): JSX.Element {
  const { tell } = store;
  const items: readonly (readonly [Glyph, string, () => void])[] = [
    ['copy', t('Copy reasoning'), () => copyText(store, reasoningMarkdown(copySource(store)))],
    ['copy', t('Copy answer'), () => copyText(store, answerMarkdown(copySource(store)))],
    ['copy', t('Copy all as Markdown'), () => copyText(store, traceMarkdown(copySource(store)))],
    ['picture', t('Save Picture of Trace'), () => tell.savePicture()],
    ['explain', t('Explain with a Model…'), () => tell.explain()],
    ['expand', t('Expand all phases'), () => setAllPhases(store, true)],
    ['collapse', t('Collapse all phases'), () => setAllPhases(store, false)],
    ['folder', t('Open Trace…'), () => tell.openTrace()],
    ['log', t('Show Log'), () => tell.showLog()],
    ['keyboard', t('Keyboard shortcuts'), () => (store.help.value = true)],
  ];
  return (
    <Popover glyph="more" label={t('More')} role="menu">
      {(close) =>
        items.map(([glyph, label, act]) => (
          <button
            type="button"
            role="menuitem"
            tabIndex={-1}
            key={label}
            onClick={() => {
              close();
              act();
            }}
          >
            <Icon name={glyph} /> {label}
          </button>
        ))
      }
    </Popover>
  );
}

function copySource(store: Store): CopySource {
  const run = store.run.value;
  return {
    head: store.shown.value?.head ?? null,
    trace: run?.inspection.trace ?? null,
    analysis: store.analysis.value,
    reasoning: run === null ? '' : run.reasoning.slice(0, run.reasoning.length),
    answer: run?.answer ?? '',
  };
}
