import { describe, expect, it } from "vitest";
import { evaluateAll, gradients } from "../../src/autodiff/index.js";
import {
  binaryCrossEntropy,
  dense,
  elu,
  gelu,
  leakyRelu,
  meanSquaredError,
  relu,
  sigmoid,
  silu,
  softmaxCrossEntropy,
  softplus,
  type Tensor,
  tanh,
} from "../../src/index.js";
import { type Activation, type Layer, network as networkOf } from "../../src/nn/index.js";
import { input } from "../../src/ops/leaves.js";
import { reshape } from "../../src/ops/reshape.js";
import { engineList, runOn } from "../conformance/on-engine.js";
import { expectClose, largest } from "./compare.js";
import { absent, casesOf, flat, float32, type Numbers, shapeOf } from "./read.js";

interface MlpCase {
  readonly sizes: readonly [number, number, number, number];
  readonly activation: keyof typeof activations;
  readonly lossName: string;
  readonly x: Numbers;
  readonly target: Numbers;
  readonly W: readonly Numbers[];
  readonly b: readonly Numbers[];
  readonly hidden: readonly Numbers[];
  readonly output: Numbers;
  readonly loss: Numbers;
  readonly gradW: readonly Numbers[];
  readonly gradB: readonly Numbers[];
  readonly gradX: Numbers;
}

const activations = { tanh, relu, sigmoid, gelu, silu, elu, softplus, leaky_relu: leakyRelu } satisfies Record<
  string,
  Activation
>;
const losses: Readonly<Record<string, (prediction: Tensor, target: Tensor) => Tensor>> = {
  cross_entropy: softmaxCrossEntropy,
  mse: meanSquaredError,
  bce_with_logits: binaryCrossEntropy,
};

/** The whole network of the case, made of the library's layers and fed the oracle's weights by name. */
function build(one: MlpCase) {
  const [n0, n1, n2, n3] = one.sizes;
  const g: Activation = activations[one.activation];
  const layers: readonly (Layer | Activation)[] = [dense(n0, n1), g, dense(n1, n2), g, dense(n2, n3)];
  const net = networkOf(layers);
  const x = input(shapeOf(one.x) as [number, number], "X");
  const t = input(shapeOf(one.target), "t");
  const weights: Readonly<Record<string, Numbers | undefined>> = {
    "W[1]": one.W[0],
    "W[2]": one.W[1],
    "W[3]": one.W[2],
    "b[1]": one.b[0],
    "b[2]": one.b[1],
    "b[3]": one.b[2],
  };
  const feeds = new Map<Tensor, Float64Array>([
    [x, flat(one.x)],
    [t, flat(one.target)],
  ]);
  for (const { name, tensor } of net.parameters) feeds.set(tensor, flat(weights[name] as Numbers));
  const { output } = net.forward(x);
  const lossOf = losses[one.lossName] as (typeof losses)[string];
  const loss = lossOf(output, t);
  const byInput = gradients(loss, [...net.parameters.map(({ tensor }) => tensor), x]);
  const named = [
    ["output", output, one.output] as const,
    ["loss", loss, one.loss] as const,
    ...net.parameters.map(({ name }, i) => {
      const list = name.startsWith("W") ? one.gradW : one.gradB;
      return [`gradient of ${name}`, byInput[i] as Tensor, list[Math.floor(i / 2)] as Numbers] as const;
    }),
    ["gradient of x", byInput.at(-1) as Tensor, one.gradX] as const,
  ];
  return {
    feeds,
    outputs: named.map(([name, value]) => reshape(value, value.shape).named(name)),
    expected: named.map(([, , numbers]) => flat(numbers)),
  };
}

function judge(
  outputs: readonly Tensor[],
  got: readonly ArrayLike<number>[],
  expected: readonly ArrayLike<number>[],
  relative: number,
) {
  got.forEach((numbers, i) => {
    const wanted = expected[i] as ArrayLike<number>;
    expectClose(numbers, wanted, { relative, floor: largest(wanted) || 1e-300 }, outputs[i]?.name as string);
  });
}

const cases = casesOf<MlpCase>("mlp");

describe.skipIf(cases.length === 0)(`networks against another system ${cases.length === 0 ? absent : ""}`, () => {
  it("has all the cases", () => expect(cases.length).toBe(7));

  describe.each(cases.map((one) => [`${one.sizes.join("-")} ${one.activation} ${one.lossName}`, one] as const))(
    "%s",
    (_, one) => {
      it("float64, evaluated, to 1e-10", () => {
        const { feeds, outputs, expected } = build(one);
        judge(
          outputs,
          evaluateAll(outputs, feeds).map(({ data }) => data),
          expected,
          1e-10,
        );
      });

      it.each(engineList)("on the engine %s", async (__, engine) => {
        const { feeds, outputs, expected } = build(one);
        if (engine.precision === "float64") return judge(outputs, await runOn(engine, outputs, feeds), expected, 1e-10);
        const rounded = new Map([...feeds].map(([leaf, values]) => [leaf, float32(values)]));
        judge(
          outputs,
          await runOn(engine, outputs, rounded),
          evaluateAll(outputs, rounded).map(({ data }) => data),
          1e-5,
        );
      });
    },
  );
});
