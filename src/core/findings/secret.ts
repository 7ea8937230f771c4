import { secretsIn } from '../redact.ts';
import type { Draft, Finder } from './ground.ts';
import { sentence } from './sentences.ts';

/** Something with the shape of a key or password stands in the reasoning or in the answer. The message never repeats it. */
export const findSecrets: Finder = (ground) => {
  const drafts: Draft[] = [];
  for (const { step, name, start, end } of ground.secrets)
    drafts.push({
      kind: 'secret',
      steps: [step],
      confidence: 0.9,
      message: sentence('secretInStep', step + 1, name),
      quotes: [{ in: 'reasoning', start, end }],
    });
  for (const { name, start, end } of secretsIn(ground.answer))
    drafts.push({
      kind: 'secret',
      steps: [],
      confidence: 0.9,
      message: sentence('secretInAnswer', name),
      quotes: [{ in: 'answer', start, end }],
    });
  return drafts;
};
