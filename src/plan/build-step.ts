import { type ElementwiseOp, type Shape, sizeOf, type Tensor } from "../tensor/index.js";
import { simpleBroadcast } from "./broadcasting.js";
import { oneLine } from "./expression.js";
import type {
  Broadcasting,
  Buffer,
  ElementwiseInput,
  ElementwiseStep,
  Instruction,
  MatmulStep,
  Step,
  View,
} from "./steps.js";
import { isLiteral, matmulEpilogue, matrixOperand, storageOf, type Unit } from "./unit.js";

/** Where a node's numbers are. */
export type ViewOf = (node: Tensor) => View;

export function viewer(bufferOf: ReadonlyMap<Tensor, Buffer>): ViewOf {
  return (node) => ({ buffer: bufferOf.get(storageOf(node)) as Buffer, shape: node.shape });
}

export function buildStep(unit: Unit, stored: ReadonlySet<Tensor>, viewOf: ViewOf): Step {
  if (unit.kind === "elementwise") return elementwiseStep(unit, stored, viewOf);
  if (unit.kind === "matmul") return matmulStep(unit, viewOf);
  const [node] = unit.nodes as [Tensor];
  return {
    kind: "op",
    op: node.op,
    attributes: node.attributes,
    inputs: node.inputs.map(viewOf),
    output: viewOf(node),
  };
}

function matmulStep(unit: Unit, viewOf: ViewOf): MatmulStep {
  const { product, bias, activation } = matmulEpilogue(unit);
  const [a, b] = product.inputs.map(matrixOperand) as [
    ReturnType<typeof matrixOperand>,
    ReturnType<typeof matrixOperand>,
  ];
  const [m, n] = product.shape as [number, number];
  return {
    kind: "matmul",
    m,
    k: (product.inputs[0] as Tensor).shape[1] as number,
    n,
    a: viewOf(a.matrix),
    b: viewOf(b.matrix),
    transposeA: a.transposed,
    transposeB: b.transposed,
    bias: bias && viewOf(bias),
    activation: activation && { op: activation.op as ElementwiseOp, attributes: activation.attributes },
    output: viewOf(unit.nodes.at(-1) as Tensor),
  };
}

function elementwiseStep(unit: Unit, stored: ReadonlySet<Tensor>, viewOf: ViewOf): ElementwiseStep {
  const shape = (unit.nodes[0] as Tensor).shape;
  const inside = new Set(unit.nodes);
  const reads: Tensor[] = [];
  const literals: Tensor[] = [];
  for (const node of unit.nodes) {
    for (const input of node.inputs) {
      if (inside.has(input)) continue;
      const list = isLiteral(input) ? literals : reads;
      if (!list.includes(input)) list.push(input);
    }
  }
  const registers = [...reads, ...literals, ...unit.nodes];
  const instructions: Instruction[] = unit.nodes.map((node) => ({
    op: node.op as ElementwiseOp,
    attributes: node.attributes,
    operands: node.inputs.map((input) => registers.indexOf(input)),
  }));
  return {
    kind: "elementwise",
    length: sizeOf(shape),
    inputs: reads.map((node) => readAs(viewOf(node), shape)),
    constants: literals.map((node) => node.values?.[0] as number),
    instructions,
    outputs: unit.nodes
      .filter((node) => stored.has(node))
      .map((node) => ({ register: registers.indexOf(node), view: viewOf(node) })),
    expression: unit.nodes
      .filter((node) => stored.has(node))
      .map((node) => oneLine(node, reads, inside))
      .join("; "),
  };
}

/** How an operand of one shape is read in a loop over another. */
function readAs(view: View, loop: Shape): ElementwiseInput {
  const length = sizeOf(view.shape);
  const reading = (broadcasting: Broadcasting, period: number): ElementwiseInput => ({ view, broadcasting, period });
  if (length === sizeOf(loop)) return reading("same", 1);
  if (length === 1) return reading("scalar", 1);
  const simple = simpleBroadcast(view.shape, loop);
  if (simple === undefined)
    throw new Error(`the planner left a broadcast from [${view.shape}] to [${loop}] in a fused pass`);
  return reading(simple.broadcasting, simple.period);
}
