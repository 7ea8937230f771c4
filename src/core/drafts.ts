import type { Kind, Step } from './analysis.ts';
import { blocksOf } from './blocks.ts';
import type { StepFacts } from './step-facts.ts';
import { answerValue } from './values.ts';

/** A line of code that the reasoning wrote last in one way, and that stands in the answer in another. UTF-16 offsets. */
export interface ChangedLine {
  readonly step: number;
  /** Into the reasoning. */
  readonly draft: Place;
  /** Into the answer. */
  readonly answer: Place;
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Line extends Place {
  readonly tokens: readonly string[];
}

interface Draft extends Line {
  readonly step: number;
}

/** What the lines are taken from. */
export interface Drafted {
  readonly steps: readonly Step[];
  readonly facts: readonly StepFacts[];
  readonly prompt: string;
  readonly answer: string;
}

/** Lines of drafts, the last ones, and of the answer that are compared: each with each. */
const DRAFTS = 600;
const LINES = 300;
/** Code units: what is longer is data, not a line that somebody wrote. */
const LONGEST_LINE = 400;
/** Two lines are one and its other form when they share at least so much of their tokens, at both ends of one difference. */
const ALIKE = 0.7;
const FEWEST_TOKENS = 4;
const MOST_TOKENS = 60;

// a lifetime of Rust is no string that was opened
const TOKEN = /[A-Za-z_]\w*|\d+(?:\.\d+)?|'[a-z]\w*(?!\w*')|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s\w]/g;
/** `a // 2` is a division, `// what it does` a comment. */
const COMMENT = /\s(?:#(?!!)|\/\/\s*\S+\s+\S).*$/;
const CODE = /[=(){}[\];]|->|\bimport\b|\breturn\b|^@|:$|^[\w.-]+:\s+(?:["'\d]|true\b|false\b)/;
const COMMAND =
  /^(?:\$ )?(?:sudo |npx )?(?:git|npm|pnpm|yarn|docker|kubectl|helm|terraform|pip|cargo|go|rm|cp|mv|chmod|curl|tar|psql|redis-cli)\s/;
const PROSE = /[a-z]+ [a-z]+ [a-z]+ [a-z]+/;
const IN_TICKS = /`([^`\n]+)`/g;
/** A line of a diff, an item of a list, a quotation. */
const MARKED = /^[-+*>]/;
/** A trial or a check is another line, not another form of one. */
const TRIES = /^(?:assert|expect|print|console|puts|echo|it|test|describe|log)\b/i;
/** What a message says may be worded anew. */
const MESSAGE = /\b(?:raise|throw|panic|\w*[Ee]rror\w*|\w*[Ee]xception|log\w*|warn\w*|msg|message|help|description|label)\b/;
const DECLARES = /^(?:class|def|function|import|from|use|fn|func)\b/;
/** Stands for what is to be filled in; `...rest` spreads what is there. */
const PLACEHOLDER = /(?<![(,[{\s])\.\.\.|\.\.\.(?![A-Za-z_$])|…|(?<![\w:]|\w )<\w[\w -]*>|\bYOUR|\bTODO\b|\bxxx/i;
/** Steps of these kinds write what is to be the answer; others quote what is given, or try something. */
const WRITES: ReadonlySet<Kind> = new Set<Kind>(['plan', 'work', 'revise', 'conclude', 'answer']);

/**
 * Lines of the answer's code that differ from the last draft of the same line in one place that matters, and of which the reasoning
 * says nothing more: a name that is called, a literal, an operator, a condition turned round, an `await` left out, the owner of a
 * name, an option of a command, a semicolon at the end of the one line that the answer is. Lines that were drafted exactly so after
 * all others, that the prompt gives, or that are like several are left out.
 */
export function changedLines({ steps, facts, prompt, answer }: Drafted): readonly ChangedLine[] {
  // of a step that is very long only the beginning is known: what was drafted last cannot be told
  if (facts.some(({ text, start, end }) => text.length < end - start)) return [];
  const all = answerLines(answer);
  const lines = all.slice(0, LINES);
  if (lines.length === 0) return [];
  const kept = new Set(all.map(keyOf));
  const lastSame = new Map<string, number>();
  const others: Draft[] = [];
  for (const draft of draftsOf(steps, facts)) {
    if (kept.has(keyOf(draft))) lastSame.set(keyOf(draft), draft.start);
    else if (!PLACEHOLDER.test(draft.text)) others.push(draft);
  }
  if (others.length === 0) return [];
  const after = createAfter(facts);
  const given = new Set(linesOf(prompt, 0).map(keyOf));
  const inPrompt = [...given].join(' ');
  const changed: (ChangedLine & { readonly of: string; readonly to: string })[] = [];
  for (const line of lines) {
    if (PLACEHOLDER.test(line.text)) continue;
    const since = lastSame.get(keyOf(line));
    // where the line was drafted just so, only a later draft of what it assigns to speaks against it
    if (since !== undefined && targetOf(line) === null) continue;
    let last: Draft | null = null;
    let most = 0;
    for (const draft of others) {
      if (since !== undefined && (draft.start < since || targetOf(draft) !== targetOf(line))) continue;
      const likeness = alike(draft.tokens, line.tokens);
      if (likeness < ALIKE || likeness < most - 0.05) continue;
      last = draft;
      most = Math.max(most, likeness);
    }
    if (last === null || inPrompt.includes(keyOf(last))) continue;
    const difference = differenceOf(last, line);
    if (
      isNegation(difference) &&
      leaves(answer, line.end) !== leaves(facts[last.step]?.text ?? '', last.end - (facts[last.step]?.start ?? 0))
    )
      continue;
    const circumstances = { only: all.length === 1, revised: since !== undefined, answer };
    if (!matters(difference, line, circumstances) || isSaid(difference, after(last))) continue;
    changed.push({ step: last.step, draft: placeOf(last), answer: placeOf(line), of: keyOf(last), to: keyOf(line) });
  }
  // a draft that is like several lines is the other form of none
  const forms = new Map<string, Set<string>>();
  for (const { of, to } of changed) forms.set(of, (forms.get(of) ?? new Set()).add(to));
  return changed.filter(({ of }) => forms.get(of)?.size === 1).map((line) => ({ step: line.step, draft: line.draft, answer: line.answer }));
}

const keyOf = ({ tokens }: Line): string => tokens.join(' ');
const placeOf = ({ start, end, text }: Line): Place => ({ start, end, text });

function tokensOf(line: string): readonly string[] {
  const tokens = line.replace(COMMENT, '').match(TOKEN) ?? [];
  // how a string is quoted is no difference
  return tokens.map((token) => (/^(['"]).*\1$/.test(token) && token.length > 1 ? `"${token.slice(1, -1)}"` : token));
}

function linesOf(text: string, offset: number): Line[] {
  const lines: Line[] = [];
  let at = offset;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const start = at + raw.length - raw.trimStart().length;
    at += raw.length + 1;
    if (
      line.length > LONGEST_LINE ||
      line.startsWith('```') ||
      MARKED.test(line) ||
      TRIES.test(line) ||
      !(CODE.test(line) || COMMAND.test(line))
    )
      continue;
    if (PROSE.test(line.replace(/"[^"]*"|'[^']*'|\bfor \w+ in\b/g, ''))) continue;
    const tokens = tokensOf(line);
    if (tokens.length >= FEWEST_TOKENS && tokens.length <= MOST_TOKENS) lines.push({ start, end: start + line.length, text: line, tokens });
  }
  return lines;
}

