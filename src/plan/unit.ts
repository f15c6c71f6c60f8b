import { matmulOp } from "../ops/matmul.js";
import { reshapeOp } from "../ops/reshape.js";
import { transposeOp } from "../ops/transpose.js";
import { type ElementwiseOp, isElementwise, type Shape, sameShape, type Tensor } from "../tensor/index.js";
import type { Phase } from "./steps.js";

/** One future step: the nodes it computes together, inputs before users. */
export interface Unit {
  readonly kind: "elementwise" | "matmul" | "op";
  readonly phase: Phase;
  readonly nodes: Tensor[];
}

/** A node's numbers without the reshapes around them: what actually lies in memory. */
export function storageOf(node: Tensor): Tensor {
  return node.op === reshapeOp ? storageOf(node.inputs[0] as Tensor) : node;
}

/** A matrix operand with its transposition taken off, since products read either way. */
export function matrixOperand(node: Tensor): { matrix: Tensor; transposed: boolean } {
  const axes = node.attributes.axes as readonly number[] | undefined;
  if (node.op === transposeOp && axes?.length === 2 && axes[0] === 1) {
    return { matrix: node.inputs[0] as Tensor, transposed: true };
  }
  return { matrix: node, transposed: false };
}

/** What a node reads from memory: constants written into the instructions and reshapes are not among it. */
export function operandsOf(node: Tensor): Tensor[] {
  if (node.op === matmulOp) return node.inputs.map((input) => storageOf(matrixOperand(input).matrix));
  const read = isElementwise(node.op) ? node.inputs.filter((input) => !isLiteral(input)) : node.inputs;
  return read.map(storageOf);
}

/** A constant of shape []: part of an instruction, not of memory. */
export function isLiteral(node: Tensor): boolean {
  return node.op.name === "constant" && node.shape.length === 0;
}

/** Whether a node is computed by a step (and not given, nor merely another view). */
export function isComputed(node: Tensor): boolean {
  return node.inputs.length > 0 && node.op !== reshapeOp;
}

/** What a unit reads that it does not compute itself. */
export function readBy(unit: Unit): Set<Tensor> {
  const read = new Set(unit.nodes.flatMap(operandsOf));
  for (const node of unit.nodes) read.delete(node);
  return read;
}

/** How a product ends: the bias added and the activation applied while the result is still at hand. */
export function matmulEpilogue(unit: Unit): {
  product: Tensor;
  bias: Tensor | undefined;
  activation: Tensor | undefined;
} {
  const [product, ...rest] = unit.nodes as [Tensor, ...Tensor[]];
  const sum = rest.find((node) => node.op.name === "add");
  const bias = sum?.inputs.find((input) => storageOf(input) !== product);
  return { product, bias, activation: rest.find((node) => node !== sum) };
}

/** Whether `node` adds to a product of shape (m × n) something that repeats for every row. */
export function addsBias(node: Tensor, product: Tensor): boolean {
  if (node.op.name !== "add" || !node.inputs.includes(product) || !sameShape(node.shape, product.shape)) return false;
  const other = node.inputs.find((input) => input !== product);
  return other !== undefined && !isLiteral(other) && isRow(other.shape, product.shape[1] as number);
}

function isRow(shape: Shape, columns: number): boolean {
  return (shape.length === 1 && shape[0] === columns) || (shape.length === 2 && shape[0] === 1 && shape[1] === columns);
}

/** Whether `node` is a function of one operand, number by number (an activation), of exactly `x`. */
export function activates(node: Tensor, x: Tensor): node is Tensor & { readonly op: ElementwiseOp } {
  return isElementwise(node.op) && node.inputs.length === 1 && node.inputs[0] === x;
}
