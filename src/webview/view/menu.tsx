import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../l10n.ts';
import { answerMarkdown, reasoningMarkdown, traceMarkdown } from '../model/copy.ts';
import type { Store } from '../store.ts';
import { setAllPhases } from './actions.ts';
import { Icon } from './icon.tsx';
import type { Glyph } from './icon.tsx';

interface Item {
  readonly glyph: Glyph;
  readonly label: string;
  readonly act: () => void;
}

export function Menu({ store }: { store: Store }): JSX.Element {
  const open = useSignal(false);
  const root = useRef<HTMLSpanElement>(null);
  const copy = (text: string): void => {
    store.tell.copy({ text });
    store.said.value = t('Copied');
  };
  const source = () => {
    const run = store.run.value;
    const shown = store.shown.value;
    return {
      head: shown?.head ?? null,
      trace: run?.inspection.trace ?? null,
      analysis: store.analysis.value,
      reasoning: run === null ? '' : run.reasoning.slice(0, run.reasoning.length),
      answer: run?.answer ?? '',
    };
  };
  const items: Item[] = [
    { glyph: 'copy', label: t('Copy reasoning'), act: () => copy(reasoningMarkdown(source())) },
    { glyph: 'copy', label: t('Copy answer'), act: () => copy(answerMarkdown(source())) },
    { glyph: 'copy', label: t('Copy all as Markdown'), act: () => copy(traceMarkdown(source())) },
    { glyph: 'expand', label: t('Expand all phases'), act: () => setAllPhases(store, true) },
    { glyph: 'collapse', label: t('Collapse all phases'), act: () => setAllPhases(store, false) },
    { glyph: 'folder', label: t('Open Trace…'), act: () => store.tell.openTrace() },
    { glyph: 'log', label: t('Show Log'), act: () => store.tell.showLog() },
    { glyph: 'keyboard', label: t('Keyboard shortcuts'), act: () => (store.help.value = true) },
  ];
  const close = (focus: boolean): void => {
    open.value = false;
    if (focus) root.current?.querySelector('button')?.focus();
  };
  useEffect(() => {
    if (!open.value) return undefined;
    root.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    const outside = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) close(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open.value]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const all = [...(root.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const go = (to: number): void => {
      event.preventDefault();
      event.stopPropagation();
      all[(to + all.length) % all.length]?.focus();
    };
    if (event.key === 'Escape') {
      event.stopPropagation();
      close(true);
    } else if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'ArrowUp') go(at - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(-1);
  };
  return (
    <span class="menu-root" ref={root}>
      <button
        type="button"
        class="tool"
        aria-label={t('More')}
        title={t('More')}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
      >
        <Icon name="more" />
      </button>
      {open.value && (
        <div class="menu" role="menu" aria-label={t('More')} onKeyDown={onKeyDown}>
          {items.map(({ glyph, label, act }) => (
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                close(true);
                act();
              }}
            >
              <Icon name={glyph} /> {label}
            </button>
          ))}
        </div>
      )}
    </span>
  );
}
