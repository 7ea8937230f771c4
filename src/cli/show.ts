import { createAnalyser } from '../core/analyser.ts';
import type { Analysis, Link } from '../core/analysis.ts';
import { eventsOf, headOf } from '../core/codec.ts';
import { courseOf, percentOf } from '../core/course.ts';
import { createInspection } from '../core/inspection.ts';
import type { Analyser } from '../core/analyse.ts';
import type { Inspection } from '../core/inspection.ts';
import { writtenWords } from '../core/link-words.ts';
import type { TreeRow } from '../core/tree.ts';
import { treeOf } from '../core/tree.ts';
import { stateOf, textOf, thinkingMs } from '../core/trace.ts';
import type { ExitStatus, Io } from './io.ts';
import { write } from './io.ts';
import { gist, styled, visible } from './terminal.ts';
import { loadTrace } from './validate.ts';

/** `show FILE`: prints a saved trace as the view shows it: figures, findings, the tree, the answer and what is behind it. */
export async function runShow(args: readonly string[], io: Io): Promise<ExitStatus> {
  const [file, ...more] = args;
  if (file === undefined || more.length > 0) {
    io.stderr.write('usage: reasoning-inspector show FILE\n');
    return 2;
  }
  try {
    const { document, newer } = await loadTrace(file);
    if (newer) io.stderr.write(`${file}: written by a newer version; shown as far as it is understood\n`);
    const inspection = createInspection(headOf(document), createAnalyser);
    for (const event of eventsOf(document)) inspection.apply(event);
    await write(io.stdout, drawTrace(inspection, io.isTTY));
    return 0;
  } catch (error) {
    io.stderr.write(`${file}: ${(error as Error).message}\n`);
    return 1;
  }
}

/** A whole trace as text for a terminal. */
export function drawTrace(inspection: Inspection<Analyser>, colour: boolean): string {
  const { trace } = inspection;
  const style = styled(colour);
  const analysis = inspection.analyser().snapshot();
  const { steps, phases, branches, findings, links } = analysis;
  const reasoning = textOf(trace.parts, 'reasoning');
  const answer = textOf(trace.parts, 'answer');
  const lines = [style('bold', visible(trace.head.title)), summary(inspection)];
  const course = answer === '' ? '' : courseLine(analysis);
  if (course !== '') lines.push(course);
  lines.push('');

  const shown = findings.filter((finding) => finding.shown);
  if (shown.length > 0) lines.push(style('bold', 'Where this reasoning helps'));
  for (const { message, steps: at } of shown)
    lines.push(`  ${style('yellow', '!')} ${visible(message)}${at[0] === undefined ? '' : style('dim', `  step ${at[0] + 1}`)}`);
  if (shown.length > 0) lines.push('');

  const turns = new Map(branches.map((branch) => [branch.at, branch]));
  const draw = (row: TreeRow): void => {
    const step = steps[row.at];
    if (row.type === 'phase') {
      const count = row.end - row.at + 1;
      lines.push(`${style('bold', visible(row.title ?? ''))}${style('dim', `  ${count} ${count === 1 ? 'step' : 'steps'}`)}`);
    } else if (step !== undefined) {
      const turn = turns.get(row.at);
      if (turn !== undefined) {
        const reason = turn.reason === '' ? '' : `: ${visible(turn.reason)}`;
        lines.push(`  ${style('yellow', `↶ leaves what began at step ${turn.from + 1}${reason}`)}`);
      }
      const indent = '  '.repeat(row.depth - 2);
      lines.push(
        `  ${style('dim', `${String(row.at + 1).padStart(4)} ${step.kind.padEnd(8)}`)} ${indent}${gist(reasoning, step.start, step.end)}`,
      );
    }
    row.children.forEach(draw);
  };
  treeOf({ steps, phases }).forEach(draw);
  for (const { visibility, kind, text } of trace.parts)
    if (kind === 'reasoning' && text === '') lines.push(`  reasoning that is ${visibility}: the provider does not show it`);
  if (answer.trim() !== '') lines.push('', style('bold', 'Answer'), visible(answer.trim()));
  if (steps.length > 0 && links.length > 0) lines.push('', style('bold', 'Behind the answer'));
  if (steps.length > 0)
    for (const link of links) lines.push(...behind(link, answer).map((line, i) => (i === 0 ? `  ${line}` : style('dim', `    ${line}`))));
  return `${lines.join('\n')}\n`;
}

function summary({ trace }: Inspection<Analyser>): string {
  const thought = thinkingMs(trace);
  const { reasoningTokens, estimated = [] } = trace.usage;
  return [
    visible(trace.serverModel ?? trace.head.request.model),
    stateOf(trace),
    thought === null ? 'no reasoning shown' : `thought ${(thought / 1000).toFixed(1)} s`,
    reasoningTokens === undefined ? '' : `${estimated.includes('reasoningTokens') ? 'about ' : ''}${reasoningTokens} tokens of reasoning`,
    trace.failure?.message ?? '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Where the answer was first reached, what came after it, how much was repetition; empty where nothing of it is known. */
function courseLine(analysis: Analysis): string {
  const { first, after, idle, repetition } = courseOf(analysis);
  const [rest, again] = [percentOf(after), percentOf(repetition)];
  if (first === null && again === 0) return '';
  return [
    first === null ? '' : `answer first reached at step ${first + 1} of ${analysis.steps.length}`,
    first === null || rest === 0 ? '' : idle ? `the ${rest} % after it changed nothing` : `${rest} % of the reasoning after it`,
    first === null ? `${again} % of the reasoning is repetition` : `${again} % repetition`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** The words that a block of the answer begins with, then the steps behind it and what links them to it. */
function behind({ block, steps, score, words }: Link, answer: string): readonly string[] {
  const numbers = steps.map((step) => step + 1).join(', ');
  const shared = writtenWords(answer.slice(block.start, block.end), words).join(', ');
  return [
    gist(answer, block.start, block.end, 76),
    steps.length === 0
      ? 'not in the reasoning'
      : steps.length === 1
        ? `step ${numbers} shares ${shared}; covers ${percentOf(score)} %`
        : `steps ${numbers} share ${shared}; the closest covers ${percentOf(score)} %`,
  ];
}
