import katex from "katex";
import { describe, expect, it } from "vitest";
import { evaluate, evaluateAll, gradients } from "../../src/autodiff/index.js";
import { elementwiseOps, ops, type StructuralName, structuralOps } from "../../src/ops/index.js";
import { input } from "../../src/ops/leaves.js";
import { softmaxRows } from "../../src/ops/softmax.js";
import { sum } from "../../src/ops/sum.js";
import { createRandom } from "../../src/random/index.js";
import { type Attributes, type DescribedOp, type Sample, Tensor, type Value } from "../../src/tensor/index.js";
import { computed } from "./formula-text.js";

const random = createRandom(4).stream("formulas");
const uniform = () => random.uniform();

/** An op on a random sample: its node, leaves and their numbers. */
function nodeOf(op: DescribedOp, sample: Sample = op.randomSample(uniform)) {
  const leaves = sample.inputs.map(({ shape }, i) => input(shape, `x${i}`));
  const feeds = new Map<Tensor, Float64Array>(leaves.map((leaf, i) => [leaf, (sample.inputs[i] as Value).data]));
  return { node: new Tensor(op, leaves, sample.attributes ?? {}), leaves, feeds, sample };
}

/** Letters of one element: inputs (all of one shape here), output, attributes by their names in the formula. */
function lettersOf(
  op: DescribedOp,
  numbers: readonly number[],
  y: number,
  attributes: Attributes = {},
): Record<string, number> {
  const options = Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      typeof value === "number" ? [[name === "positiveWeight" ? "w" : name, value]] : [],
    ),
  );
  return {
    ...options,
    [op.letters.output]: y,
    ...Object.fromEntries(op.letters.inputs.map((letter, i) => [letter, numbers[i] as number])),
  };
}

/** Random single numbers for an elementwise op, away from kinks by its own rule. */
function oneElement(op: DescribedOp) {
  const sample = op.randomSample(uniform);
  const inputs = sample.inputs.map(({ data }) => ({ shape: [1], data: data.slice(0, 1) }));
  return { ...sample, inputs };
}

describe("what an op displays is what it computes", () => {
  it.each(Object.values(elementwiseOps).map((op) => [op.name, op] as const))("%s: formula and slopes", (_, op) => {
    for (let round = 0; round < 40; round++) {
      const { node, leaves, feeds, sample } = nodeOf(op, oneElement(op));
      const y = evaluate(node, feeds).data[0] as number;
      const numbers = sample.inputs.map(({ data }) => data[0] as number);
      const letters = lettersOf(op, numbers, y, sample.attributes);
      expect(computed(op.formula.text, letters)).toBeCloseTo(y, 10);
      const slopes = evaluateAll(gradients(sum(node), leaves), feeds).map(({ data }) => data[0] as number);
      expect(op.slopes.length).toBe(leaves.length);
      op.slopes.forEach((slope, i) => {
        if (slope !== undefined) expect(computed(slope.text, letters), slope.text).toBeCloseTo(slopes[i] as number, 9);
        else expect(slopes[i]).toBe(0);
      });
    }
  });

  it("has a derivative formula exactly where the rule gives a gradient", () => {
    for (const op of Object.values(ops)) {
      const { node } = nodeOf(op);
      const given = op.derivative(node, input(node.shape, "dy"));
      const formulas = given.map(
        (_, i) => op.derivativeFormula[i] ?? (i > 0 ? op.derivativeFormula.at(-1) : undefined),
      );
      expect(
        formulas.map((formula) => formula !== undefined),
        op.name,
      ).toEqual(given.map((one) => one !== undefined));
    }
  });

  it("is LaTeX that KaTeX reads", () => {
    for (const { formula, derivativeFormula, slopes = [] } of Object.values(ops) as DescribedOp[]) {
      for (const shown of [formula, ...derivativeFormula, ...slopes]) {
        if (shown !== undefined) expect(katex.renderToString(shown.latex, { strict: "error" })).toContain("katex");
      }
    }
  });
});

type Rows = readonly (readonly number[])[];
const rowsOf = ({ data, shape }: Value): Rows => {
  const width = shape.at(-1) ?? 1;
  return Array.from({ length: data.length / width }, (_, i) => [...data.subarray(i * width, (i + 1) * width)]);
};
const turned = (rows: Rows): Rows => (rows[0] ?? []).map((_, j) => rows.map((row) => row[j] as number));
const product = (a: Rows, b: Rows): Rows =>
  a.map((row) => turned(b).map((column) => row.reduce((total, x, k) => total + x * (column[k] as number), 0)));
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((total, x, i) => total + x * (b[i] as number), 0);
const total = (row: readonly number[]) => row.reduce((a, b) => a + b, 0);

