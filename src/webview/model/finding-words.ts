import type { Finding } from '../../core/analysis.ts';
import { readSentence } from '../../core/findings/sentences.ts';
import { t, translated } from '../l10n.ts';

/** What a finding says, in the reader's language as far as the sentence is one of ours: a trace may be of another version. */
export function messageOf({ message }: Finding): string {
  const read = translated() ? readSentence(message) : null;
  return read === null ? message : t(read.template, ...read.args);
}

/** Why it matters, likewise. */
export const whyOf = ({ why }: Finding): string => (translated() ? t(why) : why);
