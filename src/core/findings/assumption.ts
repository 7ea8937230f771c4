import { bare, clauseEnd, inner } from '../phrase.ts';
import type { StepFacts } from '../step-facts.ts';
import type { Draft, Finder } from './ground.ts';
import { eachStep, part, whole } from './ground.ts';
import { sentence } from './sentences.ts';

const CUE =
  /\b(?:(?:i(?:'ll| will|'m going to| can| have to| must| am)?|we(?:'ll| will| can)?|let's|let me|so|safe to|reasonable to|have to) (?:just |also |have to )?assum(?:e|ing)|assuming|the assumption (?:is|here is)|(?:i(?:'ll| will)) (?:take it|presume)|presumably)\b(?: that)?[,:]?\s*/i;
/** "It is probably a list" takes a list for granted as well. */
const GUESS = /\b(?:probably|likely|must be|should be|i think|perhaps|maybe|seems?(?: like| to)?|i guess)\b/i;

/** Said outright; of such steps 84 % (with "assuming" 66 %) were in an annotator's finding. */
const DECIDES =
  /\b(?:i(?:'ll| will| have to| must| can|'m going to)?|let's|let me|we(?:'ll| can| will)?) (?:just )?assum(?:e|ing)|\bassuming\b/i;
/** An assumption within the mathematics of the task is a step of it. */
const ABOUT_TEXT = /\bassum(?:e|ing) (?:that )?(?:[a-z] ?[=<>]|the (?:problem|contrary)|for contradiction)/;

/** Something that the prompt does not say is taken as given. */
export const findAssumptions: Finder = (ground) => {
  const drafts: Draft[] = [];
  const told = new Set<number>();
  eachStep(ground, (facts, step, i) => {
    const cue = facts.fenced || step.kind === 'example' ? null : DECIDES.exec(facts.text);
    if (cue === null || ABOUT_TEXT.test(facts.lower)) return;
    const said = statement(facts);
    if (!said.sure) return;
    for (let j = i - 1; j <= i + 1; j++) told.add(j);
    drafts.push({
      kind: 'assumption',
      steps: [i],
      confidence: /^assuming/i.test(cue[0]) ? 0.66 : 0.84,
      message: sentence('assumes', said.what),
      quotes: [part(facts, said.from, said.to)],
    });
  });
  for (const { steps, peak, confidence } of ground.judge('assumption')) {
    // the words that say it may stand in a neighbour
    const at = [peak, ...steps].find((i) => CUE.test(ground.facts[i]?.text ?? '')) ?? peak;
    const facts = ground.facts[at];
    if (facts === undefined || steps.some((i) => told.has(i))) continue;
    const said = statement(facts);
    drafts.push({
      kind: 'assumption',
      steps,
      confidence: said.sure ? Math.min(0.9, confidence + 0.1) : confidence,
      message: sentence(said.sure ? 'assumes' : 'takesAsGiven', said.what),
      quotes: [part(facts, said.from, said.to), ...(at === peak ? [] : [whole(ground, peak)])],
    });
  }
  return drafts;
};

/** What is assumed: the clause after the words that say so, or the first one that guesses. */
function statement(facts: StepFacts): { what: string; from: number; to: number; sure: boolean } {
  const { text } = facts;
  const cue = CUE.exec(text);
  if (cue !== null) {
    const from = cue.index + cue[0].length;
    const to = clauseEnd(text, from);
    const what = inner(text.slice(from, to));
    if (what.split(' ').length >= 3) return { what, from: cue.index, to, sure: true };
  }
  const guess = GUESS.exec(text);
  let from = 0;
  for (let end = clauseEnd(text, 0, 400); guess !== null && end < guess.index; end = clauseEnd(text, from, 400)) from = end + 1;
  const to = clauseEnd(text, from, 200);
  return { what: inner(bare(text.slice(from, to)), 120), from, to, sure: false };
}
