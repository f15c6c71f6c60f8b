import type { ActivationName } from "../../nn/index.js";
import type { Attributes } from "../../tensor/index.js";
import type { ReadNode } from "./decode.js";
import type { ReadGraph } from "./read-graph.js";

/** An activation found in a graph: its name here, its options, and the value that comes out. */
export interface FoundActivation {
  readonly node: ReadNode;
  readonly name: ActivationName;
  readonly options: Attributes;
  readonly output: string;
}

type Reading = (node: ReadNode, graph: ReadGraph) => readonly [ActivationName, Attributes?];

/** Activations that are one operator. */
const operators: Readonly<Record<string, Reading>> = {
  Relu: () => ["relu"],
  Sigmoid: () => ["sigmoid"],
  Tanh: () => ["tanh"],
  Softplus: () => ["softplus"],
  Softsign: () => ["softsign"],
  Mish: () => ["mish"],
  Elu: ({ numbers }) => ["elu", { alpha: numbers.get("alpha") ?? 1 }],
  LeakyRelu: ({ numbers }) => ["leakyRelu", { slope: numbers.get("alpha") ?? 0.01 }],
  Selu: (node, graph) => {
    const [alpha, gamma] = [node.numbers.get("alpha") ?? 1.67326, node.numbers.get("gamma") ?? 1.0507];
    if (Math.abs(alpha - 1.67326) < 1e-4 && Math.abs(gamma - 1.0507) < 1e-4) return ["selu"];
    return graph.refuse(node, "its alpha and gamma are not those of SELU");
  },
  Gelu: ({ texts }) => ["gelu", { approximate: texts.get("approximate") === "tanh" ? "tanh" : "none" }],
  Clip: (node, graph) => {
    const bound = (at: number, name: string) => graph.constant(node.inputs[at])?.data[0] ?? node.numbers.get(name);
    const [min, max] = [bound(1, "min"), bound(2, "max")];
    if (min === undefined || max === undefined || !(min < max))
      return graph.refuse(node, "it needs two constant bounds");
    return ["hardtanh", { min, max }];
  },
  Softmax: (node, graph) => [alongRows(node, graph, "softmax")],
  LogSoftmax: (node, graph) => [alongRows(node, graph, "logSoftmax")],
};

function alongRows<Name extends ActivationName>(node: ReadNode, graph: ReadGraph, name: Name): Name {
  const axis = node.numbers.get("axis") ?? -1;
  return axis === 1 || axis === -1 ? name : graph.refuse(node, `it goes along axis ${axis}, not along the classes`);
}

/** The activation of a value, if that is what the graph does with it. */
export function readActivation(graph: ReadGraph, value: string): FoundActivation | undefined {
  const readers = graph.readersOf(value);
  const [node] = readers;
  if (node === undefined) return undefined;
  if (readers.length === 2) return composed(graph, value, readers);
  const reading = Object.hasOwn(operators, node.op) ? operators[node.op] : undefined;
  if (readers.length > 1 || reading === undefined) return undefined;
  const [name, options = {}] = reading(node, graph);
  return { node, name, options, output: node.outputs[0] as string };
}

/** x·σ(x), x·tanh(softplus(x)) and x·(1 + erf(x/√2))·½, as files write them that have no operator of these names. */
function composed(graph: ReadGraph, x: string, readers: readonly ReadNode[]): FoundActivation | undefined {
  const gate = readers.find((node) => node.op !== "Mul" || graph.constant(node.inputs[1]) !== undefined);
  const product = readers.find((node) => node !== gate && node.op === "Mul" && node.inputs.includes(x));
  if (gate === undefined || product === undefined) return undefined;
  const path: ReadNode[] = [];
  for (let node: ReadNode | undefined = gate; node !== undefined && node !== product && path.length < 4; ) {
    path.push(node);
    const next: readonly ReadNode[] = graph.readersOf(node.outputs[0] as string);
    node = next.length === 1 ? next[0] : undefined;
  }
  if (!product.inputs.includes(path.at(-1)?.outputs[0] ?? "")) return undefined;
  const found = (name: ActivationName, output = product.outputs[0] as string) => ({
    node: gate,
    name,
    options: {},
    output,
  });
  const form = path.map(({ op }) => op).join(" ");
  if (form === "Sigmoid") return found("silu");
  if (form === "Softplus Tanh") return found("mish");
  if (form !== "Div Erf Add" && form !== "Mul Erf Add") return undefined;
  const number = (node: ReadNode | undefined) =>
    node?.inputs.map((input) => graph.constant(input)?.data[0]).find((one) => one !== undefined);
  const [scale, , one] = path.map(number);
  const [half] = graph.readersOf(product.outputs[0] as string);
  const factor = form.startsWith("Div") ? Math.SQRT2 : Math.SQRT1_2;
  const fits = Math.abs((scale ?? 0) - factor) < 1e-4 && one === 1 && half?.op === "Mul" && number(half) === 0.5;
  return fits ? found("gelu", half.outputs[0] as string) : undefined;
}
