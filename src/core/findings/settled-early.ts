import { codeOf } from '../blocks.ts';
import { SURE, draftedAt } from '../first-answer.ts';
import { gistOf } from '../phrase.ts';
import { answerValue, mentions } from '../values.ts';
import type { Finder, Ground } from './ground.ts';
import { whole } from './ground.ts';
import { sentence } from './sentences.ts';

/** Less than this share of the reasoning after it: the answer was not settled early. */
const REST = 0.1;
/** Share of the places where a value was first drawn that were in an annotator's finding. */
const DRAWN = 0.6;
/** What a draft counts for of which lines of the answer were written anew after it. */
const ANEW = 0.5;
/** Lines of the answer's code that are looked for. */
const LINES = 100;

/** The answer is reached here, and what follows adds nothing that changes it. */
export const findSettledEarly: Finder = (ground) => {
  if (!ground.ended || ground.answer.trim() === '') return [];
  const drafted = ground.judge('settled-early')[0];
  // an answer that is a value is reached where it is first drawn; `firstAnswerOf` has weighed that against where it was drafted
  const drawn = ground.firstAnswer !== null && valueReached(ground) ? { steps: [ground.firstAnswer], confidence: DRAWN } : undefined;
  const sure = drafted !== undefined && draftedAt(drafted, ground.steps, ground.facts) === ground.firstAnswer;
  const best = sure && drafted.confidence >= SURE ? drafted : (drawn ?? (sure ? drafted : undefined));
  const first = best === undefined ? undefined : (ground.firstAnswer ?? best.steps[0]);
  const facts = first === undefined ? undefined : ground.facts[first];
  const end = ground.facts.at(-1)?.end ?? 0;
  if (best === undefined || first === undefined || facts === undefined) return [];
  const last = best.steps.at(-1) ?? first;
  const rest = 1 - (ground.facts[last]?.end ?? 0) / Math.max(1, end);
  if (rest < REST) return [];
  return [
    {
      kind: 'settled-early',
      steps: [first, ...best.steps.filter((i) => i > first)],
      confidence: writtenAnew(ground, last) ? best.confidence * ANEW : best.confidence,
      message: sentence('settled', first + 1, gistOf(facts.text, 70), Math.round(100 * rest)),
      quotes: [whole(ground, first)],
    },
  ];
};

/** Whether the answer is a value, and that value stands where the answer is first reached. */
function valueReached(ground: Ground): boolean {
  const value = answerValue(ground.answer);
  return value !== null && mentions(ground.facts[ground.firstAnswer ?? -1]?.text ?? '', value.key);
}

const squeezed = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s;`]+/g, '')
    .replaceAll("'", '"');

/** Whether some lines of the answer's code stand before the end of this step and others only after it: then it was not settled yet. */
function writtenAnew(ground: Ground, last: number): boolean {
  const written = (from: number, to: number): string =>
    squeezed(
      ground.facts
        .slice(from, to)
        .map(({ text }) => text)
        .join(' '),
    );
  const given = squeezed(ground.promptLower);
  const lines = codeOf(ground.answer)
    .split('\n')
    .map(squeezed)
    .filter((line) => line.length >= 10 && /[a-z]/.test(line) && /[=(.[]/.test(line) && !/^(?:#|\/\/)/.test(line))
    .slice(0, LINES)
    .filter((line) => !given.includes(line));
  const before = written(0, last + 1);
  const late = lines.filter((line) => !before.includes(line));
  if (late.length === 0 || late.length === lines.length) return false;
  const after = written(last + 1, ground.facts.length);
  return late.some((line) => after.includes(line));
}
