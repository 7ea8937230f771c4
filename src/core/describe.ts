import type { Analysis } from './analysis.ts';
import { findAll } from './findings/find.ts';
import { firstAnswerOf } from './first-answer.ts';
import { branchesOf } from './outline/branches.ts';
import { phasesOf } from './outline/phases.ts';
import type { Material } from './step-facts.ts';
import type { StepNote } from './trail.ts';

/** Draws from the steps what is said about the reasoning as a whole. One pass over the steps for each thing that is drawn. */
export function describeReasoning(material: Material, notes: readonly StepNote[]): Omit<Analysis, 'analyser' | 'steps'> {
  const { steps, facts } = material;
  const phases = phasesOf(steps, facts);
  const branches = branchesOf(
    steps,
    facts,
    phases.map((phase) => phase.at),
  );
  const firstAnswer = firstAnswerOf(steps);
  const findings = findAll({
    ...material,
    notes,
    phases,
    branches,
    links: [],
    firstAnswer,
    answerLower: material.answer.toLowerCase(),
    promptLower: material.prompt.toLowerCase(),
  });
  return {
    phases,
    branches,
    findings,
    links: [],
    firstAnswer,
    behaviours: { alternative: false, comparison: false, ambiguity: false, edgeCase: false, flaw: false },
  };
}
