import { fill, readerOf } from '../sentences.ts';

/**
 * What findings say, in English, each once. A finding is kept with its whole sentence, so that a saved trace can be read by
 * anybody; a view in another language reads the sentence back (`readSentence`) and says it in its own.
 */
export const SENTENCES = {
  assumes: 'Assumes that {0}; the prompt does not say so.',
  takesAsGiven: 'Takes as given: “{0}”; the prompt does not say so.',
  assumesThing: 'Assumes {0}; the prompt does not say so.',
  assumesAlone: 'Assumes that {0}.',
  assumesThingAlone: 'Assumes {0}.',
  takes: 'Takes as given: “{0}”.',
  turns: 'Turns from “{0}” to “{1}”.',
  neverMentioned: 'The answer {0} is inconsistent with the reasoning, which never mentions it.',
  inconsistent: 'The reasoning concludes {0}, the answer says {1}: the two are inconsistent.',
  rewritten: 'The last draft has `{0}`, the answer `{1}`: the two are inconsistent.',
  rewrittenOne: 'The last draft has `{0}`, the answer `{1}`: the two are inconsistent, as is {2} other line.',
  rewrittenMany: 'The last draft has `{0}`, the answer `{1}`: the two are inconsistent, as are {2} other lines.',
  answerBreaksOff: 'The answer breaks off after “{0}”.',
  reasoningBreaksOff: 'The reasoning breaks off at “{0}”, before an answer was given.',
  dropped: 'The answer does not tell what the reasoning found: “{0}”.',
  special: 'Considers a special case: “{0}”.',
  mistake: 'Admits a mistake: “{0}”.',
  otherLanguageOnce: 'Goes on in {0} for a step, though the rest is in {1}: “{2}”.',
  otherLanguage: 'Goes on in {0} for {3} steps, though the rest is in {1}: “{2}”.',
  codeNotDealtWith: 'The reasoning never deals with this code of the answer: “{0}”.',
  codeNotDealtWithOne: 'The reasoning never deals with this code of the answer: “{0}”, nor with {1} other block.',
  codeNotDealtWithMany: 'The reasoning never deals with this code of the answer: “{0}”, nor with {1} other blocks.',
  notDealtWith: 'The reasoning never deals with this part of the answer: “{0}”.',
  notDealtWithOne: 'The reasoning never deals with this part of the answer: “{0}”, nor with {1} other block.',
  notDealtWithMany: 'The reasoning never deals with this part of the answer: “{0}”, nor with {1} other blocks.',
  asksBut: 'Asks “{0}” and leaves it open: “{1}”.',
  asks: 'Asks “{0}” and leaves it open.',
  unsure: 'Is unsure about “{0}” and does not come back to it.',
  weighs: 'Weighs another way and leaves it: “{0}”.',
  weighsBut: 'Weighs “{0}” and leaves it: “{1}”.',
  repeats: 'Goes over the same points again in {0} steps, {1} % of the reasoning, for example “{2}”.',
  secretInStep: 'Step {0} contains what has the form of a secret ({1}).',
  secretInAnswer: 'The answer contains what has the form of a secret ({0}).',
  checkPassed: 'Checks itself, passed: “{0}”.',
  checkFailed: 'Checks itself, failed: “{0}”.',
  checkOpen: 'Checks itself, without a verdict: “{0}”.',
  settled: 'Has its answer at step {0}, “{1}”; the {2} % of the reasoning after it do not change it.',
  fileMissing: 'Speaks of `{0}`, a file that does not exist in this workspace.',
  nameMissing: 'Speaks of `{0}` in `{1}`, which does not exist in this workspace.',
} as const;

/** Why a finding matters: for all of its kind, or more exactly. */
export const REASONS = {
  secret: 'A secret in a reasoning ends up wherever the trace is saved or sent.',
  'cut-off': 'What is missing may be what decides: the answer rests on an argument that was not finished.',
  contradiction: 'Answer and reasoning are inconsistent: one of the two is wrong.',
  'mention-missing': 'An answer that rests on code which does not exist will not work as it stands.',
  'dropped-caveat': 'The reasoning knows a limit of the answer that the answer does not tell you.',
  'open-doubt': 'The answer sounds surer than the reasoning was.',
  assumption: 'If this is not so for you, the answer may not hold.',
  'not-in-reasoning': 'Nothing in the reasoning stands behind this part of the answer.',
  'error-admitted': 'What was built on the mistake before it was noticed may still be there.',
  'change-of-mind': 'The first idea was dropped: traces of it may remain in the answer.',
  'self-check': 'A check that was made says how far the result can be trusted, and a check that failed says where not.',
  'rejected-alternative': 'Another way was weighed: you may judge the reason differently.',
  'edge-case': 'A special case that was thought of: see whether the answer covers it.',
  'settled-early': 'What follows this step did not change the answer and can be skipped.',
  repetition: 'Going in circles costs time and tokens, and often shows that the model is not sure.',
  'language-switch': 'A change of language in mid-thought can be a slip, and makes the reasoning harder to review.',
} as const;

/** A sentence with its arguments put in. */
export function sentence(of: keyof typeof SENTENCES, ...args: readonly (string | number)[]): string {
  return fill(SENTENCES[of], ...args);
}

/** The sentence that a finding's message is, with its arguments; null for the words of another version or of a model. */
export const readSentence = readerOf(Object.values(SENTENCES));
