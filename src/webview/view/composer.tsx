import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { SEND_BACKS } from '../../core/conversation.ts';
import type { SendBackChoice } from '../../core/conversation.ts';
import { EFFORTS } from '../../core/trace.ts';
import type { Effort } from '../../core/trace.ts';
import { promptOf } from '../../core/inspection.ts';
import { t } from '../l10n.ts';
import type { Store } from '../store.ts';
import { plain } from './hidden.tsx';
import { Icon } from './icon.tsx';

/** UTF-16 units of a prompt beyond which its title stands for it. */
const LONGEST = 2000;

function effortName(effort: Effort): string {
  switch (effort) {
    case 'default':
      return t('default effort');
    case 'none':
      return t('no thinking');
    case 'minimal':
      return t('minimal effort');
    case 'low':
      return t('low effort');
    case 'medium':
      return t('medium effort');
    case 'high':
      return t('high effort');
    case 'max':
      return t('maximal effort');
  }
}

/** What stands in the prompt box: what the reader typed, else what the trace on show was asked. */
export function promptText(store: Store): string {
  if (store.draft.value !== null) return store.draft.value;
  return store.composer.value?.followUp?.on === true && !store.live.value ? '' : questionOf(store);
}

/** What the trace on show was asked. */
function questionOf(store: Store): string {
  const { value: shown } = store.shown;
  if (shown === null) return '';
  const prompt = promptOf(shown.head);
  return prompt.length > LONGEST ? shown.head.title : prompt;
}

/** The question, where the prompt box holds something else; and the way to the turns before it. */
export function Question({ store }: { store: Store }): JSX.Element | null {
  const shown = store.shown.value;
  if (shown === null) return null;
  const question = questionOf(store);
  const turns = shown.head.request.messages.flatMap(({ trace }) => (typeof trace === 'string' ? [trace] : []));
  const hidden = promptText(store) === question;
  if (hidden && turns.length === 0) return null;
  return (
    <div class="question">
      {turns.length > 0 && (
        <nav aria-label={t('Turns of this conversation')}>
          {turns.map((trace, i) => (
            <button type="button" class="chip" key={trace} title={t('Show turn {0}', i + 1)} onClick={() => store.tell.openTurn({ trace })}>
              {i + 1}
            </button>
          ))}
          <span class="chip" aria-current="true">
            {turns.length + 1}
          </span>
        </nav>
      )}
      {!hidden && <p dir="auto">{plain(question)}</p>}
    </div>
  );
}

function sendBackName(choice: SendBackChoice): string {
  switch (choice) {
    case 'rule':
      return t('reasoning as the provider wants it');
    case 'nothing':
      return t('without the reasoning');
    case 'all':
      return t('with all of the reasoning');
  }
}

/** Whether the next question goes on from the trace on show, and what goes along. */
function FollowUp({ store }: { store: Store }): JSX.Element | null {
  const followUp = store.composer.value?.followUp ?? null;
  if (followUp === null || store.live.value) return null;
  const { on, choice, sends } = followUp;
  return (
    <>
      <button type="button" class="chip" aria-pressed={on} title={sends} onClick={() => store.tell.setFollowUp({ on: !on, choice })}>
        <Icon name="reply" /> {t('Follow up')}
      </button>
      {on && (
        <label class="chip select" title={sends}>
          <select
            aria-label={t('What goes along with the follow-up')}
            value={choice}
            onChange={(event) => store.tell.setFollowUp({ on, choice: event.currentTarget.value as SendBackChoice })}
          >
            {SEND_BACKS.map((one) => (
              <option value={one} key={one}>
                {sendBackName(one)}
              </option>
            ))}
          </select>
          <Icon name="open" />
        </label>
      )}
    </>
  );
}

export function askAgain(store: Store): void {
  const prompt = promptText(store).trim();
  const composer = store.composer.value;
  if (prompt === '' || composer?.canAsk !== true) {
    store.focusPrompt.value = { caret: 'all' };
    return;
  }
  store.draft.value = null;
  store.said.value = null;
  store.tell.ask({ prompt });
}

export function Composer({ store }: { store: Store }): JSX.Element {
  const box = useRef<HTMLTextAreaElement>(null);
  const composer = store.composer.value;
  const text = promptText(store);
  const live = store.live.value;
  const again = !live && store.shown.value !== null && store.draft.value === null && text !== '';
  const blocked = composer?.canAsk === false;

  useLayoutEffect(() => {
    const element = box.current;
    // where the browser can't size the box by its content, the number of lines has to do
    if (element !== null && !CSS.supports('field-sizing', 'content')) element.rows = Math.min(8, Math.max(1, text.split('\n').length));
  }, [text]);
  // at once: what is typed next belongs into the box already
  useLayoutEffect(() => {
    const element = box.current;
    if (store.focusPrompt.value === null || element === null) return;
    element.focus();
    if (store.focusPrompt.value.caret === 'all') element.select();
    else {
      element.setSelectionRange(element.value.length, element.value.length);
      element.scrollTop = element.scrollHeight;
    }
  }, [store.focusPrompt.value]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!live) askAgain(store);
  };

  return (
    <form
      class="composer"
      aria-label={t('Question')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!live) askAgain(store);
      }}
    >
      <textarea
        ref={box}
        role="textbox"
        aria-label="Prompt"
        rows={1}
        dir="auto"
        placeholder={
          blocked
            ? t('Nothing can be asked in an untrusted workspace')
            : composer?.followUp?.on === true
              ? t('Ask a follow-up…')
              : t('Ask a reasoning model…')
        }
        value={text}
        onInput={(event) => {
          store.draft.value = event.currentTarget.value;
          store.keep();
        }}
        onKeyDown={onKeyDown}
      />
      <div class="chips">
        <button type="button" class="chip" onClick={() => store.tell.selectModel()} title={t('Select Model…')}>
          <span class="model-name">{typeof composer?.model === 'string' ? plain(composer.model) : t('Select a model')}</span>
          <Icon name="open" />
        </button>
        <label class="chip select">
          <select
            aria-label={t('Effort')}
            value={composer?.effort ?? 'default'}
            onChange={(event) => store.tell.setEffort({ effort: event.currentTarget.value as Effort })}
          >
            {EFFORTS.map((effort) => (
              <option value={effort}>{effortName(effort)}</option>
            ))}
          </select>
          <Icon name="open" />
        </label>
        {composer?.context.map((chip) => (
          <span class="chip context" key={chip.id} title={chip.preview}>
            <Icon name={chip.kind} />
            <span class="chip-label">{plain(chip.label)}</span>
            <button
              type="button"
              class="chip-close"
              aria-label={t('Remove {0}', chip.label)}
              onClick={() => store.tell.removeContext({ id: chip.id })}
            >
              <Icon name="close" />
            </button>
          </span>
        ))}
        <button type="button" class="chip quiet-chip" onClick={() => store.tell.addSelection()} title={t('Send the selected code along')}>
          <Icon name="add" />
          <span>{t('Selection')}</span>
        </button>
        <FollowUp store={store} />
        <span class="send">
          {live ? (
            <button type="button" class="secondary" aria-label="Stop" onClick={() => store.tell.stop()}>
              <Icon name="stop" /> {t('Stop')}
            </button>
          ) : (
            <button type="submit" class={again ? 'secondary' : 'primary'} aria-label="Ask" disabled={blocked || text.trim() === ''}>
              <Icon name={again ? 'again' : 'send'} /> {t('Ask')}
            </button>
          )}
        </span>
      </div>
    </form>
  );
}
