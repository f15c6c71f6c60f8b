import { describe, expect, it } from "vitest";
import { evaluate, gradients } from "../../src/autodiff/index.js";
import {
  binaryCrossEntropy,
  crossEntropy,
  huber,
  input,
  meanAbsoluteError,
  meanSquaredError,
  parameter,
  softmaxCrossEntropy,
  type Tensor,
  tensor,
} from "../../src/index.js";
import { losses } from "../../src/nn/index.js";
import { ShapeError, UsageError } from "../../src/tensor/index.js";

const value = (t: Tensor) => evaluate(t).item();
const list = (t: Tensor) => [...evaluate(t).data];

describe("values by hand", () => {
  const y = tensor([[1], [4], [-2]]);
  const t = tensor([[2], [4], [1]]);

  it("meanSquaredError, meanAbsoluteError and huber of differences -1, 0 and -3", () => {
    expect(value(meanSquaredError(y, t))).toBeCloseTo(10 / 3, 14);
    expect(value(meanSquaredError(y, t, { reduction: "sum" }))).toBe(10);
    expect(list(meanSquaredError(y, t, { reduction: "none" }))).toEqual([1, 0, 9]);
    expect(value(meanAbsoluteError(y, t))).toBeCloseTo(4 / 3, 14);
    expect(list(huber(y, t, { reduction: "none" }))).toEqual([0.5, 0, 2.5]);
    expect(list(huber(y, t, { reduction: "none", delta: 2 }))).toEqual([0.5, 0, 4]);
    expect(list(huber(y, t, { reduction: "none", delta: 0.5 }))).toEqual([0.375, 0, 1.375]);
  });

  it("softmaxCrossEntropy of equal logits is ln of the number of classes, its gradient (y - t) / m", () => {
    const z = parameter(
      [
        [3, 3, 3, 3],
        [0, 0, 0, 0],
      ],
      "z",
    );
    const loss = softmaxCrossEntropy(z, tensor([2, 0]));
    expect(value(loss)).toBeCloseTo(Math.log(4), 14);
    expect(list(gradients(loss, [z])[0])).toEqual(
      [0.25, 0.25, -0.75, 0.25, -0.75, 0.25, 0.25, 0.25].map((x) => expect.closeTo(x / 2, 14)),
    );
  });

  it("softmax and cross-entropy together: dz = y·Σŷ - ŷ, also when the targets do not sum to 1", () => {
    const z = parameter([[1, 2, 0.5]], "z");
    const target = [0.2, 0.3, 0.9];
    const powers = [1, 2, 0.5].map(Math.exp);
    const total = powers.reduce((a, b) => a + b, 0);
    const expected = powers.map((p, i) => (p / total) * 1.4 - (target[i] as number));
    const fused = gradients(softmaxCrossEntropy(z, tensor([target])), [z])[0];
    expect(list(fused)).toEqual(expected.map((x) => expect.closeTo(x, 14)));
  });

  it("crossEntropy -Σ ŷ·ln y over classes, its derivative -ŷ / y, and finite where y is 0", () => {
    const y3 = parameter([[0.5, 0.25, 0.25]], "y");
    const loss = crossEntropy(y3, tensor([[0.2, 0.8, 0]]));
    expect(value(loss)).toBeCloseTo(0.2 * Math.log(2) + 0.8 * Math.log(4), 14);
    expect(list(gradients(loss, [y3])[0])).toEqual([-0.4, -3.2, 0].map((x) => expect.closeTo(x, 14)));
    const certain = parameter([[1, 0]], "y");
    const wrong = crossEntropy(certain, tensor([1]));
    expect(value(wrong)).toBeCloseTo(126 * Math.log(2), 10);
    expect(list(gradients(wrong, [certain])[0]).every(Number.isFinite)).toBe(true);
    expect(value(crossEntropy(certain, tensor([0])))).toBe(0);
  });

  it("binaryCrossEntropy at the logit 0 is ln 2; positiveWeight counts the positives more", () => {
    expect(value(binaryCrossEntropy(tensor([[0], [0]]), tensor([0, 1])))).toBeCloseTo(Math.log(2), 14);
    expect(
      list(binaryCrossEntropy(tensor([[0], [0]]), tensor([0, 1]), { positiveWeight: 3, reduction: "none" })),
    ).toEqual([Math.log(2), 3 * Math.log(2)].map((x) => expect.closeTo(x, 14)));
    expect(value(binaryCrossEntropy(tensor([[1e4]]), tensor([0])))).toBe(1e4);
  });

  it("its derivative by the target keeps its digits at logits near 0", () => {
    const t1 = parameter([0.5], "t");
    const loss = binaryCrossEntropy(tensor([1e-9]), t1, { reduction: "sum" });
    expect(list(gradients(loss, [t1])[0])).toEqual([-1e-9]);
  });

  it("class weights divide by the weights used; left-out rows count neither above nor below", () => {
    const z = tensor([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    const l = Math.log(2);
    expect(value(softmaxCrossEntropy(z, tensor([0, 1, 1]), { classWeights: [1, 3] }))).toBeCloseTo(l, 14);
    expect(value(softmaxCrossEntropy(z, tensor([0, 1, 1]), { classWeights: [1, 3], reduction: "sum" }))).toBeCloseTo(
      7 * l,
      14,
    );
    expect(value(softmaxCrossEntropy(z, tensor([0, -1, 1]), { leaveOut: true }))).toBeCloseTo(l, 14);
    expect(list(softmaxCrossEntropy(z, tensor([0, -1, 1]), { leaveOut: true, reduction: "none" }))).toEqual(
      [l, 0, l].map((x) => expect.closeTo(x, 14)),
    );
  });
});

describe("a loss for training", () => {
  it("is what the function gives without tensors, with its name, its options and what it wants", () => {
    const loss = softmaxCrossEntropy({ labelSmoothing: 0.1 });
    expect([loss.name, loss.options, loss.target, loss.outputs]).toEqual([
      "softmaxCrossEntropy",
      { labelSmoothing: 0.1 },
      "class",
      "logits",
    ]);
    const z = tensor([
      [1, 2],
      [3, 4],
    ]);
    const t = tensor([0, 1]);
    expect(value(loss.apply(z, t))).toBe(value(softmaxCrossEntropy(z, t, { labelSmoothing: 0.1 })));
    expect(Object.entries(losses).map(([name, make]) => [name, make().name])).toEqual(
      Object.keys(losses).map((name) => [name, name]),
    );
    expect(Object.values(losses).map((make) => [make().target, make().outputs])).toEqual([
      ["class", "logits"],
      ["class", "probabilities"],
      ["class", "logit"],
      ["value", "numbers"],
      ["value", "numbers"],
      ["value", "numbers"],
    ]);
  });

  it.each([
    [
      () => softmaxCrossEntropy(input([4, 3], "z"), input([5], "t")),
      "softmaxCrossEntropy: predictions of shape [4, 3] need class indices [4] or rows [4, 3], got targets of shape [5]",
    ],
    [
      () => meanSquaredError(input([4, 1], "y"), input([3, 1], "t")),
      "meanSquaredError: predictions of shape [4, 1] need targets of shape [4, 1], got targets of shape [3, 1]",
    ],
    [
      () => softmaxCrossEntropy(input([4, 3], "z"), input([4], "t"), { classWeights: [1, 2] }),
      "softmaxCrossEntropy: 2 class weights for 3 classes; give one for each",
    ],
  ])("refuses targets that do not fit (%#)", (build, message) => {
    expect(build).toThrow(new ShapeError(message));
  });

  it.each([
    [
      () => softmaxCrossEntropy({ labelSmoothing: 1 }),
      "softmaxCrossEntropy: labelSmoothing is from 0 to below 1, got 1",
    ],
    [() => huber({ delta: 0 }), "huber: delta must be above 0, got 0"],
    [
      () => meanSquaredError(input([2], "y"), input([2], "t"), { reduction: "median" as never }),
      'a loss\'s reduction is "mean", "sum" or "none", not "median"',
    ],
  ])("refuses options that make no sense (%#)", (build, message) => {
    expect(build).toThrow(new UsageError(message));
  });
});
