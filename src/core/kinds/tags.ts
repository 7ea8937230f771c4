import type { Kind, Tag } from '../analysis.ts';
import type { StepFacts } from '../step-facts.ts';

/** What a single step shows beside its kind. */
export function tagsOf(facts: StepFacts, kind: Kind): readonly Tag[] {
  const tags: Tag[] = [];
  const { lower } = facts;
  if (/\b(alternatively|another (?:way|approach|option|idea)|or maybe (?:we|i) (?:can|could|should))\b/.test(lower))
    tags.push('alternative');
  if (tags.length > 0 || /\b(?:instead, (?:let|we|i)|different approach|try another)\b/.test(lower)) tags.push('branch');
  if (/\b(?:let me|let's|i(?:'ll| should| need to)|to) (?:double[- ]?check|verify|check|test|confirm|make sure|validate)\b/.test(lower))
    tags.push('check-start');
  if (
    /\b(?:that|this|it|which|everything) (?:also )?(?:matches|works|checks out|makes sense|is correct|seems (?:right|correct)|looks (?:right|good|correct))\b|\b(?:yes|good|perfect|great)[,.!]/.test(
      lower,
    )
  )
    tags.push('check-passed');
  if (/\b(?:doesn't|does not|don't) (?:match|work|add up|fit|hold)\b|\b(?:contradict|inconsisten)/.test(lower) && kind === 'check')
    tags.push('check-failed');
  if (/\b(?:not (?:entirely |quite |really )?sure|confus(?:ed|ing)|unclear|i wonder|hmm)\b/.test(lower)) tags.push('doubt');
  if (
    /\b(?:i (?:made|must have made) a mistake|i was wrong|my mistake|that's (?:wrong|incorrect|not right)|i (?:misread|misunderstood|miscalculated|forgot|overlooked))\b/.test(
      lower,
    )
  )
    tags.push('error-admitted');
  if (/\b(?:assum(?:e|ing|ption)|presumably)\b/.test(lower)) tags.push('assumption');
  if (/\b(?:edge cases?|corner cases?|what if|empty (?:string|list|array|input)|null|negative numbers?)\b/.test(lower))
    tags.push('edge-case');
  return tags;
}
