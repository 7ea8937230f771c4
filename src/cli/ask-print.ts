import type { Step } from '../core/analysis.ts';
import type { Inspection } from '../core/inspection.ts';
import { stateOf, textOf } from '../core/trace.ts';

/** Prints a run while it goes on: a line for each step that is finished, then the answer. */
export interface LivePrinter {
  /** What is new since the last call. */
  more(): string;
  end(): string;
}

const DIM = '\u001b[2m';
const BOLD = '\u001b[1m';
const PLAIN = '\u001b[0m';

export function createLivePrinter(inspection: Inspection, { colour }: { readonly colour: boolean }): LivePrinter {
  const { trace } = inspection;
  const style = (code: string, text: string) => (colour ? code + text + PLAIN : text);
  let printed = 0;
  const line = (step: Step, reasoning: string) => {
    const gist = reasoning
      .slice(step.start, Math.min(step.end, step.start + 400))
      .replace(/\s+/g, ' ')
      .trim();
    const short = gist.length > 100 ? `${gist.slice(0, 99)}…` : gist;
    return `${step.tags.includes('branch') ? '├╮' : '├─'} ${style(DIM, step.kind.padEnd(8))} ${visible(short)}\n`;
  };
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
        .map(({ visibility }) => `├─ ${style(DIM, visibility.padEnd(8))} reasoning that the provider does not show\n`);
      const { reasoningTokens, answerTokens, estimated = [] } = trace.usage;
      const count = (name: string, tokens: number | undefined) =>
        tokens === undefined ? [] : [`${estimated.includes(name) ? 'about ' : ''}${tokens} tokens of ${name.replace('Tokens', '')}`];
      const state = [stateOf(trace), ...count('reasoningTokens', reasoningTokens), ...count('answerTokens', answerTokens)].join(', ');
      const answer = textOf(trace.parts, 'answer').trim();
      return `${steps}${hidden.join('')}╰─ ${style(BOLD, state)}\n${answer === '' ? '' : `\n${visible(answer)}\n`}`;
    },
  };
}

/** Control characters would let a model drive the terminal. */
function visible(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
