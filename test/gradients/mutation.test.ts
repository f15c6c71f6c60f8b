import { afterEach, describe, expect, it } from "vitest";
import { checkGradientsOf, gradientCase, gradientTargets, tolerance } from "../../src/explain/gradcheck.js";
import { constantTensor } from "../../src/ops/constant.js";
import { ops } from "../../src/ops/index.js";
import { mul } from "../../src/ops/mul.js";
import { neg } from "../../src/ops/neg.js";
import { type DescribedOp, sameShape, sizeOf, Tensor } from "../../src/tensor/index.js";
import { randomFrom } from "../kernels/random.js";

/**
 * The check of the checks: every derivative rule is broken in turn, in the ways a review could miss, and the check that
 * `retrograd gradcheck` makes must notice each break.
 */

type Rule = DescribedOp["derivative"];
type Parts = readonly (Tensor | undefined)[];

/** A way to break a rule; `undefined` where it would change nothing, and so is no break. */
interface Break {
  readonly name: string;
  readonly of: (right: Rule, which: number) => Rule;
}

const only =
  (which: number, change: (part: Tensor, node: Tensor, gradient: Tensor) => Tensor | undefined) =>
  (right: Rule): Rule =>
  (node, gradient) =>
    right(node, gradient).map((part, i) => (i === which && part !== undefined ? change(part, node, gradient) : part));

const everywhere =
  (change: (parts: Parts, node: Tensor) => Parts) =>
  (right: Rule): Rule =>
  (node, gradient) =>
    change(right(node, gradient), node);

/** Breaks of the gradient of one input. */
const partBreaks: readonly Break[] = [
  { name: "with its sign flipped", of: (right, i) => only(i, (part) => neg(part))(right) },
  { name: "1% too large", of: (right, i) => only(i, (part) => mul(part, 1.01))(right) },
  { name: "0.01% too small", of: (right, i) => only(i, (part) => mul(part, 0.9999))(right) },
  { name: "left out", of: (right, i) => only(i, () => undefined)(right) },
  {
    name: "without the gradient that comes from above",
    of: (right, i) => (node, gradient) => {
      const ones = constantTensor(gradient.shape, new Float64Array(sizeOf(gradient.shape)).fill(1));
      return right(node, gradient).map((part, j) => (j === i && part !== undefined ? right(node, ones)[j] : part));
    },
  },
];

/** The gradient from above passed on as it is: a missing factor. Not a break where that is the rule itself, or the shapes do not fit. */
const missingFactor: Break = {
  name: "passed on as it came, its factor missing",
  of: (right, i) => only(i, (_, __, gradient) => gradient)(right),
};

/** The gradients of two inputs of one shape taken for each other. Not a break of a symmetric rule. */
const swapped: Break = {
  name: "the gradients of its inputs exchanged",
  of: everywhere(([a, b, ...rest]) => [b, a, ...rest]),
};

/** Rules that pass gradients on as they come, number by number, so that a missing factor is no break. */
const passOn = new Set(["add", "transpose", "reshape", "broadcast", "sum", "stack", "slice"]);
const passOnFirst = new Set(["sub"]);
/** Rules that treat their two inputs alike. */
const symmetric = new Set(["add"]);

/** Ops without a derivative, in words. Their rules must give `undefined`. */
const flat: Readonly<Record<string, string>> = {
  sign: "constant on both sides of 0",
  step: "constant on both sides of 0",
  equal: "0 almost everywhere",
  oneHot: "its input is a class index, not a quantity",
  uniform: "random numbers do not follow from the step by a smooth rule",
};

const table = Object.values<DescribedOp>(ops);

/** Puts another rule in an op's place. */
function replace(op: DescribedOp, rule: Rule): void {
  (op as { derivative: Rule }).derivative = rule;
}

const restore: (() => void)[] = [];
afterEach(() => {
  for (const undo of restore.splice(0)) undo();
});

function breakRule(op: DescribedOp, broken: Rule): void {
  const right = op.derivative;
  restore.push(() => replace(op, right));
  replace(op, broken);
}

/** Which inputs of an op a rule gives gradients for, on a sample. */
function differentiable(op: DescribedOp): number[] {
  const sample = op.randomSample(randomFrom(1));
  const leaves = sample.inputs.map(({ shape, data }) => constantTensor(shape, data));
  const node = new Tensor(op, leaves, sample.attributes);
  const ones = constantTensor(node.shape, new Float64Array(sizeOf(node.shape)).fill(1));
  return op.derivative(node, ones).flatMap((part, i) => (part === undefined ? [] : [i]));
}

const check = (name: string) => checkGradientsOf({ kind: "op", name }, { seed: 3, cases: 8 });

/** Whether the check fails, on a few cases or, if those are blind to the break, on more. */
const notices = (target: (typeof gradientTargets)[number]) =>
  [2, 12].some((cases) => checkGradientsOf(target, { seed: 3, cases }).failed > 0);
