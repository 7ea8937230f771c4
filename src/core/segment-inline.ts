/** What stands within a sentence and is not cut: formulas between dollar signs and literals of strings, told by what is beside their marks. */
import { COLON, COMMA, DOT, isDigit, isName, isSpace } from './segment-chars.ts';

const isBlank = (char: number): boolean => Number.isNaN(char) || isSpace(char);

/** Whether the dollar sign at `i` may begin a formula, not a price or a variable. */
export function opensMath(text: string, i: number): boolean {
  const next = text.charCodeAt(i + 1);
  const before = text.charCodeAt(i - 1);
  if (!isBlank(before) && before < 128 && !'([{"\'-*_:,|>'.includes(text.charAt(i - 1))) return false;
  if (isBlank(next) || '({$"\').,;:]|'.includes(text.charAt(i + 1))) return false;
  if (!isDigit(next)) return true;
  // a number and a space or comma is a price, unless an operator follows
  let k = i + 1;
  while (k < i + 16 && (isDigit(text.charCodeAt(k)) || text.charCodeAt(k) === DOT || text.charCodeAt(k) === COMMA)) k++;
  if (text.charCodeAt(k) !== 32) return !isBlank(text.charCodeAt(k)) && text.charCodeAt(k - 1) !== DOT && text.charCodeAt(k - 1) !== COMMA;
  return '+-=<>*/^\\'.includes(text.charAt(k + 1));
}

/** Whether the dollar sign at `i` may end a formula. */
export function closesMath(text: string, i: number): boolean {
  return !isBlank(text.charCodeAt(i - 1)) && !isName(text.charCodeAt(i + 1));
}

/**
 * Whether the quotation mark at `i` begins a string literal: `strong` behind an opening bracket or operator, `weak` as a
 * further argument, which only the bracket behind it tells from a quotation; 0: no.
 */
export function opensLiteral(text: string, i: number, weak: number, strong: number): number {
  let j = i - 1;
  // f"…"
  if ('fbru'.includes(text.charAt(j)) && !isName(text.charCodeAt(j - 1))) j--;
  if (!isName(text.charCodeAt(i + 1)) && !'</%{#'.includes(text.charAt(i + 1))) return 0;
  const before = text.charAt(j);
  if (before !== '' && '=[{+'.includes(before)) return strong;
  if (before === '(') return isName(text.charCodeAt(j - 1)) ? strong : 0;
  if (before !== ' ') return 0;
  switch (text.charCodeAt(j - 1)) {
    case 0x3d: // =
    case 0x2b: // +
      return strong;
    case COMMA:
      return weak;
    case COLON:
      return text.charCodeAt(j - 2) === 0x22 || text.charCodeAt(j - 2) === 0x27 ? strong : 0;
    default:
      return 0;
  }
}

/** Whether the quotation mark at `i` ends a string literal; `argument`: only before a closing bracket. */
export function closesLiteral(text: string, i: number, argument: boolean): boolean {
  const next = text.charCodeAt(i + 1);
  return argument ? next === 0x29 || next === 0x5d || next === 0x7d : !isName(next);
}
