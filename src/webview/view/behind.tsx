import type { JSX } from 'preact';
import { t } from '../l10n.ts';
import { behindTemplate } from '../model/behind.ts';
import type { Behind } from '../model/behind.ts';
import type { Store } from '../store.ts';
import { byKey, goToStep } from './actions.ts';
import { plain } from './hidden.tsx';
import { phrase } from './phrase.tsx';

/** Below the block of the answer that is selected: the steps behind it, each a click away, and what links them to it. */
export function BehindBlock({ store, behind }: { store: Store; behind: readonly Behind[] }): JSX.Element {
  return (
    <div class="behind">
      {behind.map((one) => {
        const said = phrase(
          behindTemplate(one),
          between(one.steps.map((step) => <StepLink store={store} step={step} />)),
          between(one.words.map((word) => <code>{plain(word)}</code>)),
          one.score,
        );
        return <p dir="auto">{one.hunk === null ? said : phrase(t('“{0}”: {1}'), plain(one.hunk), said)}</p>;
      })}
    </div>
  );
}

const between = (parts: readonly JSX.Element[]): readonly (JSX.Element | string)[] =>
  parts.flatMap((part, i) => (i === 0 ? [part] : [', ', part]));

function StepLink({ store, step }: { store: Store; step: number }): JSX.Element {
  return (
    <button
      type="button"
      class="in-place"
      aria-label={t('step {0}', step + 1)}
      onClick={(event) => goToStep(store, step, { text: true, focus: byKey(event) })}
    >
      {step + 1}
    </button>
  );
}
