import { quoted } from '../phrase.ts';
import type { Finder } from './ground.ts';
import { whole } from './ground.ts';

/** The response ended before the model was done. */
export const findCutOff: Finder = (ground) => {
  if (!ground.ended || !ground.cutOff) return [];
  const last = ground.facts.length - 1;
  const facts = ground.facts[last];
  const inAnswer = ground.answer.trim() !== '';
  return [
    {
      kind: 'cut-off',
      steps: inAnswer || facts === undefined ? [] : [last],
      confidence: 1,
      message: inAnswer
        ? `The answer breaks off after ${quoted(ground.answer.slice(-80), 60)}.`
        : facts === undefined
          ? 'The response ended before any reasoning arrived.'
          : `The reasoning breaks off at ${quoted(facts.text, 60)}, before an answer was given.`,
      quotes: inAnswer
        ? [{ in: 'answer', start: Math.max(0, ground.answer.trimEnd().length - 80), end: ground.answer.trimEnd().length }]
        : facts === undefined
          ? []
          : [whole(ground, last)],
    },
  ];
};
