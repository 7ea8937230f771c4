import type { Kind } from '../analysis.ts';
import type { StepFacts } from '../step-facts.ts';

/** Cues by kind, strongest tie first (the order of the guideline). No cue is an opener alone: "Wait" says nothing by itself. */
const CUES: readonly (readonly [Kind, number, RegExp])[] = [
  [
    'revise',
    0.7,
    /\b(alternatively|scratch that|that's (?:not right|wrong|incorrect)|i was wrong|i made a mistake|no, (?:that|actually)|instead of that|on second thought)\b/,
  ],
  ['revise', 0.55, /\bactually,? (?:no|the user|we|i|it)\b|\b(?:rather|instead), (?:we|i|let)\b/],
  [
    'check',
    0.7,
    /\b(let me|let's|i(?:'ll| should| need to| will)|to) (?:double[- ]?check|verify|test|re-?check|confirm|make sure|validate)\b/,
  ],
  [
    'check',
    0.65,
    /\b(that (?:matches|works|checks out)|which (?:matches|is correct)|(?:yes|okay|good), (?:that|this|it)(?:'s| is)? (?:correct|right|matches|works))\b/,
  ],
  ['doubt', 0.6, /\b(not (?:entirely |quite |really )?sure|i wonder|confus(?:ed|ing)|unclear|ambiguous|hmm)\b/],
  ['doubt', 0.5, /\?["')*]*$|\bmaybe\b.*\b(?:or|but)\b/],
  [
    'answer',
    0.6,
    /\b(final (?:answer|code|solution)|here(?:'s| is) the (?:code|final|complete)|\\boxed|i'll (?:write|present|structure) the (?:answer|response|final))\b/,
  ],
  ['conclude', 0.55, /^(?:so|therefore|thus|hence)\b.*\b(?:should|must|is|are|need|would|will|can)\b|\btherefore\b/],
  [
    'example',
    0.6,
    /\b(for example|for instance|e\.g\.|suppose|say,? (?:we|the)|test case|if (?:n|x|k|the (?:input|list|string|array)) (?:is|=|==))/,
  ],
  [
    'plan',
    0.6,
    /\b(let me|let's|i(?:'ll| will| need to| should| have to)|we (?:need to|should|'ll)|first,|next,|the (?:next )?steps?)\b.*\b(?:look|think|start|write|figure|consider|break|go through|check out|outline|implement|create|handle|see|structure)\b/,
  ],
  [
    'recall',
    0.5,
    /\b(i (?:remember|recall|know)|in (?:python|javascript|typescript|java|c\+\+|rust|go|sql|react|django|html|css)\b|by default|is (?:a|an|the) (?:function|method|library|standard)|returns? (?:a|an|the))\b/,
  ],
  [
    'setup',
    0.6,
    /\b(the (?:user|problem|question|task|function|docstring|code) (?:wants?|is asking|asks|says|states|provided|given|mentions|has|requires?)|i(?:'m| am)? (?:given|need to (?:solve|write))|we are given|the input)\b/,
  ],
];

/** A label from words alone; what the learned model is measured against. */
export function scoreByRules(facts: StepFacts, previous: StepFacts | null, index: number): { kind: Kind; confidence: number } {
  if (facts.fenced) return { kind: 'work', confidence: 0.5 };
  for (const [kind, confidence, cue] of CUES) if (cue.test(facts.lower)) return { kind, confidence };
  if (previous === null || index < 4) return { kind: 'setup', confidence: 0.5 };
  return { kind: 'work', confidence: 0.35 };
}
