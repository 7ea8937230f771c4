import type { Step } from '../analysis.ts';
import type { StepFacts } from '../step-facts.ts';
import { bare, clip } from '../phrase.ts';

/** Whose intention it is, or who says it, tells less than what is meant or said. */
const INTENT =
  /^(?:(?:let me|let's|let us|i(?:'ll| will| need to| should| have to| must| can| could|'m going to| want to| would)|we (?:need to|should|can|have to|must|'ll|could)|(?:you|they|he|she) (?:want|need)s? (?:me |us )?to|my (?:task|goal|job) is to|the (?:task|goal|idea|plan) is to|the (?:user|problem|task|question|prompt) (?:wants|asks|is asking|needs|requires|says|is asking for)(?: (?:me|us))?(?: (?:to|for|that|about))?|the (?:docstring|comment|description|function|code|answer) (?:says|should|must|needs to|mentions|would|will)(?: that)?(?: be)?|maybe (?:i|we) (?:can|could|should)|how (?:do|can|should|would|to)(?: (?:i|we))?|what (?:about|if)|is there|there (?:is|are)|it (?:seems|looks like|says)(?: that)?|(?:need|have|needs) to|make sure(?: that)?|steps to|now|maybe|perhaps|possibly|or|wait)\b(?!['’])[,:]?\s*(?:(?:also|first|now|just|try to|start by|begin by|think about|see if|see|figure out|go ahead and|be careful (?:with|about))\b(?!['’-]))?\s*)+/i;
/** What follows these is not claimed: it is asked, supposed, or still to be seen to. */
const UNCLAIMED = /\b(?:maybe|perhaps|possibly|what if|what about|make sure|see if|is there|whether)\b/i;
/** What cannot stand at the end. */
const WEAK_END =
  /\s+(?:the|a|an|of|to|in|on|and|or|for|with|by|is|are|was|be|that|this|it|its|as|at|from|if|when|which|but|so|then|their|his|her|your|my|our|into|will|would|can|not|we|i|they|you|using|has|have|had|should|does|do|did|because|since|where|how|what|called|named|says|means|being|must|might|could|may|also|just|than|like|each|any|all|some|there|these|those|only|unless|there's|against|about|over|under|between|during|within|per|via|until|while|whatever|whether|correctly|properly|probably|likely|actually|already|currently|specifically|simply|supposed|intended|able|referring|part|that's|it's|what's|who)$/i;
/** Where a clause that is too long may end: what follows tells more about what stands before. */
const JOINT =
  /\s+(?=(?:with|for|from|in|on|at|by|before|after|when|if|that|which|where|because|since|so|and|or|but|into|through|without|against|about|over|under|between|during|within|until|unless|while|whether|using|as|to|is|are|was|were|would|will|should|can|could)\s)/gi;
