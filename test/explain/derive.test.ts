import katex from "katex";
import { describe, expect, it } from "vitest";
import { latexOf } from "../../src/explain/derive/latex.js";
import { simplified } from "../../src/explain/derive/simplify.js";
import {
  type Derivation,
  dense,
  derive,
  deriveExpression,
  deriveSoftmaxCrossEntropy,
  deriveSoftmaxJacobian,
  input,
  sequential,
  softmaxCrossEntropy,
  type Tensor,
  tanh,
} from "../../src/index.js";

const linesOf = ({ sections }: Derivation) => sections.flatMap(({ lines }) => lines);
const formulasIn = (derivation: Derivation, section: number) =>
  derivation.sections[section]?.lines.map(({ formula }) => formula.text);

describe("derive", () => {
  it("tells softmaxCrossEntropy(matmul(x, w).add(b), t) rule by rule, to the end", () => {
    const told = deriveExpression("softmaxCrossEntropy(matmul(x, w).add(b), t)");
    expect(formulasIn(told, 1)).toEqual([
      "du₄ = 1",
      "du₃ = repeat(du₄) / 2",
      "du₂ = du₃·(softmax(u₂)·Σⱼ Tⱼ - T)",
      "du₁ = du₂",
      "db = sum(du₂)",
      "dx = du₁·wᵀ",
      "dw = xᵀ·du₁",
    ]);
    expect(formulasIn(told, 2)).toEqual([
      "dx = ((1 / 2)·(softmax(u₂) - T))·wᵀ",
      "dw = xᵀ·((1 / 2)·(softmax(u₂) - T))",
      "db = sum((1 / 2)·(softmax(u₂) - T))",
    ]);
    expect(formulasIn(told, 4)?.at(-1)).toBe("= yⱼ - tⱼ");
    expect(told.agrees).toBe(true);
  });

  const expressions = [
    "sum(sigmoid(x * a) + x)",
    "mean((x @ transpose(W) + b - t)^2)",
    "mean(elu(tanh(x @ w)))",
    "crossEntropy(softmax(x @ w), t)",
    "binaryCrossEntropy(x @ w, t)",
    "huber(x @ w, t)",
    "max(x) + exp(-a) / sqrt(a * a + 1)",
    "x.mul(x).add(x).sum()",
    "log(x)",
    "logSoftmax(z).mul(y).sum()",
    "-a^2",
    "gelu(silu(mish(softplus(softsign(hardtanh(selu(leakyRelu(relu(a + 3)))))))))",
  ];
  it.each(expressions)("agrees with central differences at every line of %s", (text) => {
    const shapes: Record<string, readonly number[]> = text.includes("W") ? { W: [2, 3] } : {};
    for (const seed of [1, 2, 3]) {
      const told = deriveExpression(text, { seed, shapes });
      const checks = linesOf(told).flatMap(({ check }) => (check === undefined ? [] : [check]));
      expect(checks.length).toBeGreaterThan(1);
      expect(
        checks.filter(({ agrees }) => !agrees),
        text,
      ).toEqual([]);
      expect(told.agrees).toBe(true);
    }
  });

  it("adds up the parts of a value that is used several times", () => {
    const told = deriveExpression("x.mul(x).add(x).sum()", { values: { x: [3] } });
    expect(linesOf(told).at(-1)).toMatchObject({ name: "dx", value: [7] });
    expect(formulasIn(told, 1)?.filter((text) => text.startsWith("dx"))).toEqual([
      "dx = du₂",
      "dx += du₁ ⊙ x",
      "dx += du₁ ⊙ x",
    ]);
  });

  it("takes a graph of the library as it is, names and all", () => {
    const network = sequential(dense(2, 3), tanh, dense(3, 2));
    const [x, t] = [input([4, 2], "X"), input([4], "t")];
    const loss = softmaxCrossEntropy(network.forward(x).output as Tensor, t);
    const parameters = network.parameters.map(({ tensor }) => tensor);
    const feeds = new Map<Tensor, number[]>([
      [x, [1, -1, 0.5, 2, 0.3, 0.1, -2, 1]],
      [t, [0, 1, 1, 0]],
      ...parameters.map(
        (one, i) =>
          [one, Array.from({ length: one.shape.reduce((a, b) => a * b, 1) }, (_, k) => Math.sin(i + 3 * k))] as const,
      ),
    ]);
    const told = derive(loss, parameters, feeds);
    expect(formulasIn(told, 1)).toContain("dZ[1] = dA[1] ⊙ (1 - A[1]²)");
    expect(formulasIn(told, 1)).toContain("d(W[2]ᵀ) = A[1]ᵀ·du₂");
    expect(told.agrees).toBe(true);
  });

  it("is LaTeX that KaTeX reads, and plain data", () => {
    const all = [
      ...expressions.map((text) => deriveExpression(text, text.includes("W") ? { shapes: { W: [2, 3] } } : {})),
      deriveSoftmaxCrossEntropy([1, 2], [0, 1]),
      deriveSoftmaxJacobian([1, 2]),
    ];
    for (const told of all) {
      for (const { formula, rule } of linesOf(told)) {
        for (const shown of [formula, ...(rule === undefined ? [] : [rule])]) {
          expect(katex.renderToString(shown.latex, { strict: "error" }), shown.latex).toContain("katex");
        }
      }
      const json = JSON.stringify(told);
      expect(JSON.stringify(JSON.parse(json))).toBe(json);
    }
  });

  it.each([
    ["log(x", /at its end: expected a closing bracket/],
    ["foo(x)", /at character 1: knows no function "foo"/],
    ["constructor(x)", /knows no function "constructor"/],
    ["x.__proto__()", /knows no function "__proto__"/],
    ["x.add(y, z)", /add takes 2 tensors, got 3/],
    ["3 $ 4", /at character 3: does not understand "\$ 4"/],
    ["x y", /at character 3: did not expect "y"/],
    ["", /expected a number, a name or a call/],
    ["1 + 2", /no name to differentiate by/],
    [`${"(".repeat(600)}x${")".repeat(600)}`, /longer than 1000 characters/],
    ["matmul(x, x)", /matmul: \[2, 3\] · \[2, 3\]/],
  ])("refuses %s in one sentence", (text, message) => {
    expect(() => deriveExpression(text)).toThrow(message);
  });

  it("refuses values for a name that is not there", () => {
    expect(() => deriveExpression("sum(x)", { values: { q: [1] } })).toThrow(/has no "q"/);
  });

  it("refuses a value of several numbers", () => {
    const x = input([3], "x");
    expect(() => derive(tanh(x), [x], new Map([[x as Tensor, [1, 2, 3]]]))).toThrow(/reduce it to one number/);
  });
});

