import { smallestProbability } from "../../ops/cross-entropy.js";
import type { ElementwiseName } from "../../ops/index.js";
import type { Attributes } from "../../tensor/index.js";
import type { GraphBuilder } from "./graph-builder.js";
import type { Lowering } from "./lowering.js";

type ByName = (graph: GraphBuilder, x: string, y: string, z: string, attributes: Attributes) => string;

const lower =
  (form: ByName): Lowering =>
  (graph, inputs, { attributes }) => {
    const [x = "", y = "", z = ""] = inputs.map(({ name }) => name);
    return form(graph, x, y, z, attributes);
  };

/** An op that is one ONNX operator. */
const one = (op: string): Lowering => lower((graph, x, y) => graph.node(op, y === "" ? [x] : [x, y]));

/**
 * Ops on each number alone as ONNX operators, which broadcast by the same rule. Where an operator of ONNX Runtime is less
 * exact than its name promises, the comment says so; figures are for version 1.30 on x86-64.
 */
export const elementwiseLowerings: { readonly [Name in ElementwiseName]: Lowering } = {
  add: one("Add"),
  sub: one("Sub"),
  mul: one("Mul"),
  div: one("Div"),
  neg: one("Neg"),
  exp: one("Exp"),
  log: one("Log"),
  sqrt: one("Sqrt"),
  pow: one("Pow"),
  abs: one("Abs"),
  sign: one("Sign"),
  step: lower((graph, x) => graph.fromBoolean(graph.node("Greater", [x, graph.number(0)]))),
  equal: lower((graph, a, b) => graph.fromBoolean(graph.node("Equal", [a, b]))),
  where: lower((graph, condition, a, b) => graph.node("Where", [graph.toBoolean(condition), a, b])),
  minimum: one("Min"),
  maximum: one("Max"),
  sigmoid: lower(sigmoid),
  tanh: one("Tanh"),
  relu: one("Relu"),
  leakyRelu: lower((graph, x, _y, _z, { slope }) =>
    graph.node("LeakyRelu", [x], { alpha: { float: slope as number } }),
  ),
  // The runtime computes e^x - 1 by subtraction: near 0 the error is up to 6e-8, absolute.
  elu: lower((graph, x, _y, _z, { alpha }) => graph.node("Elu", [x], { alpha: { float: alpha as number } })),
  selu: lower((graph, x, _y, _z, { alpha, scale }) =>
    graph.node("Selu", [x], { alpha: { float: alpha as number }, gamma: { float: scale as number } }),
  ),
  // Written as the runtime knows it (it has one kernel for these five); the left tail is exact to 1e-7·|x|, absolute.
  gelu: lower((graph, x) => {
    const share = graph.node("Add", [
      graph.node("Erf", [graph.node("Div", [x, graph.number(Math.SQRT2)])]),
      graph.number(1),
    ]);
    return graph.node("Mul", [graph.node("Mul", [x, share]), graph.number(0.5)]);
  }),
  normalCdf: lower((graph, x) => {
    const error = graph.node("Erf", [graph.node("Mul", [x, graph.number(Math.SQRT1_2)])]);
    return graph.node("Mul", [graph.node("Add", [error, graph.number(1)]), graph.number(0.5)]);
  }),
  silu: lower((graph, x) =>
    graph.precise ? graph.node("Div", [x, onePlusExpOfMinus(graph, x)]) : graph.node("Mul", [x, sigmoid(graph, x)]),
  ),
  softplus: lower((graph, x, _y, _z, { beta }) => {
    if (beta === 1) return graph.node("Softplus", [x]);
    const factor = graph.number(beta as number);
    return graph.node("Div", [graph.node("Softplus", [graph.node("Mul", [x, factor])]), factor]);
  }),
  softsign: one("Softsign"),
  hardtanh: lower((graph, x, _y, _z, { min, max }) =>
    graph.node("Clip", [x, graph.number(min as number), graph.number(max as number)]),
  ),
  mish: lower((graph, x) => graph.node("Mul", [x, graph.node("Tanh", [graph.node("Softplus", [x])])])),
  // The logarithm is finite, so where t is 0 the product is 0 without a choice.
  crossEntropy: lower((graph, y, t) => {
    const safe = graph.node("Max", [y, graph.number(smallestProbability)]);
    return graph.node("Neg", [graph.node("Mul", [t, graph.node("Log", [safe])])]);
  }),
  binaryCrossEntropy: lower((graph, z, t, _, { positiveWeight }) => {
    const positive = positiveWeight === 1 ? t : graph.node("Mul", [t, graph.number(positiveWeight as number)]);
    const missed = graph.node("Mul", [positive, graph.node("Softplus", [graph.node("Neg", [z])])]);
    const falseAlarm = graph.node("Mul", [graph.node("Sub", [graph.number(1), t]), graph.node("Softplus", [z])]);
    return graph.node("Add", [missed, falseAlarm]);
  }),
};

/** The operator's absolute error is 1e-7, and it gives 0 below -18: in the left tail no digit is right. */
function sigmoid(graph: GraphBuilder, x: string): string {
  return graph.precise ? graph.node("Reciprocal", [onePlusExpOfMinus(graph, x)]) : graph.node("Sigmoid", [x]);
}

function onePlusExpOfMinus(graph: GraphBuilder, x: string): string {
  return graph.node("Add", [graph.node("Exp", [graph.node("Neg", [x])]), graph.number(1)]);
}
