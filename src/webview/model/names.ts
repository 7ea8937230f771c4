import type { FindingKind, Kind } from '../../core/analysis.ts';
import { t } from '../l10n.ts';

/** A kind of step in one or two words. */
export function kindName(kind: Kind): string {
  switch (kind) {
    case 'setup':
      return t('Setup');
    case 'plan':
      return t('Plan');
    case 'recall':
      return t('Recall');
    case 'work':
      return t('Work');
    case 'example':
      return t('Example');
    case 'doubt':
      return t('Doubt');
    case 'check':
      return t('Check');
    case 'revise':
      return t('Revision');
    case 'conclude':
      return t('Conclusion');
    case 'answer':
      return t('Answer');
  }
}

/** A kind of finding with its number, as `2 changes of mind`. */
export function findingCount(kind: FindingKind, n: number): string {
  const one = n === 1;
  switch (kind) {
    case 'change-of-mind':
      return t(one ? '{0} change of mind' : '{0} changes of mind', n);
    case 'assumption':
      return t(one ? '{0} assumption' : '{0} assumptions', n);
    case 'open-doubt':
      return t(one ? '{0} open doubt' : '{0} open doubts', n);
    case 'self-check':
      return t(one ? '{0} self-check' : '{0} self-checks', n);
    case 'rejected-alternative':
      return t(one ? '{0} rejected alternative' : '{0} rejected alternatives', n);
    case 'edge-case':
      return t(one ? '{0} edge case' : '{0} edge cases', n);
    case 'dropped-caveat':
      return t(one ? '{0} caveat left out' : '{0} caveats left out', n);
    case 'contradiction':
      return t(one ? '{0} contradiction' : '{0} contradictions', n);
    case 'not-in-reasoning':
      return t(one ? '{0} part not in the reasoning' : '{0} parts not in the reasoning', n);
    case 'error-admitted':
      return t(one ? '{0} admitted error' : '{0} admitted errors', n);
    case 'settled-early':
      return t('settled early');
    case 'repetition':
      return t(one ? '{0} repetition' : '{0} repetitions', n);
    case 'mention-missing':
      return t(one ? '{0} missing name' : '{0} missing names', n);
    case 'cut-off':
      return t('cut off');
    case 'language-switch':
      return t(one ? '{0} switch of language' : '{0} switches of language', n);
    case 'secret':
      return t(one ? '{0} secret' : '{0} secrets', n);
  }
}
