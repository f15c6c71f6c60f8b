import { describe, expect, it } from "vitest";
import { evaluateAll, gradients } from "../../src/autodiff/index.js";
import {
  add,
  binaryCrossEntropy,
  crossEntropy,
  div,
  exp,
  huber,
  mean,
  meanAbsoluteError,
  meanSquaredError,
  mul,
  neg,
  softmaxCrossEntropy,
  softplus,
  sub,
  sum,
  type Tensor,
} from "../../src/index.js";
import type { ClassLossOptions, Reduction } from "../../src/nn/index.js";
import { crossEntropyTerm } from "../../src/ops/cross-entropy.js";
import { oneHot } from "../../src/ops/one-hot.js";
import { reshape } from "../../src/ops/reshape.js";
import { engineList, runOn } from "../conformance/on-engine.js";
import { expectClose, largest, type Tolerance } from "./compare.js";
import { absent, casesOf, fixed, flat, Inputs, type Numbers } from "./read.js";

interface LossCase {
  readonly name: string;
  readonly options: {
    readonly targetKind?: "index" | "probabilities";
    readonly labelSmoothing?: number;
    readonly ignoreIndex?: number;
    readonly logTarget?: boolean;
    readonly delta?: number;
    readonly beta?: number;
    readonly tag?: string;
  };
  readonly reduction: Reduction | "batchmean";
  readonly input: Numbers;
  readonly target: Numbers;
  readonly classWeights?: readonly number[];
  readonly elementWeights?: Numbers;
  readonly posWeight?: Numbers;
  readonly gradOut: Numbers;
  readonly loss: Numbers;
  readonly gradInput: Numbers;
}

type Build = (input: Tensor, target: Tensor, one: LossCase) => Tensor;

/** The other system's losses as ours; those without a name here are composed of public ops. */
const losses: Readonly<Record<string, Build>> = {
  cross_entropy: (z, t, one) => softmaxCrossEntropy(z, t, classOptions(one)),
  // Negative log-likelihood reads off the logarithm of a probability that is given.
  nll: (logs, labels, one) => {
    const weights = one.classWeights;
    const rows = oneHot(labels, logs.shape[1] as number);
    const weighted = weights === undefined ? rows : mul(rows, fixed(weights));
    const each = neg(sum(mul(weighted, logs), { axis: 1 }));
    return one.reduction === "mean" ? div(sum(each), sum(weighted)) : reduce(each, one);
  },
  // t·(ln t - input), and 0 where t is 0.
  kl_div: (logs, t, one) => {
    const { logTarget = false } = one.options;
    if (logTarget) return reduce(mul(exp(t), sub(t, logs)), one);
    return reduce(neg(add(crossEntropyTerm(t, t), mul(t, logs))), one);
  },
  mse: (y, t, one) => meanSquaredError(y, t, { reduction: plain(one) }),
  l1: (y, t, one) => meanAbsoluteError(y, t, { reduction: plain(one) }),
  huber: (y, t, one) => huber(y, t, { reduction: plain(one), delta: one.options.delta as number }),
  smooth_l1: (y, t, one) => {
    const beta = one.options.beta as number;
    return div(huber(y, t, { reduction: plain(one), delta: beta }), beta);
  },
  bce: (p, t, one) => {
    const each = add(crossEntropyTerm(p, t), crossEntropyTerm(sub(1, p), sub(1, t)));
    return reduce(one.elementWeights === undefined ? each : mul(each, fixed(one.elementWeights)), one);
  },
  bce_with_logits: (z, t, one) => {
    if (one.posWeight === undefined && one.elementWeights === undefined) {
      return binaryCrossEntropy(z, t, { reduction: plain(one) });
    }
    // One weight a class: composed, since `positiveWeight` is a single number.
    const positive = mul(mul(fixed(one.posWeight ?? 1), t), softplus(neg(z)));
    const each = add(positive, mul(sub(1, t), softplus(z)));
    return reduce(mul(each, fixed(one.elementWeights ?? 1)), one);
  },
};

function classOptions({ options, reduction, classWeights }: LossCase): ClassLossOptions {
  const { labelSmoothing, ignoreIndex } = options;
  return {
    reduction: reduction as Reduction,
    ...(labelSmoothing !== undefined && { labelSmoothing }),
    ...(classWeights !== undefined && { classWeights }),
    ...(ignoreIndex !== undefined && { leaveOut: true }),
  };
}

const plain = ({ reduction }: LossCase) => reduction as Reduction;

function reduce(each: Tensor, { reduction }: LossCase): Tensor {
  if (reduction === "mean") return mean(each);
  if (reduction === "sum") return sum(each);
  return reduction === "batchmean" ? div(sum(each), each.shape[0] as number) : each;
}

