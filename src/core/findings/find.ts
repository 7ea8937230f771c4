import type { Finding, FindingKind } from '../analysis.ts';
import { findAssumptions } from './assumption.ts';
import { findChangesOfMind } from './change-of-mind.ts';
import { findContradictions } from './contradiction.ts';
import { findCutOff } from './cut-off.ts';
import { findDroppedCaveats } from './dropped-caveat.ts';
import { findEdgeCases } from './edge-case.ts';
import { findErrorsAdmitted } from './error-admitted.ts';
import type { Draft, Finder, Ground } from './ground.ts';
import { findLanguageSwitches } from './language-switch.ts';
import { findNotInReasoning } from './not-in-reasoning.ts';
import { findOpenDoubts } from './open-doubt.ts';
import { findRejectedAlternatives } from './rejected-alternative.ts';
import { findRepetition } from './repetition.ts';
import { findSecrets } from './secret.ts';
import { findSelfChecks } from './self-check.ts';
import { findSettledEarly } from './settled-early.ts';

const FINDERS: readonly Finder[] = [
  findSecrets,
  findCutOff,
  findContradictions,
  findNotInReasoning,
  findDroppedCaveats,
  findAssumptions,
  findOpenDoubts,
  findErrorsAdmitted,
  findChangesOfMind,
  findSelfChecks,
  findRejectedAlternatives,
  findEdgeCases,
  findSettledEarly,
  findRepetition,
  findLanguageSwitches,
];

/** Findings shown by default: as many as a reader takes in at a glance. */
const FEW = 8;

/** How much a kind helps somebody who must decide whether to trust the answer, and from which confidence on it is shown unasked. */
const USE: Readonly<Record<FindingKind, { readonly worth: number; readonly from: number; readonly why: string }>> = {
  secret: { worth: 12, from: 0.6, why: 'A secret in a reasoning ends up wherever the trace is saved or sent.' },
  'cut-off': { worth: 11, from: 0.5, why: 'What is missing may be what decides: the answer rests on an argument that was not finished.' },
  contradiction: { worth: 10, from: 0.6, why: 'Answer and reasoning are inconsistent: one of the two is wrong.' },
  'mention-missing': { worth: 9, from: 0.6, why: 'An argument about something that does not exist is not about your code.' },
  'dropped-caveat': { worth: 8, from: 0.6, why: 'The reasoning knows a limit of the answer that the answer does not tell you.' },
  'open-doubt': { worth: 7, from: 0.5, why: 'The answer sounds surer than the reasoning was.' },
  assumption: { worth: 6.5, from: 0.43, why: 'If this is not so for you, the answer may not hold.' },
  'not-in-reasoning': { worth: 6, from: 0.6, why: 'Nothing in the reasoning stands behind this part of the answer.' },
  'error-admitted': { worth: 5, from: 0.6, why: 'What was built on the mistake before it was noticed may still be there.' },
  'change-of-mind': { worth: 4.5, from: 0.5, why: 'The first idea was dropped: traces of it may remain in the answer.' },
  'self-check': {
    worth: 4,
    from: 0.6,
    why: 'A check that was made says how far the result can be trusted, and a check that failed says where not.',
  },
  'rejected-alternative': { worth: 3.5, from: 0.39, why: 'Another way was weighed: you may judge the reason differently.' },
  'edge-case': { worth: 3, from: 0.7, why: 'A special case that was thought of: see whether the answer covers it.' },
  'settled-early': { worth: 2.5, from: 0.33, why: 'What follows this step did not change the answer and can be skipped.' },
  repetition: { worth: 2, from: 0.5, why: 'Going in circles costs time and tokens, and often shows that the model is not sure.' },
  'language-switch': {
    worth: 1.5,
    from: 0.7,
    why: 'A change of language in mid-thought can be a slip, and makes the reasoning harder to review.',
  },
};

/** All findings, ranked by use; the few that are surest and most useful are shown by default. */
export function findAll(ground: Ground): readonly Finding[] {
  const drafts: Draft[] = FINDERS.flatMap((find) => find(ground));
  const value = (d: Draft): number => USE[d.kind].worth * d.confidence;
  // ties keep the order of the text, so that the ranking is the same everywhere
  drafts.sort((a, b) => value(b) - value(a) || (a.steps[0] ?? -1) - (b.steps[0] ?? -1));
  let room = FEW;
  const perKind = new Map<FindingKind, number>();
  return drafts.map((draft) => {
    const use = USE[draft.kind];
    const before = perKind.get(draft.kind) ?? 0;
    const shown = room > 0 && draft.confidence >= use.from && before < 1;
    if (shown) {
      room--;
      perKind.set(draft.kind, before + 1);
    }
    return {
      kind: draft.kind,
      steps: draft.steps,
      confidence: Math.round(draft.confidence * 100) / 100,
      shown,
      message: draft.message,
      why: draft.why ?? use.why,
      quotes: draft.quotes,
    };
  });
}