/** A line of code stands for itself badly. */
const CODE_LINE =
  /^\s*(?:```|"""|'''|\/[/*]|\*\/|.*\S\s*\{\s*$|(?:int|void|char|float|double|bool|auto|long|size_t|std::\w+)\b[\w\s*&<>:,]*\w\s*\(|(?:def|class|import|from|return|elif|else|except|try|public|private|protected|static|const|let|var|func|fn|package|#include|using)\b.*[^.?!\s]\s*$|(?:if|for|while|with)\b.*:\s*$|[\w.:<>*&[\]'" ]{1,40}\s?[-+*/|&]?=\s*\S|[{}()[\]<>@#$%|]|\w+\([^)]*\);?\s*$)/;
/** Of one `#` it cannot be told whether it is a heading or a comment. */
const HEADING = /^\s*#{2,6}\s+\S/;
const DEFINES = /\b(?:def|class|function|func|fn|interface|struct)\s+([A-Za-z_$][\w$]*)/;
/** What is said by the way before the point is made. */
const ASIDE =
  /^(?:about (?:how to )?|(?:in|for|since|as|with|given|after|at|by)\b(?![^,]*\b(?:standard|usual|usually|original|classic|if|unless|without)\b)[^,.;:!?]{1,40}, )(?=\S+ \S+)/i;
/** A clause that begins so says less by itself. */
const LEANS = /^(?:because|if|there'?s?|they|it|that|this|he|she|we|i|you|what|which|since|when|as|these|those|its|their)\b/i;
/** Words that name nothing: a title made of them alone says nothing. */
const EMPTY =
  /^(?:this|that|it|the|problem|task|step|by|carefully|code|again|tackle|solve|start|think|through|see|check|look|at|everything|all|out|about|figure|is|a|an|to|more|one|by one|correct|right|works?|thing|note|another|need|go|do|put|together|how|approach|okay|ok|above|as|that's|it's|in|so|handled|there|here|steps|each|any|first|next|now|what|which|about|implementing|implement|use|using|write|writing|read|reading|if|user|function|they|their|them|i|we|you|your|my|he|she|get|got|and|or|of|for|are|be|not)$/i;

/** Longest title in a script that is written without blanks, in UTF-16 code units. */
const DENSE_LENGTH = 28;

/** Steps from the beginning of a phase in which its title is looked for. */
const LOOK = 5;

/** Words of a title at most. */
const WORDS = 6;

/** A heading of up to 6 words drawn from the text of a phase. It depends on its first few steps, and on the titles before it, if others will do. */
export function titleOf(
  steps: readonly Step[],
  facts: readonly StepFacts[],
  from: number,
  to: number,
  used: ReadonlySet<string> = new Set(),
): string {
  let best = '';
  let most = -Infinity;
  let documents = false;
  for (let i = from; i < Math.min(to, from + LOOK); i++) {
    const f = facts[i];
    const step = steps[i];
    if (f === undefined || step === undefined) continue;
    // what documents drafted code is not the model's own word
    const within = documents;
    if (!f.fenced && (f.text.match(/"""/g)?.length ?? 0) % 2 === 1) documents = !documents;
    if (f.fenced || within || (CODE_LINE.test(firstLine(f.text)) && !HEADING.test(f.text))) continue;
    const { title, cut, heading } = words(f.text);
    if (title === '') continue;
    const names = DENSE.test(title) ? 2 : title.split(' ').filter((w) => !EMPTY.test(w)).length;
    const value =
      (heading ? 6 : 0) +
      (step.kind === 'plan' ? 2 : step.kind === 'revise' || step.kind === 'check' ? 1.5 : 0) +
      (cut === 'no' ? 1 : cut === 'between words' ? -1.5 : 0) +
      (LEANS.test(title) ? -1.5 : 0) +
      (used.has(title) ? -3 : 0) +
      Math.min(names, 4) -
      (i - from) * 0.9;
    // "Next, the queue." is a heading in all but form
    const announced = step.kind === 'plan' && cut === 'no' && names === 1 && /^(?:the|an?|our|my) /i.test(title);
    if ((names > (heading ? 0 : 1) || announced) && value + (announced ? 1 : 0) > most) {
      most = value + (announced ? 1 : 0);
      best = title;
    }
  }
  if (best !== '') return best;
  const first = facts.slice(from, Math.min(to, from + LOOK));
  const named = fallback(first);
  if (!used.has(named)) return named;
  // code again: what is said of it
  const said = first.filter((of) => !of.fenced && !CODE_LINE.test(firstLine(of.text))).map((of) => words(of.text).title);
  return said.find((title) => title.includes(' ') && title.length > 8 && !used.has(title)) ?? named;
}

/** Scripts that are written without blanks. */
const DENSE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]{3}/;

interface Words {
  readonly title: string;
  /** Where the clause was cut off, if it was: before words that only add to it, or anywhere. */
  readonly cut: 'no' | 'at a joint' | 'between words';
  /** The model wrote it as a heading. */
  readonly heading: boolean;
}

const firstLine = (text: string): string => text.slice(0, 400).split('\n')[0] ?? '';

/** Inline code and calls keep their blanks and points while clauses are cut. */
const HIDDEN = 0xe000;
const KEPT_WHOLE = /`[^`\n]*`|\b[A-Za-z_$][\w$.]*\([^()\n]{0,40}\)/g;

/** The first words that carry something: openers and "let me" dropped, inline code kept whole. */
function words(text: string): Words {
  // these stand for what is hidden below
  const line = firstLine(text).replace(/[\ue000-\ue0ff]/g, '');
  const heading = /^\s*(?:[-*+•]\s+)?(?:\d+[.)]\s+)?(?:#{1,6}\s+|\*\*)([^*\n]{2,60}?)(?:\*\*|:|$)/.exec(line)?.[1];
  let dropped = '';
  const rest =
    heading ??
    [INTENT, ASIDE, INTENT].reduce((left, words) => {
      if (words === INTENT) dropped += INTENT.exec(left)?.[0] ?? '';
      return bare(left.replace(words, ''));
    }, bare(line));
  const hidden = rest.replace(KEPT_WHOLE, (code) => code.replace(/[.;:!?,( "']/g, (c) => String.fromCharCode(HIDDEN + c.charCodeAt(0))));
  const clause = (/^(?:[^.;:!?…。！？，、,(—–]|[.:](?=\w))*/.exec(hidden)?.[0] ?? '').trim();
  const parts = clause.split(/\s+/);
  const asked = UNCLAIMED.test(dropped) || /^[?？]/.test(hidden.slice(clause.length).trimStart());
  let cut: Words['cut'] = parts.length <= WORDS ? 'no' : 'between words';
  let title = parts.slice(0, WORDS).join(' ');
  if (cut !== 'no') {
    const joints = [...title.matchAll(JOINT)].map(({ index }) => index).filter((at) => title.slice(0, at).split(' ').length >= 3);
    const joint = joints.at(-1);
    if (joint !== undefined) cut = 'at a joint';
    title = title.slice(0, joint ?? title.length);
  }
  title = title.replace(/^[*\s-]+|[*\s-]+$/g, '');
  while (WEAK_END.test(title)) title = title.replace(WEAK_END, '');
  title = unquoted(title).replace(/[\ue000-\ue0ff]/g, (c) => String.fromCharCode(c.charCodeAt(0) - HIDDEN));
  const longest = DENSE.test(title) ? DENSE_LENGTH : 60;
  if (title.length > longest) title = clip(title, longest);
  if (!/[\p{L}\p{N}]/u.test(title)) return { title: '', cut, heading: false };
  const small = /^[a-z]/.test(title) && !/^\w+(?:[._([]|\s*[=<>!]=?\s)|^[a-z]+[A-Z]/.test(title);
  const headed = small ? capital(title) : title;
  return { title: asked && !/[?？…]$/.test(headed) ? headed + '?' : headed, cut, heading: heading !== undefined };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Without the marks of a quotation that is all of it, or that was cut. */
function unquoted(title: string): string {
  const whole = /^(["'])([^"']*)\1$/.exec(title)?.[2] ?? title;
  const double = (whole.match(/["“”]/g)?.length ?? 0) % 2 === 1 ? whole.replace(/["“”]/g, '') : whole;
  const SINGLE = /(?<!\w)'|'(?!\w)/g;
  return (double.match(SINGLE)?.length ?? 0) % 2 === 1 ? double.replace(SINGLE, '') : double;
}

/** A phase that begins with code is named by what the code defines. */
function fallback(facts: readonly StepFacts[]): string {
  const [first] = facts;
  if (first === undefined) return 'Reasoning';
  for (const { text, fenced } of facts) {
    const name = fenced || CODE_LINE.test(firstLine(text)) ? DEFINES.exec(text)?.[1] : undefined;
    if (name !== undefined) return `Code of ${name}`;
  }
  if (first.fenced || CODE_LINE.test(firstLine(first.text))) {
    const name = first.names.find((n) => n.length > 2 && n.length <= 40);
    return name === undefined ? 'Code' : `Code of ${name}`;
  }
  const { title } = words(first.text);
  return title.length > 8 && title.includes(' ') ? title : capital(clip(bare(first.text).trim(), 40)) || 'Reasoning';
}
