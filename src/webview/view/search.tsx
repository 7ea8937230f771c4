import { batch, effect, useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { t } from '../l10n.ts';
import { phaseAt, phaseRow } from '../model/rows.ts';
import { createFinder, nextHit } from '../model/search.ts';
import type { Store } from '../store.ts';
import { goToStep, isRowOpen } from './actions.ts';
import { Icon } from './icon.tsx';
import { giveUp, searchAnew, stayThere } from './search-place.ts';

/** Milliseconds that a count stays where screen readers are told of it. */
const HEARD = 1000;

/** Finds in all of the reasoning, folded or not, mounted or not. */
export function Search({ store }: { store: Store }): JSX.Element {
  const box = useRef<HTMLInputElement>(null);
  const at = useSignal(-1);
  const find = useMemo(createFinder, []);
  const hits = useComputed(() => {
    const query = store.query.value;
    if (query.trim() === '') return [];
    const run = store.run.value;
    const steps = store.steps.value;
    return run === null ? [] : find(run.reasoning, steps, query);
  });
  /** What is read aloud: the count after the reader's own step, not each count while the text grows. */
  const told = useSignal('');
  const { query } = store;
  const countWords = (): string => {
    const n = hits.value.length;
    return n === 0 ? t('nothing found') : t('{0} of {1}', at.value + 1, n);
  };
  const quiet = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const tell = (words: string): void => {
    told.value = words;
    clearTimeout(quiet.current);
    // gone once it was heard: the same again is a change then, and nobody comes upon an old count
    quiet.current = setTimeout(() => (told.value = ''), HEARD);
  };
  const go = (place: number): void => {
    const step = hits.value[place];
    at.value = place;
    tell(query.value.trim() === '' ? '' : countWords());
    if (step === undefined) return;
    store.hit.value = step;
    goToStep(store, step, { text: true });
  };
  const move = (direction: 1 | -1): void => {
    const first = store.searchedFrom.current?.step ?? store.visible.value[0];
    go(nextHit(hits.value, store.hit.value ?? (direction === 1 ? first - 1 : first), direction));
  };
  /** The reader goes on, and so stays with what was found so far. */
  const goOn = (direction: 1 | -1): void => {
    move(direction);
    stayThere(store);
  };
  /**
   * The search was begun before all was read: the first hit that comes is gone to, and as phases still move, it may be
   * folded away again.
   */
  const early = useSignal(false);
  // at once, not with the hooks' effects, which wait until after the picture
  useEffect(
    () =>
      effect(() => {
        const { phases } = store.analysis.value;
        const found = hits.value;
        if (!early.value) return;
        const now = store.hit.value;
        // the last step may still be cut anew
        if (now === null || !found.includes(now)) {
          if (found.length > 0) move(1);
        } else if (!isRowOpen(store, phaseRow(phaseAt(phases, now)))) goToStep(store, now, { text: true });
        if (!store.reading.value) early.value = false;
      }),
    [],
  );
  // at once: what is typed next belongs into the box already
  useEffect(
    () =>
      effect(() => {
        if (store.focusSearch.value === 0) return;
        box.current?.focus();
        box.current?.select();
      }),
    [],
  );

  const n = hits.value.length;
  return (
    <span class="search">
      <Icon name="search" />
      <input
        ref={box}
        type="search"
        role="searchbox"
        aria-label="Search reasoning"
        placeholder={t('Search')}
        value={query.value}
        onInput={(event) => {
          const { value } = event.currentTarget;
          batch(() => {
            searchAnew(store);
            query.value = value;
            store.hit.value = null;
            if (value.trim() === '') giveUp(store);
            else move(1);
            early.value = store.reading.peek();
          });
        }}
        onBlur={() => {
          // who goes elsewhere in the view stays with what was found; who goes to another window may come back to the search
          if (document.hasFocus()) stayThere(store);
        }}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            goOn(event.shiftKey ? -1 : 1);
          } else if (event.key === 'Escape') {
            event.preventDefault();
            batch(() => {
              query.value = '';
              store.hit.value = null;
              giveUp(store);
            });
          } else if (event.key === 'ArrowDown' && store.hit.value !== null) {
            event.preventDefault();
            goToStep(store, store.hit.value, { focus: true });
            stayThere(store);
          }
        }}
      />
      <span class="sr-only" aria-live="polite">
        {told.value}
      </span>
      {query.value.trim() !== '' && (
        <>
          <span class="dim hits">{countWords()}</span>
          <button type="button" class="tool small" aria-label={t('Previous hit')} disabled={n === 0} onClick={() => goOn(-1)}>
            <Icon name="up" />
          </button>
          <button type="button" class="tool small" aria-label={t('Next hit')} disabled={n === 0} onClick={() => goOn(1)}>
            <Icon name="down" />
          </button>
        </>
      )}
    </span>
  );
}
