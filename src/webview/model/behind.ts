import type { Link } from '../../core/analysis.ts';
import { percentOf } from '../../core/course.ts';
import { writtenWords } from '../../core/link-words.ts';
import { fill } from '../../core/sentences.ts';
import { t } from '../l10n.ts';
import { cut, gistText } from './gist.ts';
import { visibleText } from './visible.ts';

/** What is behind a block of the answer, or behind one hunk of its code. */
export interface Behind {
  /** The words that the hunk begins with; null where the block is one piece. */
  readonly hunk: string | null;
  /** Indices. */
  readonly steps: readonly number[];
  /** The words that justify it, as they are written in the answer. */
  readonly words: readonly string[];
  /** How much of it the closest of the steps covers, in percent. */
  readonly score: number;
}

/** UTF-16 units of the words that a hunk begins with, at most. */
const HUNK = 40;

/** What is behind the links of one block, those that nothing is behind left out. */
export function behindOf(links: readonly Link[], answer: string): readonly Behind[] {
  return links
    .filter(({ steps }) => steps.length > 0)
    .map(({ block, steps, words, score }) => {
      const text = answer.slice(block.start, block.end);
      const hunk = links.length === 1 ? null : cut(gistText(text), HUNK);
      return { hunk, steps, words: writtenWords(text, words), score: percentOf(score) };
    });
}

/** The sentence that says it, with places for steps, words and score. */
export function behindTemplate({ steps }: Behind): string {
  return steps.length === 1
    ? t('Step {0} shares {1} with this and covers {2} % of it.')
    : t('Steps {0} share {1} with this; the closest covers {2} % of it.');
}

/** All of it as plain text, a line a hunk. */
export function behindText(behind: readonly Behind[]): string {
  return behind
    .map((one) => {
      const said = fill(behindTemplate(one), one.steps.map((step) => step + 1).join(', '), one.words.join(', '), one.score);
      return one.hunk === null ? said : t('“{0}”: {1}', visibleText(one.hunk), said);
    })
    .join('\n');
}
