export { batchCount, batchLength, epochOrder, gatherLabels, gatherOneHot, gatherRows } from "./batches.js";
export * from "./csv/index.js";
export {
  type ClassTarget,
  createDataset,
  type Dataset,
  type DatasetParts,
  type Preparation,
  type Split,
  type ValueTarget,
} from "./dataset.js";
export { allDigits, type DigitsOptions, digits } from "./digits.js";
export { DataError, DataOptionError } from "./error.js";
export { type IdxArray, idx, idxDataset, parseIdx } from "./idx.js";
export { applyNormalizer, fitNormalizer, type Normalizer } from "./normalizer.js";
export { takeRows } from "./rows.js";
export { kFold, type SplitOptions, splitDataset } from "./split.js";
export * as synthetic from "./synthetic.js";
export type { Numbers } from "./table.js";
