import { evaluateAll } from "../autodiff/index.js";
import { add } from "../ops/add.js";
import { constantTensor } from "../ops/constant.js";
import { matmul } from "../ops/matmul.js";
import { reshape } from "../ops/reshape.js";
import { sum } from "../ops/sum.js";
import { transpose } from "../ops/transpose.js";
import type { Tensor, TensorValue } from "../tensor/index.js";
import type { ShapeRow } from "./explanation.js";
import { type Scene, widthOf } from "./scene.js";

/** Every value's shape with examples in rows and with examples in columns; gradients have the shapes of their values. */
export function shapeTable(scene: Scene): ShapeRow[] {
  const turned = (node: Tensor): ShapeRow => ({
    name: scene.nameOf(node),
    row: node.shape,
    column: [...node.shape].reverse(),
  });
  const seen = new Set<Tensor>();
  const rows: ShapeRow[] = [turned(scene.x)];
  for (const { output, parts } of scene.places) {
    for (const [short, tensor] of Object.entries(parts)) {
      const { name = short, shape } = tensor;
      if (shape.length === 2) rows.push({ name, row: shape, column: shape });
      else rows.push({ name, row: [1, widthOf(tensor)], column: [widthOf(tensor), 1] });
    }
    if (!seen.has(output) && output !== scene.x) rows.push(turned(output));
    seen.add(output);
  }
  return rows;
}

/**
 * The dense layers' formulas with examples in columns (Z = W·A + b, dW = dZ·Aᵀ, db = Σ dZ, dA = Wᵀ·dZ) computed from
 * the transposed values and held against the pass: the largest difference, which only rounding explains.
 */
export function conventionDifference(scene: Scene): number {
  const columns = (node: Tensor) => transpose(constantTensor(node.shape, scene.valueOf(node)));
  const pairs: [Tensor, Float64Array][] = [];
  for (const { layer, input, output, parts } of scene.places) {
    if (layer.kind !== "dense") continue;
    const weights = parts["W"] as Tensor;
    const b = parts["b"];
    const W: Tensor = constantTensor(weights.shape, scene.valueOf(weights));
    const [A, dZ]: Tensor[] = [columns(input), columns(scene.gradientOf(output))];
    const product: Tensor = matmul(W, A as Tensor);
    const Z = b === undefined ? product : add(product, constantTensor([widthOf(output), 1], scene.valueOf(b)));
    pairs.push([transpose(Z), scene.valueOf(output)]);
    pairs.push([matmul(dZ as Tensor, transpose(A as Tensor)), scene.valueOf(scene.gradientOf(weights))]);
    if (b !== undefined) {
      pairs.push([reshape(sum(dZ as Tensor, { axis: 1 }), b.shape), scene.valueOf(scene.gradientOf(b))]);
    }
    pairs.push([transpose(matmul(transpose(W), dZ as Tensor)), scene.valueOf(scene.gradientOf(input))]);
  }
  const computed = evaluateAll(pairs.map(([node]) => node));
  const differences = pairs.flatMap(([, expected], i) =>
    [...(computed[i] as TensorValue).data].map((value, j) => Math.abs(value - (expected[j] as number))),
  );
  return differences.reduce((worst, difference) => Math.max(worst, difference), 0);
}