/**
 * Relative to the largest number of the case: a loss is a sum, and a gradient such as y - t is a difference of numbers
 * of size 1, so that neither system has more digits than that in a small entry among large ones.
 */
function judge(
  one: LossCase,
  [loss, gradient]: readonly ArrayLike<number>[],
  expected: readonly ArrayLike<number>[],
  relative: number,
): void {
  const tolerance = (numbers: ArrayLike<number>): Tolerance => ({ relative, floor: Math.max(largest(numbers), 1) });
  const [lossExpected, gradientExpected] = expected as [ArrayLike<number>, ArrayLike<number>];
  expectClose(loss ?? [], lossExpected, tolerance(lossExpected), one.name);
  expectClose(
    gradient ?? [],
    gradientExpected,
    { relative, floor: largest(gradientExpected) || 1 },
    `${one.name}'s gradient`,
  );
}

function build(one: LossCase) {
  const inputs = new Inputs();
  const x = inputs.leaf("x", one.input);
  const t = inputs.leaf("t", one.target);
  const seed = inputs.leaf("gradOut", one.gradOut);
  const make = losses[one.name];
  if (make === undefined) throw new Error(`no loss stands for ${one.name}`);
  const loss = make(x, t, one);
  const [gradient] = gradients(loss, [x], seed);
  return { inputs, outputs: [reshape(loss, loss.shape).named("loss"), reshape(gradient, x.shape).named("gradInput")] };
}

const cases = casesOf<LossCase>("losses");

const title = ({ name, options, reduction, ...rest }: LossCase) =>
  [
    name,
    reduction,
    ...Object.entries(options).flatMap(([key, value]) => (value === "" ? [] : [`${key}=${value}`])),
    ...["classWeights", "elementWeights", "posWeight"].filter((key) => key in rest),
  ].join(" ");

describe.skipIf(cases.length === 0)(`losses against another system ${cases.length === 0 ? absent : ""}`, () => {
  it("has all the cases", () => {
    expect(cases.length).toBeGreaterThan(200);
    expect(new Set(cases.map(({ name }) => name))).toEqual(new Set(Object.keys(losses)));
  });

  describe.each([...new Map(cases.map((one) => [title(one), cases.filter((other) => title(other) === title(one))]))])(
    "%s",
    (_, group) => {
      it("float64, evaluated, to 1e-10", () => {
        for (const one of group) {
          const { inputs, outputs } = build(one);
          judge(
            one,
            evaluateAll(outputs, inputs.feeds).map(({ data }) => data),
            [flat(one.loss), flat(one.gradInput)],
            1e-10,
          );
        }
      });

      it.each(engineList)("on the engine %s", async (__, engine) => {
        for (const one of group) {
          const { inputs, outputs } = build(one);
          if (engine.precision === "float64") {
            judge(one, await runOn(engine, outputs, inputs.feeds), [flat(one.loss), flat(one.gradInput)], 1e-10);
            continue;
          }
          const expected = evaluateAll(outputs, inputs.rounded).map(({ data }) => data);
          judge(one, await runOn(engine, outputs, inputs.rounded), expected, 1e-5);
        }
      });
    },
  );
});

describe("losses at the ends", () => {
  it.skipIf(cases.length === 0)("no NaN where the true value is finite", () => {
    const extremes = cases.filter(({ options }) => options.tag !== undefined && options.tag !== "");
    expect(extremes.length).toBeGreaterThan(20);
    for (const one of extremes) {
      const { inputs, outputs } = build(one);
      for (const { data } of evaluateAll(outputs, inputs.feeds))
        expect(data.some(Number.isNaN), title(one)).toBe(false);
    }
  });

  it("crossEntropy on probabilities of a softmax is softmaxCrossEntropy on logits", () => {
    const inputs = new Inputs();
    const z = inputs.leaf("z", [
      [0.3, -1.2, 2],
      [1, 1, -4],
    ]);
    const t = inputs.leaf("t", [2, 0]);
    const direct = softmaxCrossEntropy(z, t);
    const y = div(exp(z), sum(exp(z), { axis: 1, keepDims: true }));
    const [a, b, da, db] = evaluateAll(
      [direct, crossEntropy(y, t), gradients(direct, [z])[0], gradients(crossEntropy(y, t), [z])[0]],
      inputs.feeds,
    ).map(({ data }) => data) as [Float64Array, Float64Array, Float64Array, Float64Array];
    expectClose(a, b, { relative: 1e-14, floor: 1 }, "the loss");
    expectClose(da, db, { relative: 1e-14, floor: 1 }, "the gradient");
  });
});
