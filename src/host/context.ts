import * as vscode from 'vscode';
import type { ContextChip } from '../protocol/messages.ts';

/** Something from the workspace that goes along with a question. */
export interface ContextItem {
  readonly chip: ContextChip;
  /** Markdown that follows the prompt. */
  readonly text: string;
}

/** More of a file than this many characters is not sent without the user cutting it down. */
const MAX_CHARS = 60_000;

export function selectionContext(editor: vscode.TextEditor): ContextItem | undefined {
  const { document, selection } = editor;
  const text = document.getText(selection);
  if (text.trim() === '') return undefined;
  const name = vscode.workspace.asRelativePath(document.uri, false);
  const [first, last] = [selection.start.line + 1, selection.end.line + 1];
  return fromText('selection', `${name} ${first === last ? first : `${first}–${last}`}`, text, document.languageId);
}

export function problemContext(document: vscode.TextDocument, problem: vscode.Diagnostic): ContextItem {
  const name = vscode.workspace.asRelativePath(document.uri, false);
  const line = problem.range.start.line;
  const around = new vscode.Range(
    Math.max(0, line - 12),
    0,
    Math.min(document.lineCount - 1, problem.range.end.line + 12),
    Number.MAX_SAFE_INTEGER,
  );
  const code = fence(document.getText(document.validateRange(around)), document.languageId);
  const source = problem.source === undefined ? '' : ` (${problem.source})`;
  return {
    chip: { id: `problem:${name}:${line + 1}`, kind: 'problem', label: `${name}:${line + 1}`, preview: problem.message },
    text: `Problem in ${name}, line ${line + 1}${source}: ${problem.message}\n\n${name}, lines ${around.start.line + 1} to ${around.end.line + 1}:\n${code}`,
  };
}

/** What a caller of the `ask` command gives along. */
export function givenContext(text: string): ContextItem {
  return fromText('file', vscode.l10n.t('Given context'), text, '');
}

function fromText(kind: ContextChip['kind'], label: string, whole: string, language: string): ContextItem {
  const text = whole.length > MAX_CHARS ? `${whole.slice(0, MAX_CHARS)}\n…` : whole;
  return { chip: { id: `${kind}:${label}`, kind, label, preview: text.slice(0, 2000) }, text: `${label}:\n${fence(text, language)}` };
}

/** A fence longer than any inside, so that the text cannot end it. */
function fence(text: string, language: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${text}\n${ticks}`;
}

/** The message that is sent: the prompt, then what goes along with it. */
export function messageOf(prompt: string, context: readonly ContextItem[]): string {
  return [prompt, ...context.map((item) => item.text)].join('\n\n');
}
