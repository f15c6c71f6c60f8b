import { describe, expect, it } from "vitest";
import { checkGradients, evaluate, gradients, jacobian, relativeError } from "../../src/autodiff/index.js";
import {
  abs,
  add,
  div,
  elu,
  exp,
  hardtanh,
  input,
  leakyRelu,
  log,
  matmul,
  max,
  mean,
  mul,
  neg,
  parameter,
  pow,
  relu,
  reshape,
  selu,
  sigmoid,
  softmax,
  softplus,
  sqrt,
  sub,
  sum,
  Tensor,
  tanh,
  tensor,
  transpose,
} from "../../src/index.js";
import { stepOp } from "../../src/ops/step.js";
import { distance } from "./differences.js";

const numbers = (t: Tensor, feeds?: ReadonlyMap<Tensor, readonly number[]>) => [...evaluate(t, feeds).data];
const gradientOf = (y: Tensor, x: Tensor) => numbers(gradients(y, [x])[0]);

describe("gradients", () => {
  const x = parameter([1, 2, 3], "x");

  it("adds up what every user sends back", () => {
    const y = add(sum(mul(x, x)), add(sum(x), sum(mul(3, x))));
    expect(gradientOf(y, x)).toEqual([2 + 4, 4 + 4, 6 + 4]);
  });

  it("counts a value used twice by one operation twice", () => {
    expect(gradientOf(sum(mul(x, x)), x)).toEqual([2, 4, 6]);
    expect(gradientOf(sum(sub(x, x)), x)).toEqual([0, 0, 0]);
  });

  it("gives zeros, of its shape, for what the value does not depend on", () => {
    const unused = parameter(
      [
        [1, 2],
        [3, 4],
      ],
      "unused",
    );
    const [byX, byUnused] = gradients(sum(x), [x, unused]);
    expect(numbers(byX)).toEqual([1, 1, 1]);
    expect(byUnused.shape).toEqual([2, 2]);
    expect(numbers(byUnused)).toEqual([0, 0, 0, 0]);
  });

  it("undoes broadcasting: a row, a column and a number get the sum over what repeated them", () => {
    const m = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const row = parameter([1, 1, 1], "row");
    const column = parameter([[1], [1]], "column");
    const number = parameter(1, "number");
    const [byRow, byColumn, byNumber] = gradients(sum(mul(mul(mul(m, row), column), number)), [row, column, number]);
    expect(numbers(byRow)).toEqual([5, 7, 9]);
    expect(byColumn.shape).toEqual([2, 1]);
    expect(numbers(byColumn)).toEqual([6, 15]);
    expect(numbers(byNumber)).toEqual([21]);
  });

  it("with respect to a value in between, and to the value itself", () => {
    const square = mul(x, x);
    const y = sum(mul(2, square));
    const [bySquare, byY] = gradients(y, [square, y]);
    expect(numbers(bySquare)).toEqual([2, 2, 2]);
    expect(numbers(byY)).toEqual([1]);
  });

  it("asked twice for one x, answers twice the same", () => {
    const [a, b] = gradients(sum(mul(x, x)), [x, x]);
    expect(numbers(a)).toEqual(numbers(b));
  });

  it("starts from the seed it is given", () => {
    const seed = tensor([1, 0, -2]);
    expect(numbers(gradients(mul(x, x), [x], seed)[0])).toEqual([2, 0, -12]);
  });

  it("takes a seed to be fed, even when the value has a name", () => {
    const y = add(x, 1).named("Z[1]");
    const seed = input([3], "seed");
    const [byX] = gradients(y, [x], seed);
    expect(numbers(byX, new Map([[seed, [4, 5, 6]]]))).toEqual([4, 5, 6]);
  });

  it("names gradients after the values", () => {
    const z = mul(x, x).named("Z[1]");
    const y = sum(tanh(z)).named("loss");
    const names = new Set<string | undefined>();
    const visit = (node: Tensor): void => {
      names.add(node.name);
      node.inputs.forEach(visit);
    };
    visit(gradients(y, [x])[0]);
    expect(names.has("dZ[1]")).toBe(true);
    expect(gradients(y, [x])[0].name).toBe("dx");
  });

  it("refuses a value of several numbers without a seed, and says what to do", () => {
    expect(() => gradients(mul(x, x), [x])).toThrow(
      "gradients: the value to differentiate has shape [3]; reduce it to one number (sum, mean), give a seed, or use jacobian",
    );
  });

  it("takes a value of shape [1, 1] as one number", () => {
    expect(gradientOf(reshape(sum(x), [1, 1]), x)).toEqual([1, 1, 1]);
  });

  it("refuses a seed of another shape", () => {
    expect(() => gradients(mul(x, x), [x], tensor([1, 2]))).toThrow(
      "gradients: the seed has shape [2], the value [3]; they must be equal",
    );
  });

  it("goes through 10,000 operations in a row without overflowing the stack", () => {
    let y: Tensor = parameter(1, "start");
    const start = y;
    for (let i = 0; i < 10_000; i++) y = add(mul(y, 1.0001), 0.1);
    expect(gradientOf(y, start)[0]).toBeCloseTo(1.0001 ** 10_000, 9);
  });

  it("is not exponential in a chain where every value is used twice", () => {
    let y: Tensor = parameter(1, "start");
    const start = y;
    for (let i = 0; i < 200; i++) y = mul(0.5, add(y, y));
    expect(gradientOf(y, start)).toEqual([1]);
  });

  it("a second derivative is the gradient of the gradient", () => {
    const t = parameter(0.7, "t");
    const [first] = gradients(tanh(t), [t]);
    const [second] = gradients(first, [t]);
    const y = Math.tanh(0.7);
    expect(evaluate(second).item()).toBeCloseTo(-2 * y * (1 - y * y), 14);
  });

  it("a fourth derivative too: of x⁵ it is 120·x", () => {
    const t = parameter(1.3, "t");
    let y: Tensor = pow(t, 5);
    for (let i = 0; i < 4; i++) y = gradients(y, [t])[0];
    expect(evaluate(y).item()).toBeCloseTo(120 * 1.3, 10);
  });
});

