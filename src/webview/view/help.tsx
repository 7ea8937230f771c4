import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { GROUPS } from '../../core/groups.ts';
import type { Group } from '../../core/groups.ts';
import { t } from '../l10n.ts';
import type { Store } from '../store.ts';
import { Icon } from './icon.tsx';

function groupName(group: Group): string {
  switch (group) {
    case 'understanding':
      return t('understanding: setup, recall');
    case 'plan':
      return t('plan');
    case 'working':
      return t('working: work, example');
    case 'check':
      return t('check');
    case 'doubt':
      return t('doubt');
    case 'revise':
      return t('revision: a turn to something else');
    case 'result':
      return t('result: conclusion, answer');
  }
}

/** Every key of the view, and what the strip's patterns mean. */
export function Help({ store }: { store: Store }): JSX.Element | null {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = store.help.value;
  useEffect(() => {
    if (open && dialog.current?.open === false) dialog.current.showModal();
  }, [open]);
  if (!open) return null;
  const keys: readonly (readonly [string, string])[] = [
    ['↑ ↓', t('row by row')],
    ['→ ←', t('open, close, to the first step, to the phase')],
    [t('Home End'), t('first and last row')],
    [t('Space'), t('open or close')],
    [t('Enter'), t('show where a step went in the answer')],
    ['*', t('open all phases')],
    ['e c', t('expand all, collapse all')],
    ['n p', t('next and previous finding')],
    ['/', t('search')],
    [t('letters'), t('to the next row that begins so')],
    [t('Shift+↑↓'), t('mark a range of rows')],
    [t('Ctrl+C'), t('copy the step, the phase or what is marked')],
    [t('Ctrl+A'), t('mark all of the reasoning')],
    ['Esc', t('clear the selection')],
    ['f', t('follow what is being thought')],
    ['?', t('this help')],
  ];
  const close = (): void => {
    store.help.value = false;
  };
  return (
    <dialog
      ref={dialog}
      class="help"
      aria-labelledby="help-title"
      onClose={close}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div class="help-body">
        <div class="section-head">
          <h2 id="help-title">{t('Keyboard shortcuts')}</h2>
          <button type="button" class="tool" aria-label={t('Close')} onClick={() => dialog.current?.close()}>
            <Icon name="close" />
          </button>
        </div>
        <dl>
          {keys.map(([key, does]) => (
            <div key={key}>
              <dt>
                {key.split(' ').map((one) => (
                  <kbd key={one}>{one}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <div class="section-head">
          <h2>{t('The strip')}</h2>
        </div>
        <ul class="legend">
          {GROUPS.map((group) => (
            <li key={group}>
              <span class={`swatch ${group}`} aria-hidden="true" /> {groupName(group)}
            </li>
          ))}
          <li>
            <span class="swatch mark" aria-hidden="true">
              ▲
            </span>{' '}
            {t('a finding that is shown above')}
          </li>
        </ul>
      </div>
    </dialog>
  );
}
