import { unpackBits } from "./base64.js";
import { createDataset, type Dataset, type Split } from "./dataset.js";
import { DIGIT_COUNT, DIGIT_LABELS, DIGIT_PIXELS } from "./digits.data.js";
import { DataOptionError } from "./error.js";
import { checkOptionNames } from "./options.js";
import { takeRows } from "./rows.js";
import { splitDataset } from "./split.js";

const PIXELS = 64;
const TRAINING_ROWS = 1437;

export interface DigitsOptions {
  /** `ordered` (default): the last 360 examples, by other writers, are the test part. `random`: stratified, by the seed. */
  readonly split?: "ordered" | "random";
  /** For `random`. Default 1. */
  readonly seed?: number;
  /** For `random`: the share of the test part. Default 0.2. */
  readonly fraction?: number;
}

/**
 * 1,797 handwritten digits, 8 × 8 pixels of 0 (blank) to 16, row by row; to be scaled to [0, 1].
 * The ordered split (1,437 and 360) asks to read other people's hands, and is the harder and the more honest one.
 *
 * Alpaydin and Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning Repository, 1998, CC BY 4.0.
 * @throws DataOptionError for an option that is not accepted.
 */
export function digits(options: DigitsOptions = {}): Split<64, 10> {
  checkOptionNames("digits", options, ["split", "seed", "fraction"]);
  const { split = "ordered", seed = 1, fraction } = options;
  const all = allDigits();
  if (split === "random") return splitDataset(all, fraction === undefined ? { seed } : { seed, fraction });
  if (split !== "ordered") {
    throw new DataOptionError(`digits: split is "${String(split)}"; use "ordered" or "random"`);
  }
  if (fraction !== undefined) {
    throw new DataOptionError(
      'digits: the ordered split is fixed at 1,437 and 360; use split: "random" with a fraction',
    );
  }
  const rows = Int32Array.from({ length: all.count }, (_, row) => row);
  return {
    training: takeRows(all, rows.subarray(0, TRAINING_ROWS), "digits (training)"),
    test: takeRows(all, rows.subarray(TRAINING_ROWS), "digits (test)"),
  };
}

/** The digits of `digits()` in one piece, in their order; for cross-validation, say. */
export function allDigits(): Dataset<64, 10> {
  return createDataset({
    name: "digits",
    inputs: PIXELS,
    outputs: 10,
    features: Float32Array.from(unpackBits(DIGIT_PIXELS, 5, DIGIT_COUNT * PIXELS)),
    target: {
      kind: "class",
      labels: Int32Array.from(unpackBits(DIGIT_LABELS, 4, DIGIT_COUNT)),
      classes: Array.from({ length: 10 }, (_, digit) => String(digit)),
    },
    featureNames: Array.from({ length: PIXELS }, (_, pixel) => `pixel_${Math.floor(pixel / 8) + 1}_${(pixel % 8) + 1}`),
    preparation: "scale",
  });
}
