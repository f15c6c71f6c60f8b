import { describe, expect, it } from "vitest";
import { evaluate, evaluateAll, type Feeds } from "../../src/autodiff/index.js";
import {
  activation,
  batchNorm,
  dense,
  dropout,
  elu,
  gelu,
  heNormal,
  input,
  type Layer,
  layerNorm,
  leakyRelu,
  mul,
  relu,
  selu,
  sequential,
  sigmoid,
  softmax,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
  UsageError,
  xavierNormal,
} from "../../src/index.js";
import { network as networkOf, type Pass } from "../../src/nn/index.js";
import { inOrder } from "../../src/tensor/index.js";

const namesIn = (root: Tensor) => inOrder([root]).flatMap(({ name }) => (name === undefined ? [] : [name]));

/** A layer by itself on a batch, with given numbers for its own tensors. */
function apply(layer: Layer, batch: number[][], parts: Record<string, number[]>, pass: Partial<Pass> = {}) {
  const x = tensor(batch) as Tensor;
  const own = Object.fromEntries(Object.entries(parts).map(([name, values]) => [name, tensor(values) as Tensor]));
  const result = layer.forward(x, own, { training: true, step: tensor(1), seed: 1, stream: 0, ...pass });
  const updates = (result.updates ?? []).map(({ target, value }) => [
    Object.keys(own).find((name) => own[name] === target),
    [...evaluate(value).data],
  ]);
  return {
    output: evaluate(result.output).toArray() as number[][],
    updates: Object.fromEntries(updates) as Record<string, number[]>,
  };
}

const close = (rows: readonly (readonly number[])[], digits = 12) =>
  rows.map((row) => row.map((x) => expect.closeTo(x, digits)));

describe("batchNorm", () => {
  const batch = [
    [1, 10],
    [2, 20],
    [6, 60],
  ];
  const parts = { gamma: [1, 2], beta: [0, 5], runningMean: [0, 0], runningVariance: [1, 1] };

  it("in training: each feature to mean 0 and variance 1 over the batch, then γ and β; running averages move a step", () => {
    const { output, updates } = apply(batchNorm(2, { momentum: 0.25, epsilon: 0 }), batch, parts);
    // Mean 3, variance (4 + 1 + 9) / 3; the second feature is ten times the first.
    const deviation = Math.sqrt(14 / 3);
    expect(output).toEqual(close([-2, -1, 3].map((d) => [d / deviation, 5 + (2 * d) / deviation])));
    expect(updates).toEqual({
      runningMean: [expect.closeTo(0.75, 12), expect.closeTo(7.5, 12)],
      // The running variance is the unbiased one: 14 / 2.
      runningVariance: [expect.closeTo(0.75 + 0.25 * 7, 12), expect.closeTo(0.75 + 0.25 * 700, 10)],
    });
  });

  it("in prediction: by the running averages, which stay", () => {
    const running = { ...parts, runningMean: [1, 10], runningVariance: [4, 100] };
    const { output, updates } = apply(batchNorm(2, { epsilon: 0 }), batch, running, { training: false });
    expect(output).toEqual(
      close([
        [0, 5],
        [0.5, 7],
        [2.5, 15],
      ]),
    );
    expect(updates).toEqual({});
  });

  it("epsilon keeps a constant feature finite", () => {
    const { output } = apply(batchNorm(1), [[3], [3]], {
      gamma: [1],
      beta: [0],
      runningMean: [0],
      runningVariance: [1],
    });
    expect(output).toEqual([[0], [0]]);
  });

  it("starts with γ 1, β 0, mean 0 and variance 1", () => {
    const { parts: own } = batchNorm(3);
    const start = Object.fromEntries(
      Object.entries(own).map(([name, { role, initializer, shape }]) => [
        name,
        [role, ...initializer.fill(shape, undefined as never)],
      ]),
    );
    expect(start).toEqual({
      gamma: ["parameter", 1, 1, 1],
      beta: ["parameter", 0, 0, 0],
      runningMean: ["state", 0, 0, 0],
      runningVariance: ["state", 1, 1, 1],
    });
  });
});

