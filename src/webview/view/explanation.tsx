import type { JSX } from 'preact';
import { count, t } from '../l10n.ts';
import type { Store } from '../store.ts';
import { goToStep, selectStep } from './actions.ts';
import { plain } from './hidden.tsx';
import { FINDING_GLYPHS, Icon } from './icon.tsx';
import { Gist } from './row.tsx';

/** What a model said of the trace: beside what was found here, and marked as the model's. */
export function ExplanationBox({ store }: { store: Store }): JSX.Element | null {
  const said = store.shown.value?.explanation;
  if (said === undefined) return null;
  const go = (step: number | undefined): void => {
    if (step === undefined) return;
    selectStep(store, step);
    goToStep(store, step, { text: true });
  };
  return (
    <section class="explanation" aria-label={t('Explained by a model')}>
      <div class="section-head">
        <h2>{t('Explained by {0}', said.by)}</h2>
        {said.dropped > 0 && (
          <span class="dim">
            {count(
              said.dropped,
              '{0} remark did not fit the reasoning and was left out',
              '{0} remarks did not fit the reasoning and were left out',
            )}
          </span>
        )}
      </div>
      <ul>
        {said.findings.map((finding, i) => (
          <li key={i}>
            <button type="button" class="finding-button" onClick={() => go(finding.steps[0])}>
              <Icon name={FINDING_GLYPHS[finding.kind]} />
              <span class="finding-body">{plain(finding.message)}</span>
              {finding.steps[0] !== undefined && <span class="place">{t('step {0}', finding.steps[0] + 1)}</span>}
            </button>
          </li>
        ))}
        {said.titles.map(({ at, title }) => (
          <li key={`title ${at}`}>
            <button type="button" class="finding-button" onClick={() => go(at)}>
              <Icon name="plan" />
              <span class="finding-body">
                <Gist text={title} />
              </span>
              <span class="place">{t('from step {0}', at + 1)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
