import { describe, expect, it } from "vitest";
import { evaluateAll, gradients } from "../../src/autodiff/index.js";
import {
  add,
  div,
  elu,
  gelu,
  hardtanh,
  leakyRelu,
  logSoftmax,
  mish,
  mul,
  neg,
  relu,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  softsign,
  type Tensor,
  tanh,
} from "../../src/index.js";
import { reshape } from "../../src/ops/reshape.js";
import { engineList, runOn } from "../conformance/on-engine.js";
import { expectClose, type Tolerance } from "./compare.js";
import { absent, casesOf, flat, Inputs, type Numbers } from "./read.js";

interface ActivationCase {
  readonly kind: "elementwise" | "row";
  readonly name: string;
  readonly params: Readonly<Record<string, number | string>>;
  readonly x: Numbers;
  readonly gradOut: Numbers;
  readonly yExact: Numbers;
  readonly gradInExact: Numbers;
}

type Options = Readonly<Record<string, number>>;

/** The other system's names as ours; those that have no name here are composed of public ops. */
const activations: Readonly<Record<string, (x: Tensor, options: Options) => Tensor>> = {
  sigmoid: (x) => sigmoid(x),
  tanh: (x) => tanh(x),
  relu: (x) => relu(x),
  leaky_relu: (x, { negative_slope = 0 }) => leakyRelu(x, { slope: negative_slope }),
  elu: (x, { alpha = 0 }) => elu(x, { alpha }),
  selu: (x) => selu(x),
  gelu: (x, { approximate }) => gelu(x, { approximate: approximate as unknown as "none" | "tanh" }),
  silu: (x) => silu(x),
  softplus: (x, { beta = 0 }) => softplus(x, { beta }),
  softsign: (x) => softsign(x),
  hardtanh: (x, { min_val = 0, max_val = 0 }) => hardtanh(x, { min: min_val, max: max_val }),
  mish: (x) => mish(x),
  log_sigmoid: (x) => neg(softplus(neg(x))),
  celu: (x, { alpha = 0 }) => mul(alpha, elu(div(x, alpha))),
  relu6: (x) => hardtanh(x, { min: 0, max: 6 }),
  hardsigmoid: (x) => hardSigmoid(x),
  hardswish: (x) => mul(x, hardSigmoid(x)),
  softmax: (x) => softmax(x),
  log_softmax: (x) => logSoftmax(x),
};

/** min(max(x / 6 + ½, 0), 1) as hardtanh of x itself, so that the bounds stand exactly at ±3. */
function hardSigmoid(x: Tensor): Tensor {
  return div(add(hardtanh(x, { min: -3, max: 3 }), 3), 6);
}

/** Where our statement of the subgradient is another than the oracle's: those points alone are left out of the gradient. */
const skips: Readonly<Record<string, { readonly at: readonly number[]; readonly reason: string }>> = {
  hardswish: { at: [-3, 3], reason: "the oracle's schema says to skip the bounds of hardswish" },
};

const float64: Tolerance = { relative: 1e-10, floor: 1e-290 };
const float32: Tolerance = { relative: 1e-5, floor: 2 ** -126 };

function build(one: ActivationCase) {
  const inputs = new Inputs();
  const x = inputs.leaf("x", one.x);
  const gradOut = inputs.leaf("gradOut", one.gradOut);
  const apply = activations[one.name];
  if (apply === undefined) throw new Error(`no activation stands for ${one.name}`);
  const y = apply(x, one.params as Options);
  const [gradIn] = gradients(y, [x], gradOut);
  const outputs = [reshape(y, y.shape).named("y"), reshape(gradIn, x.shape).named("gradIn")];
  const skipped = skips[one.name]?.at ?? [];
  const points = flat(one.x);
  const judged = (gradient: ArrayLike<number>) =>
    Array.from(gradient).filter((_, i) => !skipped.includes(points[i] as number));
  const place = (i: number) => `x = ${points[i]}`;
  return { inputs, outputs, judged, place };
}

function judge(
  one: ActivationCase,
  got: readonly ArrayLike<number>[],
  expected: readonly ArrayLike<number>[],
  tolerance: Tolerance,
): void {
  const { judged, place } = build(one);
  const [y, gradIn] = got as [ArrayLike<number>, ArrayLike<number>];
  const [yExpected, gradInExpected] = expected as [ArrayLike<number>, ArrayLike<number>];
  expectClose(y, yExpected, tolerance, `${one.name}`, place);
  expectClose(judged(gradIn), judged(gradInExpected), tolerance, `${one.name}'s gradient`);
}

const cases = casesOf<ActivationCase>("activations");

describe.skipIf(cases.length === 0)(`activations against exact values ${cases.length === 0 ? absent : ""}`, () => {
  it("has all the cases", () => {
    expect(cases.length).toBe(36);
    expect(new Set(cases.map(({ name }) => name))).toEqual(new Set(Object.keys(activations)));
  });

  describe.each(cases.map((one, i) => [`${i} ${one.name} ${JSON.stringify(one.params)}`, one] as const))(
    "%s",
    (_, one) => {
      const exact = [flat(one.yExact), flat(one.gradInExact)];

      it("float64, evaluated, to 1e-10", () => {
        const { inputs, outputs } = build(one);
        judge(
          one,
          evaluateAll(outputs, inputs.feeds).map(({ data }) => data),
          exact,
          float64,
        );
      });

      it.each(engineList)("on the engine %s", async (__, engine) => {
        const { inputs, outputs } = build(one);
        if (engine.precision === "float64") {
          judge(one, await runOn(engine, outputs, inputs.feeds), exact, float64);
          return;
        }
        // Rounding an input to float32 moves the true value; the float64 ops, proved above, give it at the rounded input.
        const expected = evaluateAll(outputs, inputs.rounded).map(({ data }) => data);
        judge(one, await runOn(engine, outputs, inputs.rounded), expected, float32);
      });
    },
  );
});
