import type { createAnalyser } from '../core/analyser.ts';
import type { ask, listModels } from '../providers/client.ts';

/** What differs between the desktop's and the browser's extension host: how the heavy parts are loaded, when first needed. */
export interface Platform {
  readonly loadClient: () => Promise<{ readonly ask: typeof ask; readonly listModels: typeof listModels }>;
  readonly loadAnalyser: () => Promise<{ readonly createAnalyser: typeof createAnalyser }>;
}