/** The code of the answer: what is in its fences; all of it when it has none, each of its lines is code, and it is no value. */
function answerLines(answer: string): readonly Line[] {
  const code = blocksOf(answer).filter(({ kind }) => kind === 'code');
  if (code.length > 0) return code.flatMap(({ start, end }) => linesOf(answer.slice(start, end), start));
  const lines = linesOf(answer, 0).filter(({ text }) => /[A-Za-z_]\w* ?[=(]/.test(text));
  return lines.length === answer.split('\n').filter((line) => line.trim() !== '').length && answerValue(answer) === null ? lines : [];
}

function draftsOf(steps: readonly Step[], facts: readonly StepFacts[]): readonly Draft[] {
  const drafts: Draft[] = [];
  for (let step = facts.length - 1; step >= 0 && drafts.length < DRAFTS; step--) {
    const { text, start, fenced } = facts[step] as StepFacts;
    if (!WRITES.has(steps[step]?.kind ?? 'setup')) continue;
    const ticked = fenced ? [] : [...text.matchAll(IN_TICKS)].flatMap(({ index, 1: inside = '' }) => linesOf(inside, start + index + 1));
    const lines = ticked.length > 0 ? ticked : linesOf(text, start);
    for (const line of lines.reverse()) drafts.push({ ...line, step });
  }
  return drafts.reverse();
}

/** What a line assigns to, or that it returns; null: neither. */
function targetOf({ tokens }: Line): string | null {
  if (tokens[0] === 'return') return 'return';
  const i = tokens.indexOf('=');
  return i > 0 && tokens[i + 1] !== '=' && !tokens.slice(0, i).includes('(') ? tokens.slice(0, i).join(' ') : null;
}

/** Tokens that two lines share before and after the one place in which they differ, as a share of all. */
function alike(a: readonly string[], b: readonly string[]): number {
  const { before, after } = sharedEnds(a, b);
  return (2 * (before + after)) / (a.length + b.length);
}

function sharedEnds(a: readonly string[], b: readonly string[]): { before: number; after: number } {
  const most = Math.min(a.length, b.length);
  let before = 0;
  while (before < most && a[before] === b[before]) before++;
  let after = 0;
  while (after < most - before && a[a.length - 1 - after] === b[b.length - 1 - after]) after++;
  return { before, after };
}

/** The one place in which two lines differ: tokens of the draft that are gone, those that came, and what stands beside them. */
interface Difference {
  readonly gone: readonly string[];
  readonly come: readonly string[];
  readonly previous: string | undefined;
  readonly next: string | undefined;
  readonly second: string | undefined;
}

function differenceOf({ tokens: a }: Line, { tokens: b }: Line): Difference {
  const { before, after } = sharedEnds(a, b);
  return {
    gone: a.slice(before, a.length - after),
    come: b.slice(before, b.length - after),
    previous: a[before - 1],
    next: a[a.length - after],
    second: a[a.length - after + 1],
  };
}

interface Circumstances {
  /** The answer has no other line of code. */
  readonly only: boolean;
  /** The reasoning had it as the answer has it, and wrote it anew. */
  readonly revised: boolean;
  readonly answer: string;
}

const isName = (token = ''): boolean => /^[A-Za-z_]/.test(token);
const isOperator = (token: string): boolean => /^[<>=+\-*/%]$/.test(token);

const isNumber = (token = ''): boolean => /^\d/.test(token);
const TRUTH: ReadonlySet<string> = new Set(['true', 'false', 'True', 'False']);
const JOINS: ReadonlySet<string> = new Set(['&&', '||', 'and', 'or']);

/** A negation more or less. */
const isNegation = ({ gone, come }: Difference): boolean => /^(?:!|not)$/.test([...gone, ...come].join(''));

/** Whether the line after this one leaves: `if (!ok) return` and `if (ok) go on` are the same condition. */
const leaves = (text: string, end: number): boolean =>
  /^[^\n]*\n\s*(?:return|continue|break|throw|raise)\b/.test(text.slice(end, end + 400));

/** Says that a condition is to be turned round. */
const INVERTS = /\b(?:invert|negat|revers|flip|opposite|wrong way|(?:has to|must|should) be (?:on|off)|disabl|enabl)/i;

/** A condition turned round: a negation more or less, equal and unequal, all and any, true and false. */
function turnsRound({ gone, come, previous, next }: Difference): boolean {
  const [was, is] = [gone.join(''), come.join('')];
  if (TRUTH.has(was) && TRUTH.has(is)) return true;
  if (JOINS.has(was) && JOINS.has(is)) return true;
  if ((was === '!' && is === '=') || (was === '=' && is === '!')) return next === '=';
  if (was !== '' && is !== '') return false;
  // after a name `!` only says that something is there
  return was + is === 'not' || (was + is === '!' && next !== '=' && !/[\w\])]$/.test(previous === 'return' ? '' : (previous ?? '')));
}