describe("layerNorm", () => {
  it("each example to mean 0 and variance 1 over its features, then γ and β, in training and prediction alike", () => {
    const scale = 1 / Math.sqrt(2 / 3);
    const row = [1 - scale, 1, 1 + 3 * scale];
    const expected = close([row, row]);
    for (const training of [true, false]) {
      const { output, updates } = apply(
        layerNorm(3, { epsilon: 0 }),
        [
          [1, 2, 3],
          [10, 30, 50],
        ],
        { gamma: [1, 2, 3], beta: [1, 1, 1] },
        { training },
      );
      expect(output).toEqual(expected);
      expect(updates).toEqual({});
    }
  });
});

describe("dropout", () => {
  const wide = Array.from({ length: 50 }, () => new Array<number>(40).fill(1));

  it("sets about its share of numbers to 0 and scales the rest, so that the mean stays", () => {
    const { output } = apply(dropout(0.2), wide, {});
    const numbers = output.flat();
    expect(new Set(numbers)).toEqual(new Set([0, 1.25]));
    const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
    // 5 deviations of the share of 2000 draws.
    expect(Math.abs(mean - 1)).toBeLessThan(5 * 1.25 * Math.sqrt((0.2 * 0.8) / 2000));
  });

  it("draws anew for every step, seed and place, and the same for the same", () => {
    const draw = (pass: Partial<Pass>) => JSON.stringify(apply(dropout(0.5), wide, {}, pass).output);
    const base = draw({});
    expect(draw({})).toBe(base);
    expect(draw({ step: tensor(2) })).not.toBe(base);
    expect(draw({ seed: 2 })).not.toBe(base);
    expect(draw({ stream: 1 })).not.toBe(base);
  });

  it("does nothing in prediction, or at rate 0", () => {
    expect(apply(dropout(0.9), [[1, 2]], {}, { training: false }).output).toEqual([[1, 2]]);
    expect(apply(dropout(0), [[1, 2]], {}).output).toEqual([[1, 2]]);
  });

  it.each([-0.1, 1, Number.NaN])("refuses the rate %d", (rate) => {
    expect(() => dropout(rate)).toThrow(new UsageError(`dropout: the rate is from 0 to below 1, got ${rate}`));
  });
});

describe("activation", () => {
  it("passes options on", () => {
    expect(apply(activation(leakyRelu, { slope: 0.5 }), [[-4, 4]], {}).output).toEqual([[-2, 4]]);
  });

  it("an op, or a function of one's own made of ops, is a layer", () => {
    const square = <S extends readonly number[]>(x: Tensor<S>) => mul(x as Tensor, x as Tensor) as Tensor as Tensor<S>;
    const net = sequential(dense(1, 1, { bias: false }), square, relu);
    const feeds: Feeds = new Map(net.parameters.map(({ tensor: leaf }) => [leaf, [3]]));
    expect(evaluate(net.forward(tensor([[-2]])).output, feeds).toArray()).toEqual([[36]]);
  });

  it("one that changes the shape is refused, with both shapes", () => {
    const net = networkOf([dense(2, 3), ((x: Tensor) => transpose(x)) as never]);
    expect(() => net.forward(input([4, 2], "X"))).toThrow(
      "an activation must keep the shape: it turned [4, 3] into [3, 4]",
    );
    const summing = networkOf([dense(2, 3), ((x: Tensor) => sum(x)) as never]);
    expect(() => summing.forward(input([4, 2], "X"))).toThrow(
      "an activation must keep the shape: it turned [4, 3] into []",
    );
  });
});

