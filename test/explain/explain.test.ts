import { describe, expect, it } from "vitest";
import { Differences } from "../../src/explain/differences.js";
import { lossFormulas } from "../../src/explain/loss-formulas.js";
import { valuesBelow } from "../../src/explain/values.js";
import {
  activations,
  batchNorm,
  binaryCrossEntropy,
  crossEntropy,
  dense,
  dropout,
  type ExplainedStep,
  type ExplainOptions,
  evaluate,
  explain,
  gradients,
  input,
  type LayerLike,
  layerNorm,
  losses,
  network,
  optimizers,
  plan,
  relu,
  ShapeError,
  sequential,
  sgd,
  sigmoid,
  softmax,
  type Tensor,
  tanh,
  UsageError,
} from "../../src/index.js";
import { mul } from "../../src/ops/mul.js";
import { sum } from "../../src/ops/sum.js";
import { computed } from "./formula-text.js";

const digits = 17;

/** Every element worked out in numbers must come to its value, as people would compute it from the text. */
function expectTrueNumbers(steps: readonly ExplainedStep[], what: string): number {
  let seen = 0;
  for (const { name, phase, element } of steps) {
    if (element === undefined || element.numbers.text.includes("…")) continue;
    seen++;
    const value = computed(element.numbers.text, {});
    expect(Math.abs(value - element.value), `${what}, ${phase} ${name}: ${element.numbers.text}`).toBeLessThan(
      1e-12 * Math.max(1, Math.abs(element.value)),
    );
  }
  return seen;
}

const names = Object.keys(activations) as (keyof typeof activations)[];

describe("the numbers filled into formulas", () => {
  it.each(names)("are true through %s, in rows and in columns", (name) => {
    for (const convention of ["row", "column"] as const) {
      for (const seed of [1, 2, 3]) {
        const told = explain(network([dense(3, 4), activations[name], dense(4, 2)]), { seed, convention, digits });
        expect(expectTrueNumbers(told.steps, name)).toBeGreaterThan(9);
        expect(told.agrees, name).toBe(true);
        expect(told.worstRelativeError).toBeLessThan(1e-6);
      }
    }
  });

  it.each(Object.keys(losses) as (keyof typeof losses)[])("are true for %s, mean and sum", (name) => {
    for (const reduction of ["mean", "sum"] as const) {
      for (const seed of [1, 2, 3]) {
        const loss = losses[name]({ reduction });
        const ends: LayerLike[] = loss.outputs === "probabilities" ? [softmax] : [];
        const outputs = loss.outputs === "logit" ? 1 : 2;
        const net = network([dense(2, 3), tanh, dense(3, outputs), ...ends]);
        const { steps, agrees } = explain(net, { loss, seed, digits, batch: 2 });
        const told = steps.filter(({ kind, element }) => kind === "loss" && element !== undefined);
        expect(told.map((step) => step.name)).toEqual(["loss", ends.length > 0 ? "dA[2]" : "dZ[2]"]);
        expectTrueNumbers(steps, name);
        expect(agrees, name).toBe(true);
      }
    }
  });

  it.each(Object.keys(optimizers) as (keyof typeof optimizers)[])("are true for the update of %s", (name) => {
    const { steps } = explain(sequential(dense(2, 3), sigmoid, dense(3, 2)), {
      optimizer: optimizers[name](0.1),
      digits,
    });
    const updates = steps.filter(({ phase }) => phase === "update");
    expect(updates.map((step) => step.name)).toEqual(["W[1]", "b[1]", "W[2]", "b[2]"]);
    expect(expectTrueNumbers(updates, name)).toBe(4);
  });

  it("are true through dropout and normalization, and both normalizations agree with differences", () => {
    for (const training of [true, false]) {
      for (const norm of [batchNorm(4), layerNorm(4)]) {
        const net = network([dense(3, 4), norm, relu, dropout(0.4), dense(4, 2)]);
        const { steps, agrees } = explain(net, { training, batch: 5, digits });
        expectTrueNumbers(steps, norm.kind);
        expect(agrees).toBe(true);
        expect(steps.some(({ kind }) => kind === "dropout")).toBe(training);
      }
    }
  });
});