/** Whether the one difference changes what the line does; another name for a thing of one's own does not. */
function matters({ gone, come, previous, next }: Difference, line: Line, { only, revised, answer }: Circumstances): boolean {
  const [was = '', is = ''] = [gone[0], come[0]];
  if (turnsRound({ gone, come, previous, next, second: undefined })) return true;
  if (gone.join('') === 'await' && come.length === 0) return true;
  // `n + 1` and `n`
  const [more, less] = gone.length > 0 ? [gone, come] : [come, gone];
  if (less.length === 0 && more.length === 2 && /^[+\-*/]$/.test(more[0] ?? '') && isNumber(more[1])) return true;
  if (only && gone.join('') === ';' && come.length === 0) return next === undefined;
  if (gone.length + come.length <= 2 && [...gone, ...come].every(isOperator))
    // `<` and `<=`, `+` and `-`; a sign, a pointer or a stricter `===` is another matter
    return (gone.length > 0 && come.length > 0) || ([...gone, ...come].join('') === '=' && (previous === '<' || previous === '>'));
  if (gone.length === 1 && come.length === 1) {
    if (was.startsWith('"') && is.startsWith('"'))
      return was.toLowerCase() !== is.toLowerCase() && (revised || sharesWords(was, is, line.text));
    // the same command is run for other lines, ports and sizes
    if (isNumber(was) && isNumber(is)) return !COMMAND.test(line.text);
    // an option of a command
    if (isName(was) && isName(is) && previous === '-' && /^\S+ .* -/.test(line.text) && !/[=(]/.test(line.text)) return true;
    if (isName(was) && isName(is))
      return (
        next === '(' && previous === '.' && line.tokens.length > 6 && !DECLARES.test(line.text) && !/\b(?:self|this)\b/.test(line.text)
      );
  }
  // `module.name` and `name`, where nothing imports the name; `super().name` and `self.name`
  if (come.length === 0) return gone.length === 2 && isName(was) && gone[1] === '.' && isName(next) && !isImported(next, answer);
  return gone.length === 3 && come.length === 1 && isName(was) && gone[1] === '(' && isName(is);
}

/** The same thing in other words, and no message. */
function sharesWords(a: string, b: string, line: string): boolean {
  if (MESSAGE.test(line)) return false;
  const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
  const known = new Set(words(a));
  const of = words(b);
  return of.length > 0 && 2 * of.filter((word) => known.has(word)).length >= Math.min(known.size, of.length) && known.size > 0;
}

function isImported(name = '', answer: string): boolean {
  return answer.split('\n').some((line) => /\b(?:import|require|use|using|include)\b/.test(line) && line.includes(name));
}

/** Gives the reasoning after a draft. It is put together once: many lines may differ. */
function createAfter(facts: readonly StepFacts[]): (draft: Draft) => string {
  const joined = facts.map(({ text }) => text).join('\n');
  const starts: number[] = [];
  let at = 0;
  for (const { text } of facts) {
    starts.push(at);
    at += text.length + 1;
  }
  return ({ step, end }) => joined.slice((starts[step] ?? 0) + end - (facts[step]?.start ?? 0));
}

/** Whether the reasoning comes to speak of what came, after the draft: then the draft is not its last word. */
function isSaid({ gone, come, previous, next, second = '' }: Difference, after: string): boolean {
  const turned = turnsRound({ gone, come, previous, next, second });
  if (come.length === 0 && !turned) return false;
  if (turned && INVERTS.test(after)) return true;
  if (come.length === 0) return false;
  const joined = come.join('');
  if (/^[+\-*/]\d/.test(joined)) return after.replace(/\s+/g, '').includes(joined);
  if (joined.startsWith('"')) {
    const words = joined.match(/[\p{L}\d]{3,}/gu) ?? [];
    return words.length > 0 && words.every((word) => after.includes(word));
  }
  // of `<=` only the second character came; `self` and `validate` are said of many things, `self.name` and `validate(` of this one
  if (joined === '=') return after.includes((previous ?? '') + joined);
  return stands(joined + (next === '.' ? `.${second}` : next === '(' ? next : ''), after);
}

/** Whether `what` is in the text as a thing of its own, not within a word. */
function stands(what: string, text: string): boolean {
  const isWord = (char: string): boolean => /\w/.test(char);
  for (let at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + 1)) {
    const end = at + what.length;
    const opens = at === 0 || !isWord(what.charAt(0)) || !isWord(text.charAt(at - 1));
    if (opens && (!isWord(what.charAt(what.length - 1)) || !isWord(text.charAt(end)))) return true;
  }
  return false;
}