const noticesIn = (name: string) => notices({ kind: "op", name });

describe("the table of ops", () => {
  it("ops with no derivative are the listed ones, and each says so", () => {
    expect(
      table
        .filter((op) => differentiable(op).length === 0)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(Object.keys(flat).sort());
    for (const [name, reason] of Object.entries(flat)) {
      const op = ops[name as keyof typeof ops] as DescribedOp;
      const sample = op.randomSample(randomFrom(2));
      const node = new Tensor(
        op,
        sample.inputs.map(({ shape, data }) => constantTensor(shape, data)),
        sample.attributes,
      );
      const parts = op.derivative(node, node);
      expect(parts.length, name).toBe(sample.inputs.length);
      expect(
        parts.every((part) => part === undefined),
        `${name}: ${reason}`,
      ).toBe(true);
    }
  });

  it("unbroken, every rule passes", () => {
    for (const { name } of table) expect(check(name).failed, name).toBe(0);
  });
});

const withRule = table.filter(({ name }) => !(name in flat));

describe.each(withRule.map((op) => [op.name, op] as const))("the rule of %s", (name, op) => {
  const inputs = differentiable(op);

  it.each(inputs.flatMap((i) => partBreaks.map((one) => [i, one.name, one] as const)))(
    "input %d %s: noticed",
    (i, _, one) => {
      breakRule(op, one.of(op.derivative, i));
      expect(noticesIn(name)).toBe(true);
    },
  );

  const factors = passOn.has(name) ? [] : inputs.filter((i) => !(passOnFirst.has(name) && i === 0));
  it.each(factors.filter((i) => takesGradientShape(op, i)))(`input %d ${missingFactor.name}: noticed`, (i) => {
    breakRule(op, missingFactor.of(op.derivative, i));
    expect(noticesIn(name)).toBe(true);
  });

  if (inputs.length > 1 && !symmetric.has(name) && takesGradientShape(op, 0)) {
    it(`${swapped.name}: noticed`, () => {
      breakRule(op, swapped.of(op.derivative, 0));
      // Exchanged gradients of different shapes cannot even be added up: that is noticed too.
      let noticed = false;
      try {
        noticed = noticesIn(name);
      } catch (error) {
        noticed = error instanceof Error && error.name === "ShapeError";
      }
      expect(noticed).toBe(true);
    });
  }
});

/** Whether the gradient of the output could be mistaken for that of the input: elementwise rules and those that keep shapes. */
function takesGradientShape(op: DescribedOp, i: number): boolean {
  if (op.scalar !== undefined) return true;
  const sample = op.randomSample(randomFrom(4));
  const node = new Tensor(
    op,
    sample.inputs.map(({ shape, data }) => constantTensor(shape, data)),
    sample.attributes,
  );
  return sameShape(node.shape, sample.inputs[i]?.shape ?? []);
}

describe("layers, losses and optimizers are made of ops", () => {
  const targets = gradientTargets.filter(({ kind }) => kind !== "op");

  /** Ops whose rules are called when the derivatives of a target are taken. */
  function rulesUsed(target: (typeof targets)[number]): Set<DescribedOp> {
    const used = new Set<DescribedOp>();
    for (const op of table) {
      const right = op.derivative;
      breakRule(op, (node, gradient) => {
        if (right(node, gradient).some((part) => part !== undefined)) used.add(op);
        return right(node, gradient);
      });
    }
    expect(checkGradientsOf(target, { seed: 5, cases: 4 }).failed).toBe(0);
    for (const undo of restore.splice(0).reverse()) undo();
    return used;
  }

  /** Rules that a target calls although no break of theirs can change its derivative, and why. */
  const immaterial: Readonly<Record<string, string>> = {
    "huber hardtanh": "c·(r - ½c) is stationary in c: inside the bounds r - c is 0, outside c does not move",
  };

  it.each(targets.map((target) => [target.kind, target.name, target] as const))(
    "%s %s: a break of any op in it is noticed",
    (_, __, target) => {
      const used = rulesUsed(target);
      expect(used.size).toBeGreaterThan(0);
      for (const op of used) {
        if (`${target.name} ${op.name}` in immaterial) continue;
        const right = op.derivative;
        replace(op, (node, gradient) => right(node, gradient).map((part) => part && mul(part, 1.01)));
        try {
          expect(notices(target), `${op.name} broken`).toBe(true);
        } finally {
          replace(op, right);
        }
      }
    },
  );

  it("the cases they are checked on are the ones of gradcheck", () => {
    expect(tolerance).toBeLessThanOrEqual(1e-6);
    const { y, xs } = gradientCase({ kind: "layer", name: "dense" }, randomFrom(1));
    expect(y.shape.length).toBe(2);
    expect(xs.length).toBe(3);
  });
});
