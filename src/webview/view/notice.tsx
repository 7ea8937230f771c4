import type { JSX } from 'preact';
import { t } from '../l10n.ts';
import type { Notice, NoticeAction } from '../model/states.ts';
import type { Store } from '../store.ts';
import { askAgain } from './composer.tsx';
import { plain } from './hidden.tsx';
import { Icon } from './icon.tsx';

const ICONS = { info: 'info', warning: 'warning', error: 'error', locked: 'lock' } as const;

function label(action: NoticeAction): string {
  switch (action) {
    case 'select-model':
      return t('Select Model…');
    case 'set-key':
      return t('Set API Key…');
    case 'sample':
      return t('Open a Sample Trace');
    case 'open-trace':
      return t('Open Trace…');
    case 'ask-again':
      return t('Ask Again');
    case 'show-log':
      return t('Show Log');
  }
}

function act(store: Store, action: NoticeAction): void {
  const { tell } = store;
  switch (action) {
    case 'select-model': {
      tell.selectModel();
      return;
    }
    case 'set-key': {
      tell.setApiKey();
      return;
    }
    case 'sample': {
      tell.openSample();
      return;
    }
    case 'open-trace': {
      tell.openTrace();
      return;
    }
    case 'ask-again': {
      askAgain(store);
      return;
    }
    case 'show-log': {
      tell.showLog();
      return;
    }
  }
}

export function NoticeBox({
  store,
  notice,
  also = null,
  big = false,
}: {
  store: Store;
  notice: Notice;
  /** A further paragraph. */
  also?: string | null;
  big?: boolean;
}): JSX.Element {
  const Heading = big ? 'h1' : 'h2';
  return (
    <div class={`notice ${notice.tone}${big ? ' big' : ''}`}>
      <Icon name={ICONS[notice.tone]} />
      <div>
        <Heading>{plain(notice.title)}</Heading>
        <p dir="auto">{plain(notice.text)}</p>
        {also !== null && <p dir="auto">{plain(also)}</p>}
        {notice.detail !== undefined && (
          <p class="detail" dir="auto">
            {plain(notice.detail)}
          </p>
        )}
        {notice.actions.length > 0 && (
          <div class="actions">
            {notice.actions.map((action, i) => (
              <button type="button" class={i === 0 ? 'primary' : 'secondary'} onClick={() => act(store, action)}>
                {label(action)}
              </button>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