describe("the long route of the notes", () => {
  it("comes to y - t, every line with the numbers of the one before", () => {
    const { sections, agrees } = deriveSoftmaxCrossEntropy([1, 2, 0.5], [0, 1, 0]);
    const lines = sections[1]?.lines ?? [];
    expect(agrees).toBe(true);
    expect(lines.length).toBe(7);
    const [first, ...rest] = lines.map(({ value }) => value as number[]);
    for (const value of rest) value.forEach((number, j) => void expect(number).toBeCloseTo(first?.[j] as number, 14));
  });

  it("stops at y·Σt - t when the targets are no distribution", () => {
    const { sections, agrees } = deriveSoftmaxCrossEntropy([1, -2, 0.5], [0.5, 2, 0]);
    expect(sections[1]?.lines.at(-1)?.formula.text).toBe("= yⱼ·Σᵢ tᵢ - tⱼ");
    expect(agrees).toBe(true);
  });
});

describe("the Jacobian of softmax", () => {
  it("has both cases, and rows and columns that sum to 0", () => {
    const told = deriveSoftmaxJacobian([1, 2, 0.5, -3]);
    expect(told.agrees).toBe(true);
    const J = linesOf(told).find(({ name }) => name === "J")?.value as number[][];
    const y = linesOf(told).find(({ name }) => name === "y")?.value as number[];
    for (const [i, row] of J.entries()) {
      for (const [j, value] of row.entries()) {
        const [yi, yj] = [y[i] as number, y[j] as number];
        expect(value).toBeCloseTo(i === j ? yi * (1 - yi) : -yi * yj, 14);
      }
    }
  });

  it("gives the same gradient by the matrix and by the product", () => {
    const [, softmax, log] = deriveSoftmaxJacobian([1, 2, 0.5], [3, -1, 2]).sections;
    for (const section of [softmax, log]) {
      const [matrix, product] = (section?.lines ?? []).slice(-2).map(({ value }) => value as number[]);
      for (const [i, number] of (matrix ?? []).entries()) expect(number).toBeCloseTo(product?.[i] as number, 14);
    }
  });
});

describe("simplifying", () => {
  it.each([
    ["repeat(1) / 2·x", "1 / 2·x"],
    ["1 ⊙ y", "y"],
    ["(xᵀ·((a - b)))ᵀ", "(a - b)ᵀ·x"],
    ["(xᵀ·du)ᵀ", "duᵀ·x"],
    ["2·u^(2 - 1)", "2·u"],
    ["sum(((a + b)))", "sum(a + b)"],
    ["11 ⊙ y", "11 ⊙ y"],
    ["a / 10", "a / 10"],
  ])("%s is %s", (from, to) => expect(simplified(from)).toBe(to));

  it("writes LaTeX", () => {
    expect(latexOf("dw = xᵀ·((1 / 2)·(softmax(u₁₂) - T))")).toBe(
      "dw = x^{\\top}\\, ((1 / 2)\\, (\\operatorname{softmax}({u_{12}}) - T))",
    );
    expect(latexOf("e^-x + a^(b - 1)")).toBe("e^{-x} + a^{b - 1}");
    expect(latexOf("dZ[1]·W[1]ᵀ")).toBe("{dZ^{[1]}}\\, {W^{[1]}}^{\\top}");
  });
});
