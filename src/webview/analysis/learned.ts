import * as kinds from '../../core/kinds/model-data.ts';
import * as signs from '../../core/signs/weights.ts';

/** What was learned, by name. In the built view it lies in a file of its own, read when the worker is started. */
export const LEARNED: Readonly<Record<string, unknown>> = { ...kinds, ...signs };
