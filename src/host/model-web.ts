import type { Model } from '../core/kinds/model.ts';

/**
 * Stands in for `core/kinds/model-data.ts` in the browser's extension host. That host takes one file only, so the trained
 * model, which the package holds once, is read from it before the analysis is first used.
 */
let held: Model | null = null;

export function holdModel(model: Model): void {
  held = model;
}

function model(): Model {
  if (held === null) throw new Error('the model was not read yet');
  return held;
}

/** @public the build puts it in the place of `MODEL` in `core/kinds/model-data.ts` */
export const MODEL: Model = {
  get header() {
    return model().header;
  },
  get vocabulary() {
    return model().vocabulary;
  },
  get weights() {
    return model().weights;
  },
};
