import type { Analysis, Link } from './analysis.ts';
import { createBehaviourCount } from './behaviours.ts';
import { findAll } from './findings/find.ts';
import { createJudge } from './findings/scored.ts';
import { firstAnswerOf } from './first-answer.ts';
import { SAYS, createLinker, createTermIndex } from './links.ts';
import { branchesOf } from './outline/branches.ts';
import { languageOf } from './language.ts';
import { createOutline } from './outline/outline.ts';
import { phasesOf } from './outline/phases.ts';
import { secretsIn } from './redact.ts';
import type { Material, StepFacts } from './step-facts.ts';
import { termsOf } from './terms.ts';
import type { Signs } from './kinds/label.ts';
import type { StepNote } from './trail.ts';
import { createTrail } from './trail.ts';

/** Follows the reasoning step by step and says at any time what it amounts to as a whole. */
export interface Reader {
  /** Takes in the next complete step. */
  add(facts: StepFacts): StepNote;
  /** What would be said of a step that still grows. */
  peek(facts: StepFacts): StepNote;
  /** One pass over the steps for each thing that is drawn from them. `notes`: as many as there are steps. */
  describe(material: Material, notes: readonly StepNote[], signs: readonly Signs[]): Omit<Analysis, 'analyser' | 'steps'>;
}

/** UTF-16 code units of the prompt's end whose terms are looked for: of a text so long all of them are taken. */
const LAST_OF_PROMPT = 15_000;

export function createReader(prompt = ''): Reader {
  const trail = createTrail(prompt);
  const index = createTermIndex();
  const linker = createLinker(index);
  const outline = createOutline();
  const behaviours = createBehaviourCount();
  const secrets: { step: number; name: string; start: number; end: number }[] = [];
  const promptTerms = new Set(termsOf(prompt.slice(-LAST_OF_PROMPT)));
  const promptLower = prompt.toLowerCase();
  return {
    add(facts) {
      const note = trail.add(facts);
      for (const { name, start, end } of secretsIn(facts.text))
        secrets.push({ step: index.size, name, start: facts.start + start, end: facts.start + end });
      index.add(note.terms);
      behaviours.add(facts);
      return note;
    },
    peek: (facts) => trail.peek(facts),
    describe(material, notes, signs) {
      const { steps, facts, answer } = material;
      const places = outline.places(facts, notes, signs, index.size);
      const phases = phasesOf(steps, facts, places.phases);
      const answerTerms = new Set(termsOf(answer));
      const branches = branchesOf(steps, facts, notes, places.branches, [0, ...places.phases], material.ended ? answerTerms : null);
      const links = linker.link(answer, answer === '' ? null : languageOf(begun(facts)));
      const judge = createJudge(places.sight, promptTerms, answer);
      const settled = answer === '' ? undefined : judge('settled-early')[0];
      const firstAnswer = firstAnswerOf(steps, facts, prompt, answer, settled);
      const findings = findAll({
        ...material,
        notes,
        phases,
        branches,
        links,
        firstAnswer,
        judge,
        secrets,
        answerTerms,
        answerLower: answer.toLowerCase(),
        promptLower,
      });
      return {
        phases,
        branches,
        findings,
        links: links
          .filter((of) => of.steps.length > 0 || (of.comparable && of.terms >= SAYS))
          .map(({ block, steps: behind, score, words }): Link => ({ block, steps: behind, score, words })),
        firstAnswer,
        behaviours: behaviours.read(facts.length > index.size ? (facts.at(-1) ?? null) : null),
      };
    },
  };
}

/** UTF-16 code units of a reasoning that tell which language it is in. */
const TELLS = 4000;

/** The prose that a reasoning begins with. */
function begun(facts: readonly StepFacts[]): string {
  let text = '';
  for (const of of facts) {
    if (text.length > TELLS) break;
    if (!of.fenced) text += of.text.slice(0, 400) + ' ';
  }
  return text;
}