describe("sequential", () => {
  it("names every layer's result, and every tensor, by the number of its dense layer", () => {
    const net = sequential(
      batchNorm(4),
      dense(4, 3),
      batchNorm(3),
      relu,
      dropout(0.5),
      layerNorm(3),
      dense(3, 2),
      softmax,
    );
    expect(net.tensors.map(({ name, role }) => `${role} ${name}`)).toEqual([
      ...["gamma[0]", "beta[0]"].map((name) => `parameter ${name}`),
      ...["runningMean[0]", "runningVariance[0]"].map((name) => `state ${name}`),
      ...["W[1]", "b[1]", "gamma[1]", "beta[1]"].map((name) => `parameter ${name}`),
      ...["runningMean[1]", "runningVariance[1]"].map((name) => `state ${name}`),
      ...["gamma[1]'", "beta[1]'", "W[2]", "b[2]"].map((name) => `parameter ${name}`),
    ]);
    const { output, updates } = net.forward(input([5, 4], "X"), { training: true });
    expect(namesIn(output).filter((name) => /^[A-Z]/.test(name) && !name.startsWith("W"))).toEqual([
      "X",
      "N[0]",
      "Z[1]",
      "N[1]",
      "A[1]",
      "D[1]",
      "N[1]'",
      "Z[2]",
      "A[2]",
    ]);
    expect(output.name).toBe("A[2]");
    expect(updates.map(({ target }) => target.name)).toEqual([
      "runningMean[0]",
      "runningVariance[0]",
      "runningMean[1]",
      "runningVariance[1]",
    ]);
  });

  it("computes layer after layer", () => {
    const net = sequential(dense(2, 2), relu, dense(2, 1));
    const values: Record<string, number[]> = {
      "W[1]": [1, 2, -3, 4],
      "b[1]": [0.5, -0.5],
      "W[2]": [1, 10],
      "b[2]": [100],
    };
    const feeds = new Map(net.parameters.map(({ name, tensor: leaf }) => [leaf, values[name] as number[]]));
    // [1, 1] → [3.5, 0.5] → 3.5 + 5 + 100; [2, 0] → [2.5, max(0, -6.5)] → 2.5 + 100
    expect(
      evaluate(
        net.forward(
          tensor([
            [1, 1],
            [2, 0],
          ]),
        ).output,
        feeds,
      ).toArray(),
    ).toEqual([[108.5], [102.5]]);
  });

  it("gives each dense layer the initializer that suits what follows, unless it has one of its own", () => {
    const initializerOf = (net: { parameters: readonly { name: string; initializer: { name: string } }[] }) =>
      net.parameters.filter(({ name }) => name.startsWith("W")).map(({ initializer }) => initializer.name);
    expect(initializerOf(sequential(dense(2, 3), relu, dense(3, 3), tanh, dense(3, 3), selu, dense(3, 1)))).toEqual([
      "heNormal",
      "xavierUniform",
      "lecunNormal",
      "xavierUniform",
    ]);
    expect(
      initializerOf(
        sequential(
          dense(2, 3),
          batchNorm(3),
          gelu,
          dense(3, 3),
          dropout(0.1),
          activation(elu, { alpha: 0.5 }),
          dense(3, 1),
          sigmoid,
        ),
      ),
    ).toEqual(["heNormal", "heNormal", "xavierUniform"]);
    expect(
      initializerOf(
        sequential(dense(2, 3, { init: xavierNormal() }), relu, dense(3, 3), dense(3, 1, { init: heNormal() })),
      ),
    ).toEqual(["xavierNormal", "xavierUniform", "heNormal"]);
  });

  it("keeps a layer's own way to start its biases", () => {
    const start = sequential(dense(2, 3, { biasInit: heNormal() }), relu, dense(3, 1)).parameters.find(
      ({ name }) => name === "b[1]",
    );
    expect(start?.initializer.name).toBe("heNormal");
    expect(sequential(dense(2, 3, { bias: false }), relu, dense(3, 1)).parameters.map(({ name }) => name)).toEqual([
      "W[1]",
      "W[2]",
      "b[2]",
    ]);
  });

  it("a forward pass twice gives two graphs over the same parameters", () => {
    const net = sequential(dense(2, 1));
    const x = tensor([[1, 2]]);
    const feeds = new Map(net.parameters.map(({ tensor: leaf }) => [leaf, leaf.shape.length === 2 ? [3, 4] : [5]]));
    const [a, b] = evaluateAll([net.forward(x).output, net.forward(x).output], feeds);
    expect(a?.toArray()).toEqual([[16]]);
    expect(b?.toArray()).toEqual([[16]]);
  });

  it.each([
    [() => dense(0, 3), "dense: inputs must be a whole number from 1, got 0"],
    [() => dense(3, 2.5), "dense: outputs must be a whole number from 1, got 2.5"],
    [() => batchNorm(-1), "batchNorm: features must be a whole number from 1, got -1"],
    [() => layerNorm(Number.NaN), "layerNorm: features must be a whole number from 1, got NaN"],
    [() => networkOf([relu]), "sequential: a network needs at least one layer with sizes, such as dense(64, 10)"],
    [
      () => networkOf([dense(4, 3), relu, batchNorm(5)]),
      "sequential: layer 3, batchNorm(5), takes 5 features, but the layers before it give 3; make the sizes equal",
    ],
  ])("refuses sizes that make no sense (%#)", (build, message) => {
    expect(build).toThrow(new UsageError(message));
  });
});
