import type { Kind, Tag } from '../analysis.ts';
import type { StepFacts } from '../step-facts.ts';

/** What a single step shows beside its kind, by the words that people use for it. No tag hangs on the first word alone. */
const SHOWN: readonly (readonly [Tag, RegExp])[] = [
  [
    'alternative',
    /\balternatively\b|\banother (?:way|approach|option|idea|possibility|thought|method)\b|\bor maybe (?:we|i) (?:can|could|should)\b|\bon second thought\b|\ba (?:different|better|simpler) (?:way|approach|method|idea)\b/,
  ],
  [
    'branch',
    /\b(?:instead,? (?:let|we|i)|(?:let me|let's|maybe i should|i(?:'ll| should| could| can)) (?:try|consider|take|use) (?:another|a different|some other|a new|something else)|try another|think differently|scratch that|start over)\b/,
  ],
  [
    'check-start',
    /\b(?:let me|let's|let us|i(?:'ll| should| need to| want to| must|'d better| have to| can| could| will)|(?:we|you) (?:can|should|need to|must)|just|need|might|wait,?|now|quickly|worth|important) (?:also |just |quickly |try to |to |again )*(?:double[- ]?check|verify|verifying|re-?check|re-?verify|re-?examine|check|test|confirm|make sure(?! i understand)|sanity[- ]check|validate|see if (?:this|that|it))\b|^(?:verify|check|double[- ]check|test|sanity check)\b|\bto (?:verify|confirm|double[- ]check|be sure|make sure)\b|\b(?:let me|let's) (?:\w+ )*(?:again|more (?:accurately|precisely|carefully))\b|\b(?:is (?:that|this|it)|am i) (?:right|correct)\?/,
  ],
  [
    'check-passed',
    /\b(?:that|this|it|which|everything|all|these|they|equations?|relations?|units?|value|steps?|calculations?|answer|code|condition|result|approach)(?:'s| is| are| all| also| indeed| still| both| does| would| should| seems?(?: to be)?| looks?)* (?:more )?(?:correct|right|good|okay|ok|fine|consistent|reasonable|valid|the same|same as before|standard|match(?:es)?|works?(?: out)?|checks? out|holds?|make sense|makes sense|satisfied|confirms?)\b|^(?:so |okay,? |yes,? |yeah,? |yep,? |thus |indeed,? |hmm,? |all |and )*(?:good|correct|right|okay|fine|yes|yep|yeah|same|consistent|great|perfect|matches|divisible)[.!]*$|\b(?:confirms (?:the|that|my|it)|don't see any (?:errors?|mistakes?|problems?)|as expected|covered (?:all|everything)|i'm (?:confident|satisfied))\b/,
  ],
  [
    'check-failed',
    /\b(?:doesn't|does not|don't|didn't|do not) (?:quite |really )?(?:match|work|add up|fit|hold|agree|make sense|satisfy)\b|\bcontradict|\binconsistent\b|\bnot (?:divisible|satisfied|equal|consistent|matching)\b|\bfails\b/,
  ],
  [
    'doubt',
    /\bnot (?:\w+ )?(?:sure|certain|confident|familiar|clear)\b|\b(?:unsure|uncertain|unclear|confus(?:ed|ing|ion)|tangled|fuzzy|puzzl(?:ed|ing)|wonder(?:ing)?|ambiguous|tricky|inconsistent|vague)\b|\bi(?:'m| am) (?:getting |a bit |bit |still )*(?:stuck|lost)\b|\bmixing up\b|\bi (?:don't|do not) (?:know|remember|recall|have access)\b|\b(?:maybe|perhaps) (?:i|we) (?:missed|made|mis\w+|used the wrong|forgot)\b|\b(?:that|this|it) (?:is|seems|sounds|looks|might be|would be)(?: a bit| too| quite| more| very| rather)* (?:odd|strange|weird|off|wrong|complicated|involved|high|low|large|small|vague|huge|messy|time-consuming)\b|\bneed to be (?:more )?(?:careful|precise)\b|\bthat's (?:odd|strange|weird|a huge|confusing)\b/,
  ],
  [
    'error-admitted',
    /\b(?:i|we) (?:\w+ )?(?:made|make) (?:a|an|some)? ?(?:\w+ )?(?:mistakes?|errors?)\b|\bi was (?:wrong|mistaken)\b|\bmy (?:mistake|bad|error)\b|\bthat(?:'s| is| was| can't be|'s definitely) (?:wrong|incorrect|not right|not correct|right\?)|\b(?:i|we)(?: have|'ve)? (?:misread|misunderstood|miscalculated|miscounted|forgot|overlooked|missed|used the wrong|messed up|mixed up|confused)\b|\bsomething(?:'s| is)? (?:wrong|off|not right)\b|\bseems? off\b|\bwait,? no,? (?:i think|that's|it's|because)\b|\b(?:doesn't|does not) (?:directly|necessarily) (?:imply|apply|help|mean|work|follow)\b|\b(?:earlier|previous|initial|my|our) (?:\w+ ){0,3}(?:was|were|is|are|missed|must be|must have been) ?(?:wrong|incorrect|mistaken|flawed|this|an error)\b/,
  ],
  ['assumption', /\b(?:assum(?:e|es|ed|ing|ption|ptions)|presum(?:ably|e|ing)|take (?:it )?(?:as|for) given)\b/],
  [
    'edge-case',
    /\b(?:edge|corner|special|boundary) cases?\b|\bwhat if\b|\b(?:empty|null|none|zero|negative|missing|duplicate) (?:string|list|array|input|value|set|dict\w*|number|element|entr\w+|key)s?\b|\b(?:if|when) [^.]{0,40}\b(?:is|are|be) (?:empty|null|none|undefined|zero|negative|missing)\b|\b(?:overflow|out of (?:range|bounds)|division by zero)\b/,
  ],
];

const ANOTHER = /\banother (?:way|method)\b/;
const CHECK_START = SHOWN.find(([tag]) => tag === 'check-start')?.[1];

/** `before`: the step before, if there is one. */
export function tagsOf({ lower, fenced }: StepFacts, kind: Kind, before: StepFacts | undefined): readonly Tag[] {
  if (fenced) return [];
  const tags: Tag[] = [];
  for (const [tag, cue] of SHOWN) if (cue.test(lower)) tags.push(tag);
  const drop = (tag: Tag): void => {
    const i = tags.indexOf(tag);
    if (i >= 0) tags.splice(i, 1);
  };
  // another way that is named is a branch where the step takes it, not where it is only described
  if (tags.includes('alternative') && !tags.includes('branch') && kind !== 'setup' && kind !== 'answer') tags.splice(1, 0, 'branch');
  if (tags.includes('check-start') && before !== undefined && goesOn(lower, before)) drop('check-start');
  // what is to be checked has not passed yet, and a question has not either
  if (tags.includes('check-start') || tags.includes('check-failed') || tags.includes('doubt') || lower.includes('?')) drop('check-passed');
  // another way is no check of this one, and a mistake that is only asked after is not admitted
  if (ANOTHER.test(lower)) drop('check-start');
  if (lower.endsWith('?') || tags.includes('alternative')) drop('error-admitted');
  return tags;
}

/** Words of a step that says no more than that the check that the step before began goes on. */
const FEW_WORDS = 9;

/** A check begins once: "Let me verify that for n = 3. Let's test." */
function goesOn(lower: string, before: StepFacts): boolean {
  if (before.fenced || CHECK_START?.test(before.lower) !== true || ANOTHER.test(before.lower)) return false;
  return lower.split(' ').length <= FEW_WORDS;
}
