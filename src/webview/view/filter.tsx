import type { JSX } from 'preact';
import { KINDS } from '../../core/analysis.ts';
import type { Kind } from '../../core/analysis.ts';
import { digits, t } from '../l10n.ts';
import { groupOf } from '../../core/groups.ts';
import { kindName } from '../model/names.ts';
import type { Store } from '../store.ts';
import { showAll } from './actions.ts';
import { Icon, kindGlyph } from './icon.tsx';
import { Popover } from './popover.tsx';

/** Kinds of steps to be shown, with how many there are of each. */
export function KindFilter({ store }: { store: Store }): JSX.Element {
  const counts = new Map<Kind, number>();
  for (const { kind } of store.steps.value) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const { kinds } = store.filter.value;
  const choose = (kind: Kind): void => {
    const next = new Set(kinds);
    if (!next.delete(kind)) next.add(kind);
    store.filter.value = { ...store.filter.value, kinds: next };
  };
  return (
    <Popover glyph="filter" label={t('Show only some kinds of steps')} role="dialog" pressed={kinds.size > 0}>
      {(close) => (
        <>
          {KINDS.map((kind) => (
            <label class={`choice group-${groupOf(kind)}`} key={kind}>
              <input
                type="checkbox"
                checked={kinds.has(kind)}
                disabled={!counts.has(kind) && !kinds.has(kind)}
                onChange={() => choose(kind)}
              />
              <Icon name={kindGlyph(kind)} class="kind" />
              {kindName(kind)} <span class="dim">{digits(counts.get(kind) ?? 0)}</span>
            </label>
          ))}
          <button
            type="button"
            class="quiet all"
            disabled={kinds.size === 0}
            onClick={(event) => {
              close();
              showAll(store, event);
            }}
          >
            {t('Show all')}
          </button>
        </>
      )}
    </Popover>
  );
}
