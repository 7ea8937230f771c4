import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../l10n.ts';
import { copiedReasoning } from './copying.ts';
import { copyText } from './actions.ts';
import { plain } from './hidden.tsx';
import { Icon } from './icon.tsx';
import { gistText } from '../model/gist.ts';
import type { Store } from '../store.ts';

/** What stands below an open step: its notes, and what can be done with it when it is the one selected. */
export function StepExtras({ store, step }: { store: Store; step: number }): JSX.Element | null {
  const shown = store.shown.value;
  const selected = store.selection.value;
  const actions = selected?.type === 'step' && selected.index === step;
  const notes = (shown?.notes ?? []).filter((note) => note.step === step);
  const kind = shown?.explanation?.kinds.find((said) => said.step === step)?.kind;
  const noting = store.noting.value.has(step);
  if (!actions && notes.length === 0 && !noting && kind === undefined) return null;
  return (
    <div class="extras">
      {notes.map((note) => (
        <p class="step-note" key={`${note.at}${note.text}`} dir="auto">
          <Icon name="note" /> {plain(note.text)} <span class="dim">{plain(note.by)}</span>
          {shown?.readOnly !== true && (
            <button
              type="button"
              class="tool"
              aria-label={t('Remove this note')}
              title={t('Remove this note')}
              onClick={({ currentTarget }) => {
                // the button goes with the note
                currentTarget.closest<HTMLElement>('[data-row]')?.focus({ preventScroll: true });
                store.tell.removeNote({ step, at: note.at });
              }}
            >
              <Icon name="close" />
            </button>
          )}
        </p>
      ))}
      {noting && <NoteBox store={store} step={step} text={store.noting.value.get(step) ?? ''} />}
      {actions && !noting && (
        <div class="step-actions">
          <button type="button" class="quiet" onClick={() => copyText(store, copiedReasoning(store, step, step))}>
            <Icon name="copy" /> {t('Copy step')}
          </button>
          {shown?.readOnly !== true && (
            <button
              type="button"
              class="quiet"
              onClick={() => {
                begun = step;
                write(store, step, '');
              }}
            >
              <Icon name="note" /> {t('Add note')}
            </button>
          )}
          {!store.live.value && (
            <button type="button" class="quiet" onClick={() => askAbout(store, step)}>
              <Icon name="reply" /> {t('Ask about this')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** Puts a question about a step into the prompt box; as a follow-up where one is possible. */
function askAbout(store: Store, step: number): void {
  const followUp = store.composer.value?.followUp ?? null;
  if (followUp?.on === false) store.tell.setFollowUp({ on: true, choice: followUp.choice });
  const quote = t('In your reasoning you wrote: “{0}”', gistText(store.stepText(step)));
  const draft = store.draft.value?.trimEnd() ?? '';
  // what the reader typed stays; the quote comes behind it
  if (!draft.includes(quote)) store.draft.value = `${draft === '' ? '' : `${draft}\n\n`}${quote}\n\n`;
  store.focusPrompt.value = { caret: 'end' };
  store.keep();
}

/** The step whose note was begun just now. */
let begun: number | null = null;

/** Keeps what is written of a note so far, whatever becomes of its box; null when nothing is written any more. */
function write(store: Store, step: number, text: string | null): void {
  const notes = new Map(store.noting.value);
  if (text === null) notes.delete(step);
  else notes.set(step, text);
  store.noting.value = notes;
  store.keep();
}

function NoteBox({ store, step, text }: { store: Store; step: number; text: string }): JSX.Element {
  const box = useRef<HTMLTextAreaElement>(null);
  // one that is begun takes the focus, at once: letters typed before would be commands. One that comes back into sight does not
  useLayoutEffect(() => {
    if (begun === step) box.current?.focus();
    begun = null;
  }, []);
  const done = (keep: boolean): void => {
    const note = text.trim();
    if (keep && note !== '') store.tell.addNote({ step, text: note });
    const row = box.current?.closest<HTMLElement>('[data-row]');
    write(store, step, null);
    row?.focus({ preventScroll: true });
  };
  return (
    <div class="note-box">
      <textarea
        ref={box}
        rows={2}
        value={text}
        onInput={(event) => write(store, step, event.currentTarget.value)}
        dir="auto"
        aria-label={t('Note on step {0}', step + 1)}
        placeholder={t('Note on this step; Enter keeps it')}
        onKeyDown={(event) => {
          if (event.key === 'Escape') done(false);
          else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) done(true);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <button type="button" class="secondary" onClick={() => done(true)}>
        {t('Keep')}
      </button>
      <button type="button" class="quiet" onClick={() => done(false)}>
        {t('Cancel')}
      </button>
    </div>
  );
}
