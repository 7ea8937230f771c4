import type { Step } from '../core/analysis.ts';
import type { Analyser } from '../core/analyse.ts';
import type { Inspection } from '../core/inspection.ts';
import { stateOf, textOf } from '../core/trace.ts';
import { gist, styled, visible } from './terminal.ts';

/** Prints a run while it goes on: a line for each step that is finished, then the answer. */
export interface LivePrinter {
  /** What is new since the last call. */
  more(): string;
  end(): string;
}

export function createLivePrinter(inspection: Inspection<Analyser>, { colour }: { readonly colour: boolean }): LivePrinter {
  const { trace } = inspection;
  const style = styled(colour);
  let printed = 0;
  const line = (step: Step, reasoning: string) =>
    `${step.tags.includes('branch') ? '├╮' : '├─'} ${style('dim', step.kind.padEnd(8))} ${gist(reasoning, step.start, step.end)}\n`;
  const stepsUpTo = (count: number): string => {
    if (count <= printed) return '';
    const reasoning = textOf(trace.parts, 'reasoning');
    const lines = inspection.analyser().steps().slice(printed, count);
    printed = count;
    return lines.map((step) => line(step, reasoning)).join('');
  };
  return {
    more: () => stepsUpTo(inspection.analyser().settled()),
    end() {
      const steps = stepsUpTo(inspection.analyser().steps().length);
      const hidden = trace.parts
        .filter(({ kind, text }) => kind === 'reasoning' && text === '')
        .map(({ visibility }) => `├─ ${style('dim', visibility.padEnd(8))} reasoning that the provider does not show\n`);
      const { reasoningTokens, answerTokens, estimated = [] } = trace.usage;
      const count = (name: string, tokens: number | undefined) =>
        tokens === undefined ? [] : [`${estimated.includes(name) ? 'about ' : ''}${tokens} tokens of ${name.replace('Tokens', '')}`];
      const state = [stateOf(trace), ...count('reasoningTokens', reasoningTokens), ...count('answerTokens', answerTokens)].join(', ');
      const answer = textOf(trace.parts, 'answer').trim();
      return `${steps}${hidden.join('')}╰─ ${style('bold', state)}\n${answer === '' ? '' : `\n${visible(answer)}\n`}`;
    },
  };
}
