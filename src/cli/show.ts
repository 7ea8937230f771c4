import { createAnalyser } from '../core/analyser.ts';
import { eventsOf, headOf } from '../core/codec.ts';
import { createInspection } from '../core/inspection.ts';
import type { Analyser } from '../core/analyse.ts';
import type { Inspection } from '../core/inspection.ts';
import type { TreeRow } from '../core/tree.ts';
import { treeOf } from '../core/tree.ts';
import { stateOf, textOf, thinkingMs } from '../core/trace.ts';
import type { ExitStatus, Io } from './io.ts';
import { write } from './io.ts';
import { gist, styled, visible } from './terminal.ts';
import { loadTrace } from './validate.ts';

/** `show FILE`: prints a saved trace as the view shows it: findings, then the tree, then the answer. */
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
  const { steps, phases, branches, findings } = inspection.analyser().snapshot();
  const reasoning = textOf(trace.parts, 'reasoning');
  const answer = textOf(trace.parts, 'answer').trim();
  const lines = [style('bold', visible(trace.head.title)), summary(inspection), ''];

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
  if (answer !== '') lines.push('', style('bold', 'Answer'), visible(answer));
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