/** Of each displayed formula a function that computes it another way: inputs, output and its gradient as rows. */
interface Given {
  readonly x: readonly Rows[];
  readonly y: Rows;
  readonly dy: Rows;
  readonly soft: Rows;
}
const byRow = (given: Given, f: (row: number) => readonly number[]): Rows => (given.x[0] ?? []).map((_, i) => f(i));

const meanings: Partial<Record<StructuralName, Readonly<Record<string, (given: Given) => Rows>>>> = {
  matmul: {
    dC·Bᵀ: ({ x, dy }) => product(dy, turned(x[1] as Rows)),
    Aᵀ·dC: ({ x, dy }) => product(turned(x[0] as Rows), dy),
  },
  transpose: { dYᵀ: ({ dy }) => turned(dy) },
  softmax: {
    "y ⊙ (dy - Σⱼ dyⱼ·yⱼ)": (given) =>
      byRow(given, (i) => {
        const [y, dy] = [given.y[i] as number[], given.dy[i] as number[]];
        return y.map((yj, j) => yj * ((dy[j] as number) - dot(dy, y)));
      }),
  },
  logSoftmax: {
    "dy - softmax(z)·Σⱼ dyⱼ": (given) =>
      byRow(given, (i) => {
        const dy = given.dy[i] as number[];
        return dy.map((d, j) => d - (given.soft[i]?.[j] as number) * total(dy));
      }),
  },
  softmaxCrossEntropy: {
    "dH·(softmax(z)·Σⱼ tⱼ - t)": (given) =>
      byRow(given, (i) => {
        const t = given.x[1]?.[i] as number[];
        const dH = given.dy.flat()[i] as number;
        return t.map((tj, j) => dH * ((given.soft[i]?.[j] as number) * total(t) - tj));
      }),
    "-dH·ln softmax(z)": (given) =>
      byRow(given, (i) => (given.soft[i] as number[]).map((y) => -(given.dy.flat()[i] as number) * Math.log(y))),
  },
  softmaxMinusTarget: {
    "Σⱼ tⱼ·softmax(z) ⊙ (dr - Σⱼ drⱼ·softmax(z)ⱼ)": (given) =>
      byRow(given, (i) => {
        const [y, dr, t] = [given.soft[i] as number[], given.dy[i] as number[], given.x[1]?.[i] as number[]];
        return y.map((yj, j) => total(t) * yj * ((dr[j] as number) - dot(dr, y)));
      }),
    "Σⱼ drⱼ·softmax(z)ⱼ - dr": (given) =>
      byRow(given, (i) => {
        const [y, dr] = [given.soft[i] as number[], given.dy[i] as number[]];
        return dr.map((d) => dot(dr, y) - d);
      }),
  },
};

describe("what an op that is no elementwise one displays as its derivative", () => {
  const told = Object.entries(meanings).map(([name, formulas]) => [name as StructuralName, formulas] as const);
  it.each(told)("%s", (name, formulas) => {
    const op: DescribedOp = structuralOps[name];
    expect(op.derivativeFormula.map((formula) => formula?.text)).toEqual(Object.keys(formulas));
    for (let round = 0; round < 40; round++) {
      const { node, leaves, feeds, sample } = nodeOf(op);
      const seed = input(node.shape, "dy");
      const upstream = Float64Array.from({ length: node.shape.reduce((a, b) => a * b, 1) }, () => 2 * uniform() - 1);
      const all = new Map([...feeds, [seed as Tensor, upstream]]);
      const found = evaluateAll(gradients(node, leaves, seed), all);
      const x = sample.inputs.map(rowsOf);
      const given: Given = {
        x,
        y: rowsOf(evaluate(node, feeds)),
        dy: rowsOf({ shape: node.shape, data: upstream }),
        soft: rowsOf({ shape: (sample.inputs[0] as Value).shape, data: softmaxRows(sample.inputs[0] as Value) }),
      };
      Object.entries(formulas).forEach(([text, meaning], i) => {
        meaning(given)
          .flat()
          .forEach((value, k) => {
            expect(value, text).toBeCloseTo(found[i]?.data[k] as number, 10);
          });
      });
    }
  });
});
