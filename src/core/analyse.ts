import type { Analysis, Step } from './analysis.ts';

/** What the analysis knows besides the reasoning itself. */
export interface AnalysisContext {
  readonly prompt?: string;
  /** Fixed cuts `[start, end]`; the steps are then exactly these. Only for whole texts. */
  readonly segments?: readonly (readonly [number, number])[];
}

/** Something that a chain of thought and its answer are read to as they come. */
export interface Reader {
  /** More of the reasoning. */
  push(text: string): void;
  /** More of the answer. */
  pushAnswer(text: string): void;
  /** Nothing more will come; `cutOff` when the response ended at a limit or broke. */
  end(how: { readonly cutOff: boolean }): void;
}

/**
 * Reads a chain of thought while it grows.
 *
 * Law: whatever the cutting into chunks, `snapshot()` after them equals `snapshot()` after the whole text at once, and a
 * step below `settled()` never changes again.
 */
export interface Analyser extends Reader {
  /** The steps so far, the last one still growing. The same array as long as nothing was pushed. */
  steps(): readonly Step[];
  /** Number of leading steps that can never change again. */
  settled(): number;
  /** The analysis of all that was pushed so far. Costs more than `push`: ask for it once a frame, not once a chunk. */
  snapshot(): Analysis;
}
