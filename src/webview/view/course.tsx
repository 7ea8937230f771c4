import type { JSX } from 'preact';
import { courseOf, percentOf } from '../../core/course.ts';
import { digits, t } from '../l10n.ts';
import type { Store } from '../store.ts';
import { byKey, goToStep, selectStep } from './actions.ts';
import { phrase } from './phrase.tsx';

/** Where the answer was first reached, what came after it, how much was repetition: of a run that is over, as far as it is known. */
export function Course({ store }: { store: Store }): JSX.Element | null {
  if (store.live.value || !store.settled.value || store.answer.value === '') return null;
  const { first, after, idle, repetition } = courseOf(store.analysis.value);
  const [rest, again] = [percentOf(after), percentOf(repetition)];
  if (first === null && again === 0) return null;
  const rests = idle ? t('the {0} % after it changed nothing', rest) : t('{0} % of the reasoning after it', rest);
  return (
    <p class="course" id="course" dir="auto">
      {first !== null && (
        <>
          <span>
            {phrase(t('Answer first reached at {0}'), <StepLink store={store} step={first} />)}
            {' ·'}
          </span>{' '}
        </>
      )}
      {first !== null && rest > 0 && (
        <>
          <span>{rests} ·</span>{' '}
        </>
      )}
      <span>{first === null ? t('{0} % of the reasoning is repetition', again) : t('{0} % repetition', again)}</span>
    </p>
  );
}

function StepLink({ store, step }: { store: Store; step: number }): JSX.Element {
  return (
    <button
      type="button"
      class="in-place"
      aria-describedby="course"
      onClick={(event) => {
        selectStep(store, step);
        goToStep(store, step, { text: true, focus: byKey(event) });
      }}
    >
      {t('step {0} of {1}', digits(step + 1), digits(store.stepCount.value))}
    </button>
  );
}
