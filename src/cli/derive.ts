import {
  type Derivation,
  deriveExpression,
  deriveSoftmaxCrossEntropy,
  deriveSoftmaxJacobian,
  type ExpressionOptions,
} from "../index.js";
import { nestedObject } from "./explain-settings.js";
import type { Options } from "./options.js";

/** The derivations of the lecture notes that have a name, on the numbers they are usually shown with. */
const named: Readonly<Record<string, () => Derivation>> = {
  "softmax-cross-entropy": () => deriveSoftmaxCrossEntropy([1, 2, 0.5], [0, 1, 0]),
  jacobian: () => deriveSoftmaxJacobian([1, 2, 0.5]),
};

/** `--derive`: a named derivation, or that of an expression with the values of `--let`. */
export function derivationOf(expression: string, options: Options, seed: number | undefined): Derivation {
  const known = Object.hasOwn(named, expression.trim()) ? named[expression.trim()] : undefined;
  if (known !== undefined) return known();
  const values = options.has("let") ? nestedObject(options, "let") : undefined;
  const asked: ExpressionOptions = { ...(values !== undefined && { values }), ...(seed !== undefined && { seed }) };
  return deriveExpression(expression, asked);
}
