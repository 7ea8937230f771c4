/** How a step stands to what was said before it. Shares are of its pairs of neighbouring words, 0 to 1. */
export interface Past {
  /** Share that was in the step most like it. */
  readonly share: number;
  /** Share that was in any step before. */
  readonly known: number;
  /** Share that is in the prompt. */
  readonly given: number;
  /** How many pairs there are to go by. */
  readonly pairs: number;
}
