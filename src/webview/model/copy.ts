import type { Analysis } from '../../core/analysis.ts';
import type { Trace, TraceHead } from '../../core/trace.ts';
import { promptOf } from '../../core/inspection.ts';
import { t } from '../l10n.ts';
import { asidesOf } from './asides.ts';
import type { Aside } from './asides.ts';
import { visibleText } from './visible.ts';
import { messageOf } from './finding-words.ts';

export interface CopySource {
  readonly head: TraceHead | null;
  readonly trace: Trace | null;
  readonly analysis: Analysis;
  readonly reasoning: string;
  readonly answer: string;
}

/** Some of the reasoning, which begins at an offset, with what came between its words: each where it came. */
export function thoughtsText(text: string, start: number, asides: readonly Aside[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const aside of asides) {
    const at = Math.max(done, Math.min(text.length, aside.at - start));
    parts.push(text.slice(done, at), asideText(aside));
    done = at;
  }
  parts.push(text.slice(done));
  // empty lines around go, the indent of a first line stays
  const bare = parts.map((part) => part.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd());
  return bare.filter((part) => part !== '').join('\n\n');
}

function asideText({ kind, name, text }: Aside): string {
  if (kind === 'locked') return `[${t('A part of the reasoning here can be read by its provider only.')}]`;
  return `<${kind}${name === '' ? '' : ` name="${name}"`}>\n${text.trim()}\n</${kind}>`;
}

/** The reasoning between marks, so that it can't be mistaken for the answer wherever it is pasted. */
export function reasoningMarkdown({ reasoning, trace }: CopySource): string {
  const text = thoughtsText(reasoning, 0, asidesOf(trace?.parts ?? []));
  return `<reasoning>\n${visibleText(text).trim()}\n</reasoning>\n`;
}

export function answerMarkdown({ answer }: CopySource): string {
  return `${visibleText(answer).trim()}\n`;
}

/** Question, findings, reasoning and answer, in the order in which they are shown. */
export function traceMarkdown(source: CopySource): string {
  const { head, trace, analysis } = source;
  const out: string[] = [];
  if (head !== null)
    out.push(
      `# ${visibleText(head.title)}\n`,
      `${t('Model')}: ${trace?.serverModel ?? head.request.model}, ${head.request.endpoint}\n`,
      `## ${t('Prompt')}\n`,
      `${visibleText(promptOf(head)).trim()}\n`,
    );
  const shown = analysis.findings.filter((finding) => finding.shown);
  if (shown.length > 0) {
    out.push(`## ${t('Where this reasoning helps')}\n`);
    out.push(
      `${shown.map((finding) => `- ${visibleText(messageOf(finding))}${finding.steps[0] === undefined ? '' : ` (${t('step {0}', finding.steps[0] + 1)})`}`).join('\n')}\n`,
    );
  }
  if (source.reasoning !== '') out.push(`## ${t('Reasoning')}\n`, reasoningMarkdown(source));
  if (source.answer !== '') out.push(`## ${t('Answer')}\n`, answerMarkdown(source));
  return out.join('\n');
}
