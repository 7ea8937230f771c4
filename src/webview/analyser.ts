import type { Analyser, AnalysisContext } from '../core/analyse.ts';
import type { Analysis } from '../core/analysis.ts';

type Create = (context: AnalysisContext) => Analyser;

export const EMPTY_ANALYSIS: Analysis = {
  analyser: '',
  steps: [],
  phases: [],
  branches: [],
  findings: [],
  links: [],
  firstAnswer: null,
  behaviours: { alternative: false, comparison: false, ambiguity: false, edgeCase: false, flaw: false },
};

let create: Create | null = null;
/** The analysis and its model are the biggest part of the view: they arrive after the first picture. */
const loading = import('../core/analyser.ts').then((module) => {
  create = module.createAnalyser;
});

/** Runs once the analysis can be used. */
export function onAnalyserLoaded(then: () => void): void {
  void loading.then(then);
}

/** An analyser that takes its text in portions, so that a trace of ten megabytes does not stop the view. */
export interface PacedAnalyser extends Analyser {
  /** Works for about so many milliseconds; returns whether there is more to do. */
  pump(budgetMs: number): boolean;
}

/** UTF-16 units handed over at once. */
const PORTION = 16_384;

export function createPacedAnalyser(context: AnalysisContext): PacedAnalyser {
  let inner: Analyser | null = null;
  let queue: { kind: 'reasoning' | 'answer' | 'end'; text: string; cutOff: boolean }[] = [];
  let at = 0;
  const enqueue = (kind: 'reasoning' | 'answer' | 'end', text: string, cutOff: boolean): void => {
    const last = queue.at(-1);
    if (queue.length > at && last?.kind === kind && last.text.length + text.length <= PORTION) last.text += text;
    else if (text.length <= PORTION) queue.push({ kind, text, cutOff });
    else for (let i = 0; i < text.length; i += PORTION) queue.push({ kind, text: text.slice(i, i + PORTION), cutOff });
  };
  return {
    push: (text) => enqueue('reasoning', text, false),
    pushAnswer: (text) => enqueue('answer', text, false),
    end: ({ cutOff }) => enqueue('end', '', cutOff),
    pump(budgetMs) {
      if (create === null) return queue.length > 0;
      inner ??= create(context);
      const until = performance.now() + budgetMs;
      while (at < queue.length) {
        const next = queue[at++];
        if (next?.kind === 'reasoning') inner.push(next.text);
        else if (next?.kind === 'answer') inner.pushAnswer(next.text);
        else if (next !== undefined) inner.end({ cutOff: next.cutOff });
        if (performance.now() > until) break;
      }
      if (at < queue.length) return true;
      queue = [];
      at = 0;
      return false;
    },
    steps: () => inner?.steps() ?? [],
    settled: () => inner?.settled() ?? 0,
    snapshot: () => inner?.snapshot() ?? EMPTY_ANALYSIS,
  };
}