describe("jacobian", () => {
  it("of a softmax is diag(y) - y·yᵀ, its rows and columns with sum 0, for any logits", () => {
    for (const logits of [
      [0.3, -1, 2, 0.5],
      [1e4, 0, -1e4, 3],
      [710, 709, -710, 0],
      [5, 5, 5, 5],
    ]) {
      const z = parameter(logits, "z");
      const y = numbers(softmax(z));
      const matrix = numbers(jacobian(softmax(z), z));
      const expected = y.flatMap((yi, i) => y.map((yj, j) => (i === j ? yi * (1 - yi) : -yi * yj)));
      expect(distance(matrix, expected)).toBeLessThan(1e-15);
      for (let i = 0; i < 4; i++) {
        const row = matrix.slice(4 * i, 4 * i + 4).reduce((a, b) => a + b, 0);
        const column = [0, 1, 2, 3].reduce((total, k) => total + (matrix[4 * k + i] as number), 0);
        expect(Math.abs(row)).toBeLessThan(1e-15);
        expect(Math.abs(column)).toBeLessThan(1e-15);
      }
    }
  });

  it("of a linear map is its matrix", () => {
    const W = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const x = parameter([[1], [1], [1]], "x");
    const j = jacobian(matmul(W, x), x);
    expect(j.shape).toEqual([2, 3]);
    expect(numbers(j)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("of an elementwise function is diagonal", () => {
    const x = parameter([1, 2], "x");
    expect(numbers(jacobian(mul(x, x), x))).toEqual([2, 0, 0, 4]);
  });

  it("of a gradient is the Hessian: symmetric, and right", () => {
    const x = parameter([0.3, -0.7, 1.1], "x");
    // f = Σ xᵢ² · Π xᵢ-ish terms that mix all variables
    const f = sum(mul(exp(mul(0.5, x)), tanh(mul(sum(x), x))));
    const hessian = numbers(jacobian(gradients(f, [x])[0], x));
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++)
        expect(relativeError(hessian[3 * i + j] as number, hessian[3 * j + i] as number)).toBeLessThan(1e-14);
    }
    expect(checkGradients(gradients(f, [x])[0], [x]).worst).toBeLessThan(1e-6);
    const A = tensor([
      [2, 1],
      [1, 4],
    ]);
    const v = parameter([[1], [2]], "v");
    const quadratic = mul(0.5, sum(matmul(transpose(v), matmul(A, v))));
    expect(numbers(jacobian(gradients(quadratic, [v])[0], v))).toEqual([2, 1, 1, 4]);
  });
});

describe("logarithm, then product: the two routes of the notes", () => {
  it("1/x ⊙ y, and the diagonal Jacobian transposed times y, agree", () => {
    const x = parameter([0.5, 2, 4, 0.1], "x");
    const y = tensor([3, -1, 2, 5]);
    const direct = gradientOf(sum(mul(y, log(x))), x);
    const diagonal = jacobian(log(x), x) as Tensor<[number, number]>;
    const byMatrix = numbers(matmul(transpose(diagonal), reshape(y, [4, 1])));
    const hadamard = numbers(mul(div(1, x), y));
    expect(distance(direct, hadamard)).toBeLessThan(1e-15);
    expect(distance(byMatrix, hadamard)).toBeLessThan(1e-15);
    const matrix = numbers(diagonal);
    expect(matrix.filter((value, i) => i % 5 !== 0 && value !== 0)).toEqual([]);
  });
});

describe("kinks", () => {
  const slope = (apply: (x: Tensor) => Tensor, at: number): number => {
    const x = parameter([at], "x");
    return gradientOf(sum(apply(x)), x)[0] as number;
  };

  it.each([
    ["relu at 0", (x: Tensor) => relu(x), 0, 0],
    ["relu at -0", (x: Tensor) => relu(x), -0, 0],
    ["relu above", (x: Tensor) => relu(x), 5e-324, 1],
    ["leakyRelu at 0 is its slope", (x: Tensor) => leakyRelu(x, { slope: 0.3 }), 0, 0.3],
    ["leakyRelu above", (x: Tensor) => leakyRelu(x, { slope: 0.3 }), 5e-324, 1],
    ["abs at 0", (x: Tensor) => abs(x), 0, 0],
    ["abs below", (x: Tensor) => abs(x), -5e-324, -1],
    ["hardtanh at its lower bound", (x: Tensor) => hardtanh(x), -1, 0],
    ["hardtanh at its upper bound", (x: Tensor) => hardtanh(x), 1, 0],
    ["hardtanh inside", (x: Tensor) => hardtanh(x), 0.999, 1],
    ["elu at 0 is alpha", (x: Tensor) => elu(x, { alpha: 0.7 }), 0, 0.7],
    ["elu above", (x: Tensor) => elu(x, { alpha: 0.7 }), 5e-324, 1],
    ["selu at 0 is scale · alpha", (x: Tensor) => selu(x), 0, 1.0507009873554805 * 1.6732632423543772],
    ["pow(x, 2) at 0", (x: Tensor) => pow(x, 2), 0, 0],
    ["pow(x, 1) at 0", (x: Tensor) => pow(x, 1), 0, 1],
    ["pow(x, 0) at 0", (x: Tensor) => pow(x, 0), 0, 0],
    ["sqrt at 0 is infinite", (x: Tensor) => sqrt(x), 0, Number.POSITIVE_INFINITY],
  ] as const)("%s", (_, apply, x, expected) => {
    expect(slope(apply, x)).toBeCloseTo(expected, 14);
  });

  it("the second derivative of pow(x, 1) at 0 is 0, and of pow(x, 2) it is 2", () => {
    const x = parameter([0], "x");
    for (const [power, expected] of [
      [1, 0],
      [2, 2],
    ] as const) {
      const [first] = gradients(sum(pow(x, power)), [x]);
      expect(numbers(gradients(sum(first), [x])[0])).toEqual([expected]);
    }
  });

  it("largest numbers that are equal share the gradient of max equally", () => {
    const x = parameter(
      [
        [1, 3, 3],
        [2, 0, -1],
        [4, 4, 4],
      ],
      "x",
    );
    expect(gradientOf(sum(max(x, { axis: 1 })), x)).toEqual([0, 0.5, 0.5, 1, 0, 0, 1 / 3, 1 / 3, 1 / 3]);
    expect(gradientOf(max(x), x)).toEqual([0, 0, 0, 0, 0, 0, 1 / 3, 1 / 3, 1 / 3]);
  });
});

describe("far tails: derivatives that a subtraction would have lost", () => {
  it.each([
    ["sigmoid", sigmoid, 40, Math.exp(-40)],
    ["sigmoid", sigmoid, -745, 5e-324],
    ["tanh", tanh, 30, 4 * Math.exp(-60)],
    ["softplus", softplus, -50, Math.exp(-50)],
  ] as const)("%s at %d", (_, apply, x, expected) => {
    const p = parameter([x], "x");
    const [slope] = gradientOf(sum(apply(p as Tensor)), p) as [number];
    expect(Math.abs(slope / expected - 1)).toBeLessThan(1e-12);
  });
});

describe("checkGradients", () => {
  const x = parameter([0.4, -0.8, 1.2], "W[1]");

  /** tanh with another derivative: right but for what the test plants. */
  const wrongTanh = (plant: (right: Tensor, gradient: Tensor) => Tensor | undefined): Tensor => {
    const right = tanh(x);
    const op = {
      ...right.op,
      derivative: (node: Tensor, gradient: Tensor) => [
        plant(right.op.derivative(node, gradient)[0] as Tensor, gradient),
      ],
    };
    return new Tensor(op, [x]);
  };

  it("passes what is right, counting what it compared", () => {
    const check = checkGradients(
      wrongTanh((right) => right),
      [x],
    );
    expect(check.worst).toBeLessThan(1e-9);
    expect(check.comparisons).toBe(2 + 9);
  });

  it.each([
    ["a wrong sign", (right: Tensor) => neg(right)],
    ["a factor of 1.001", (right: Tensor) => mul(1.001, right)],
    ["a missing factor", (_: Tensor, gradient: Tensor) => gradient],
    ["a missing gradient", () => undefined],
    ["an added constant", (right: Tensor) => add(right, 1e-3)],
    ["NaN", (right: Tensor) => mul(right, Number.NaN)],
  ] as const)("notices %s", (_, plant) => {
    expect(checkGradients(wrongTanh(plant), [x]).worst).toBeGreaterThan(1e-4);
  });

  it("says where: the entry of the Jacobian, by name", () => {
    const onlySecond = tensor([1, 3, 1]);
    const check = checkGradients(
      wrongTanh((right) => mul(right, onlySecond)),
      [x],
      { directions: 0 },
    );
    expect(check.where).toBe("∂y[1]/∂W[1][1]");
    const slope = 1 - Math.tanh(-0.8) ** 2;
    expect(check.numeric).toBeCloseTo(slope, 9);
    expect(check.analytic).toBeCloseTo(3 * slope, 9);
  });

  it("says where: the random direction, when the Jacobian is too large to compare", () => {
    const check = checkGradients(
      wrongTanh((right) => neg(right)),
      [x],
      { entries: 0 },
    );
    expect(check.where).toMatch(/^direction [12] of W\[1\]$/);
    expect(check.comparisons).toBe(2);
  });

  it("takes numbers for inputs that carry none", () => {
    const fed = input([2], "fed");
    expect(checkGradients(mul(fed, fed), [fed], { feeds: new Map([[fed, [1, -2]]]) }).worst).toBeLessThan(1e-9);
  });

  it("a step has no derivative and needs none: flat on both sides", () => {
    expect(checkGradients(new Tensor(stepOp, [x]), [x]).worst).toBe(0);
  });

  it("relativeError: equal infinities are no error, one alone is", () => {
    expect(relativeError(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toBe(0);
    expect(relativeError(Number.NaN, 1)).toBe(Number.POSITIVE_INFINITY);
    expect(relativeError(1e-9, 0)).toBe(1e-9);
    expect(relativeError(2e6, 1e6)).toBe(0.5);
  });

  it("a mean over the batch enters once", () => {
    expect(gradientOf(mean(mul(x, x)), x)).toEqual(
      [0.8 / 3, -1.6 / 3, 2.4 / 3].map((value) => expect.closeTo(value, 15)),
    );
  });
});