describe("a loss's formulas", () => {
  it.each(Object.entries(lossFormulas))("of %s: the slope is that of the term", (_, { inside, term, slope }) => {
    for (const [z, t] of [
      [0.4, 1],
      [-1.3, 0],
      [2.5, 0.3],
      [0.7, -0.6],
    ] as const) {
      if (inside !== undefined && !(t >= 0 && t <= 1)) continue;
      const at = (logit: number) => {
        const y =
          inside === "sigmoid"
            ? 1 / (1 + Math.exp(-logit))
            : inside === "softmax"
              ? Math.exp(logit) / (Math.exp(logit) + 2)
              : logit;
        // Of a softmax's term only the right class counts: with t = 1 the slope by its own logit is y - 1.
        return { y, t: inside === "softmax" ? 1 : t, delta: 1 };
      };
      if (term.text.includes("ln y") && inside === undefined && z < 0) continue;
      const h = 1e-6;
      const numeric = (computed(term.text, at(z + h)) - computed(term.text, at(z - h))) / (2 * h);
      expect(computed(slope.text, at(z))).toBeCloseTo(numeric, 6);
    }
  });
});

describe("explain", () => {
  const small = sequential(dense(2, 3), sigmoid, dense(3, 2));

  it("tells every step of 2-3-2 in order, by name", () => {
    const { steps } = explain(small, { optimizer: sgd(0.1) });
    expect(steps.map(({ phase, name }) => `${phase} ${name}`)).toEqual([
      ...["X", "t", "T", "W[1]", "b[1]", "W[2]", "b[2]"].map((name) => `given ${name}`),
      ...["Z[1]", "A[1]", "Z[2]", "Y", "loss"].map((name) => `forward ${name}`),
      ...["dZ[2]", "dW[2]", "db[2]", "dA[1]", "dZ[1]", "dW[1]", "db[1]", "dX"].map((name) => `backward ${name}`),
      ...["W[1]", "b[1]", "W[2]", "b[2]"].map((name) => `update ${name}`),
    ]);
    const formulas = Object.fromEntries(
      steps.filter(({ phase }) => phase !== "given").map(({ name, formula }) => [name, formula.text]),
    );
    expect(formulas).toMatchObject({
      "Z[1]": "Z[1] = X·W[1]ᵀ + b[1]ᵀ",
      "dW[2]": "dW[2] = dZ[2]ᵀ·A[1]",
      dX: "dX = dZ[1]·W[1]",
      "dZ[1]": "dZ[1] = dA[1] ⊙ sigmoid′(Z[1])",
    });
  });

  it("gives every factor the shape with which the product exists, in both conventions", () => {
    for (const convention of ["row", "column"] as const) {
      const { steps } = explain(sequential(dense(5, 7), tanh, dense(7, 3)), { batch: 4, convention });
      const products = steps.filter(({ formula, kind }) => kind === "dense" && formula.text.includes("·"));
      expect(products.length).toBe(6);
      for (const { pieces, shape, name } of products) {
        const [a, b] = pieces.flatMap((piece) => ("shape" in piece ? [piece.shape] : []));
        expect([a?.[0], b?.[1]], name).toEqual(shape);
        expect(a?.[1], name).toBe(b?.[0]);
      }
    }
  });

  it("names what the backward pass reads: a[l-1] as well as z[l]", () => {
    const { cache } = explain(small);
    expect(cache.map(({ name, usedBy }) => [name, ...usedBy])).toEqual([
      ["X", "dW[1]"],
      ["Z[1]", "dZ[1]"],
      ["A[1]", "dW[2]"],
      ["Z[2]", "dZ[2]"],
      ["T", "dZ[2]"],
    ]);
    expect(cache.map(({ bytes }) => bytes)).toEqual([16, 24, 24, 16, 16]);
    const planned = plan(small, { batch: 2, keep: "named" }).cache;
    for (const name of ["X", "Z[1]", "A[1]", "Z[2]"]) expect(planned, name).toContain(name);
  });

  it("divides by m once: the loss of twice the same batch has the same weight gradients", () => {
    const x = [
      [0.5, -1],
      [2, 0.3],
    ];
    const once = explain(small, { x, t: [0, 1] });
    const twice = explain(small, { x: [...x, ...x], t: [0, 1, 0, 1] });
    for (const name of ["dW[1]", "db[1]", "dW[2]", "db[2]"]) {
      const value = (told: typeof once) => [told.steps.find((step) => step.name === name)?.value].flat(2) as number[];
      for (const [i, number] of value(once).entries()) expect(number).toBeCloseTo(value(twice)[i] as number, 14);
    }
  });

  it("is plain data: JSON gives it back", () => {
    const told = explain(small, { optimizer: sgd(0.1) });
    expect(JSON.parse(JSON.stringify(told))).toEqual(told);
  });

  it("draws the same numbers for the same seed, and others for another", () => {
    expect(explain(small, { seed: 7 })).toEqual(explain(small, { seed: 7 }));
    expect(explain(small, { seed: 7 }).lossValue).not.toBe(explain(small, { seed: 8 }).lossValue);
  });

  it("tells a layer made of several ops without pretending to know its formula", () => {
    const swish = (x: Tensor) => mul(x, sigmoid(x));
    const { steps, agrees } = explain(network([dense(2, 3), swish as typeof sigmoid, dense(3, 2)]));
    expect(steps.find(({ name }) => name === "A[1]")?.formula.text).toBe("A[1] = g(Z[1])");
    expect(agrees).toBe(true);
  });

  it("tells weighted and smoothed losses by their values alone", () => {
    const loss = losses.softmaxCrossEntropy({ classWeights: [1, 3], labelSmoothing: 0.1 });
    const { steps, agrees } = explain(small, { loss });
    expect(steps.find(({ name }) => name === "dZ[2]")?.element).toBeUndefined();
    expect(agrees).toBe(true);
  });

  it("is quick enough for 64-64-10 with a batch of 32", () => {
    const started = performance.now();
    const { agrees, steps } = explain(sequential(dense(64, 64), relu, dense(64, 10)), { batch: 32 });
    expect(agrees).toBe(true);
    expect(steps.find(({ name }) => name === "dW[1]")?.check).toMatchObject({ entries: 4096, atKinks: 0 });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  const refused: readonly (readonly [string, ExplainOptions, RegExp])[] = [
    ["x of another width", { x: [[1, 2, 3]] }, /x has shape \[1, 3\], the network takes \[examples, 2\]/],
    [
      "too few targets",
      {
        x: [
          [1, 2],
          [3, 4],
        ],
        t: [0],
      },
      /takes \[2\] or \[2, 2\]/,
    ],
    ["a class there is not", { t: [0, 2] }, /whole numbers from 0 to 1, got 2/],
    ["half a class", { t: [0, 0.5] }, /whole numbers from 0 to 1/],
    ["a weight there is not", { weights: { "W[9]": [[1]] } }, /no parameter "W\[9\]"; this network has W\[1\]/],
    [
      "a weight of another shape",
      { weights: { "W[1]": [[1, 2]] } },
      /W\[1\] has shape \[3, 2\] and needs 6 numbers, got 2/,
    ],
    ["a batch of none", { batch: 0 }, /whole number from 1/],
    ["a loss that is no single number", { loss: crossEntropy({ reduction: "none" }) }, /reduction "none"/],
  ];
  it.each(refused)("refuses %s in one sentence", (_, options, message) => {
    const attempt = () => explain(small, options);
    expect(attempt).toThrow(message);
    try {
      attempt();
    } catch (error) {
      expect(error instanceof ShapeError || error instanceof UsageError).toBe(true);
    }
  });
});

describe("the difference check", () => {
  const x = input([3], "x");
  const at = (numbers: readonly number[], y: Tensor) => {
    const feeds = new Map<Tensor, readonly number[]>([[x, numbers]]);
    const [gradient] = gradients(y, [x]);
    return { differences: new Differences(y, valuesBelow(y, feeds)), exact: evaluate(gradient as Tensor, feeds).data };
  };

  it("sees a gradient that is off in one entry by one part in ten thousand", () => {
    const { differences, exact } = at([0.3, -0.2, 1.1], sum(sigmoid(x)));
    expect(differences.check(x, exact, 0, [1]).agrees).toBe(true);
    const wrong = exact.map((value, i) => (i === 2 ? value * 1.0001 : value));
    expect(differences.check(x, wrong, 0, [1]).agrees).toBe(false);
    expect(
      differences.check(
        x,
        exact.map((value) => -value),
        0,
        [1],
      ).agrees,
    ).toBe(false);
    expect(differences.check(x, new Float64Array(3), 0, [1]).agrees).toBe(false);
  });

  it("leaves a kink out and says so", () => {
    const { differences, exact } = at([0, -0.2, 1.1], sum(relu(x)));
    expect(differences.check(x, exact, 1, [2])).toMatchObject({ atKinks: 1, compared: 2, entries: 3, agrees: true });
  });

  it("is not fooled by a tiny gradient", () => {
    const { differences, exact } = at([40, -35, 30], sum(sigmoid(x)));
    expect(differences.check(x, exact, 0, [1]).agrees).toBe(true);
  });
});

describe("binary cross-entropy of one output", () => {
  it("tells the probability, and prediction minus target", () => {
    const { steps } = explain(sequential(dense(2, 3), tanh, dense(3, 1)), { loss: binaryCrossEntropy(), digits });
    expect(steps.find(({ name }) => name === "Y")?.formula.text).toBe("Y = sigmoid(Z[2])");
    expect(steps.find(({ name }) => name === "dZ[2]")?.formula.text).toBe("dZ[2] = 1/2·(Y - t)");
  });
});
