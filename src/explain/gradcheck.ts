import { checkGradients, evaluate, type GradientCheck } from "../autodiff/index.js";
import { constant } from "../ops/constant.js";
import { ops } from "../ops/index.js";
import { inputOp } from "../ops/leaves.js";
import { reshape } from "../ops/reshape.js";
import { randomSize, randomValue } from "../ops/samples.js";
import { stack } from "../ops/stack.js";
import { optimizers } from "../optim/index.js";
import { createRandom } from "../random/index.js";
import { type DescribedOp, Tensor, type Value } from "../tensor/index.js";
import { layerCase, layerNames } from "./gradcheck-layers.js";
import { lossCase, lossNames } from "./gradcheck-losses.js";

/** One derivative to check: a value, what it is differentiated by, and the numbers. */
export interface GradientCase {
  readonly y: Tensor;
  readonly xs: readonly Tensor[];
  readonly feeds: ReadonlyMap<Tensor, Float64Array>;
}

/** Something whose derivatives can be checked. */
export interface GradientTarget {
  readonly kind: "op" | "layer" | "loss" | "optimizer";
  readonly name: string;
}

export interface TargetCheck extends GradientTarget {
  /** Random cases tried, and how many of them were off by more than the tolerance. */
  readonly cases: number;
  readonly failed: number;
  /** Largest relative error over all cases, and where it was. */
  readonly worst: number;
  readonly where?: string;
  /** Why there is nothing to check. */
  readonly skipped?: string;
}

/** Largest relative error that passes, |analytic - numeric| / max(1, |analytic|, |numeric|). */
export const tolerance = 1e-6;

const skipped: Readonly<Record<string, string>> = {
  uniform: "draws random numbers: it has no derivative with respect to a seed or a step",
};

/** Inputs that are not moved: the result jumps when a condition becomes 0, and has no derivative there. */
const conditions: Readonly<Record<string, number>> = { where: 0 };

/** Every op, layer, loss and optimizer. */
export const gradientTargets: readonly GradientTarget[] = [
  ...Object.keys(ops).map((name) => ({ kind: "op" as const, name })),
  ...layerNames.map((name) => ({ kind: "layer" as const, name })),
  ...lossNames.map((name) => ({ kind: "loss" as const, name })),
  ...Object.keys(optimizers).map((name) => ({ kind: "optimizer" as const, name })),
];

/**
 * Checks one target's derivatives on seeded random cases: float64 central differences, random directions and full Jacobians
 * (`checkGradients`). Arguments keep their distance from kinks, by the rule in `src/ops/samples.ts`.
 */
export function checkGradientsOf(target: GradientTarget, options: { seed: number; cases: number }): TargetCheck {
  const { kind, name } = target;
  const reason = kind === "op" ? skipped[name] : undefined;
  if (reason !== undefined) return { kind, name, cases: 0, failed: 0, worst: 0, skipped: reason };
  const random = createRandom(options.seed).stream(`gradcheck ${kind} ${name}`);
  const uniform = () => random.uniform();
  let failed = 0;
  let worst: GradientCheck | undefined;
  for (let i = 0; i < options.cases; i++) {
    const { y, xs, feeds } = gradientCase(target, uniform);
    const check = checkGradients(y, xs, { feeds, uniform });
    if (!(check.worst <= tolerance)) failed++;
    if (worst === undefined || check.worst > worst.worst) worst = check;
  }
  const where = worst?.where;
  return { kind, name, cases: options.cases, failed, worst: worst?.worst ?? 0, ...(where !== undefined && { where }) };
}

/** A random case of a target. */
export function gradientCase({ kind, name }: GradientTarget, uniform: () => number): GradientCase {
  if (kind === "op") return opCase(ops[name as keyof typeof ops], uniform);
  if (kind === "layer") return layerCase(name, uniform);
  if (kind === "loss") return lossCase(name, uniform);
  return optimizerCase(name as keyof typeof optimizers, uniform);
}

/** Leaves for values, with the values to feed them. */
export function leavesFor(values: readonly Value[], names: (i: number) => string): Pick<GradientCase, "xs" | "feeds"> {
  const xs = values.map(({ shape }, i) => new Tensor(inputOp, [], {}, { shape, name: names(i) }));
  return { xs, feeds: new Map(xs.map((x, i) => [x, (values[i] as Value).data])) };
}

function opCase(op: DescribedOp, uniform: () => number): GradientCase {
  const sample = op.randomSample(uniform);
  const { xs, feeds } = leavesFor(sample.inputs, (i) => `x${i}`);
  return { y: new Tensor(op, xs, sample.attributes ?? {}), xs: xs.filter((_, i) => i !== conditions[op.name]), feeds };
}

/** An update rule as a function of the parameter, its gradient and its memories; all that it gives is differentiated. */
function optimizerCase(name: keyof typeof optimizers, uniform: () => number): GradientCase {
  const optimizer = optimizers[name](0.05 + 0.2 * uniform(), { weightDecay: uniform() < 0.5 ? 0 : 0.1 });
  const length = randomSize(uniform);
  const number = () => randomValue(uniform, [length], { from: -2, to: 2, kinks: [0] });
  // Memories are means of squares or of gradients: kept clear of 0, where a square root has no derivative.
  const memory = () => randomValue(uniform, [length], { from: 0.3, to: 3 });
  const { xs, feeds } = leavesFor([number(), number(), ...optimizer.slots.map(memory)], (i) =>
    i === 0 ? "parameter" : i === 1 ? "gradient" : (optimizer.slots[i - 2]?.name ?? ""),
  );
  const [parameter, gradient, ...memories] = xs as [Tensor, Tensor, ...Tensor[]];
  const step = 1 + Math.floor(uniform() * 20);
  const scalars = Object.entries(optimizer.scalars(step, optimizer.rate)).map(
    ([key, value]) => [key, constant(value)] as const,
  );
  const next = optimizer.update(
    parameter,
    gradient,
    Object.fromEntries(optimizer.slots.map((slot, i) => [slot.name, memories[i] as Tensor])),
    Object.fromEntries(scalars),
  );
  const y = stack([next.parameter, ...Object.values(next.memory)].map((value) => reshape(value, [length])));
  return nearTie(y, feeds) ? optimizerCase(name, uniform) : { y, xs, feeds };
}

/** Whether a maximum somewhere below `y` is about to change sides: a kink. */
function nearTie(y: Tensor, feeds: GradientCase["feeds"]): boolean {
  const ties = (node: Tensor): boolean => {
    if (node.op === ops.maximum) {
      const [a, b] = node.inputs.map((input) => evaluate(input, feeds).data) as [Float64Array, Float64Array];
      if (a.some((value, i) => Math.abs(value - (b[i % b.length] as number)) < 0.05)) return true;
    }
    return node.inputs.some(ties);
  };
  return ties(y);
}
