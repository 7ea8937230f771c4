import type { Step } from '../analysis.ts';
import type { StepFacts } from '../step-facts.ts';
import { bare } from '../phrase.ts';

const INTENT =
  /^(?:(?:let me|let's|let us|i(?:'ll| will| need to| should| have to| must| can| could|'m going to| want to)|we (?:need to|should|can|have to|must|'ll)|my (?:task|goal|job) is to|the (?:task|goal) is to|maybe (?:i|we) (?:can|could|should)|how (?:do|can|should|would) (?:i|we)|what (?:about|if)|is there|wait)\b[,:]?\s*(?:also|first|now|just|try to|start by|begin by|think about|see if|see|go ahead and)?\s*)+/i;
const WEAK_END =
  /\s+(?:the|a|an|of|to|in|on|and|or|for|with|by|is|are|was|be|that|this|it|its|as|at|from|if|when|which|but|so|then|their|his|her|your|my|our|into|will|would|can|not|we|i|they|using|has|have|should|does|do|did|because|since|where|how|what)$/i;
/** Words that name nothing: a title made of them alone says nothing. */
const EMPTY =
  /^(?:this|that|it|the|problem|task|step|by|carefully|code|again|tackle|solve|start|think|through|see|check|look|at|everything|all|out|about|figure|is|a|an|to|more|one|by one|correct|right|works?)$/i;

/** Steps from the beginning of a phase in which its title is looked for. */
const LOOK = 5;

/** A heading of 2 to 6 words drawn from the text of a phase. It depends on its first few steps alone. */
export function titleOf(steps: readonly Step[], facts: readonly StepFacts[], from: number, to: number): string {
  let best = '';
  let most = -1;
  for (let i = from; i < Math.min(to, from + LOOK); i++) {
    const f = facts[i];
    const step = steps[i];
    if (f === undefined || step === undefined || f.fenced) continue;
    const title = words(f.text);
    if (title === '') continue;
    const names = title.split(' ').filter((w) => !EMPTY.test(w)).length;
    const heading = /^\s*(?:#{1,6}\s|\*\*[^*]+\*\*:?|\d+\.\s+\*\*)/.test(f.text);
    const value =
      (heading ? 6 : 0) +
      (step.kind === 'plan' ? 2 : step.kind === 'revise' || step.kind === 'check' ? 1.5 : 0) +
      Math.min(names, 4) -
      (i - from) * 0.9;
    if (names > 0 && value > most) {
      most = value;
      best = title;
    }
  }
  return best === '' ? fallback(facts[from]) : best;
}

/** The first words that carry something: openers and "let me" dropped, inline code kept whole. */
function words(text: string): string {
  const line = text.slice(0, 400).split('\n')[0] ?? '';
  const heading = /^\s*(?:\d+[.)]\s+)?(?:#{1,6}\s+|\*\*)([^*\n]{2,60}?)(?:\*\*|:|$)/.exec(line);
  const rest = heading?.[1] ?? bare(bare(line).replace(INTENT, ''));
  const cut =
    /^[^.;:!?…。！？，,(]*/.exec(
      rest.replace(/`[^`\n]*`/g, (code) => code.replace(/[.;:!?,( ]/g, (c) => String.fromCharCode(0xe000 + c.charCodeAt(0)))),
    )?.[0] ?? '';
  const parts = cut.trim().split(/\s+/).slice(0, 6);
  let title = parts.join(' ').replace(/[\ue000-\ue0ff]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xe000));
  title = title.replace(/^[*_"'\s-]+|[*_"'\s-]+$/g, '');
  while (WEAK_END.test(title)) title = title.replace(WEAK_END, '');
  if (title.length > 60) title = title.slice(0, 60);
  if (title === '' || !/[\p{L}\p{N}]/u.test(title)) return '';
  return /^[a-z]/.test(title) && !/^\w+[._([]|^[a-z]+[A-Z]/.test(title) ? title.charAt(0).toUpperCase() + title.slice(1) : title;
}

function fallback(facts: StepFacts | undefined): string {
  if (facts === undefined) return 'Reasoning';
  if (facts.fenced) {
    const name = facts.names.find((n) => n.length > 2);
    return name === undefined ? 'Code' : `Code of ${name}`;
  }
  const line = facts.text.trim().split(/\s+/).slice(0, 6).join(' ');
  return line.length > 40 ? line.slice(0, 40) : line || 'Reasoning';
}
