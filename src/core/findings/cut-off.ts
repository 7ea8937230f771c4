import { gistOf } from '../phrase.ts';
import type { Finder } from './ground.ts';
import { whole } from './ground.ts';
import { sentence } from './sentences.ts';

/** The response ended before the model was done. */
export const findCutOff: Finder = (ground) => {
  if (!ground.ended || !ground.cutOff) return [];
  const answer = ground.answer.trimEnd();
  const last = ground.facts.length - 1;
  const facts = ground.facts[last];
  if (answer !== '') {
    return [
      {
        kind: 'cut-off',
        steps: [],
        confidence: 1,
        message: sentence('answerBreaksOff', gistOf(answer.slice(-80), 60)),
        quotes: [{ in: 'answer', start: Math.max(0, answer.length - 80), end: answer.length }],
      },
    ];
  }
  // a response that never began has its own error to say so
  if (facts === undefined) return [];
  return [
    {
      kind: 'cut-off',
      steps: [last],
      confidence: 1,
      message: sentence('reasoningBreaksOff', gistOf(facts.text, 60)),
      quotes: [whole(ground, last)],
    },
  ];
};
