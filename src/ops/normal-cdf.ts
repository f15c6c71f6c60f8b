import type { Shape, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, unary } from "./elementwise.js";
import { exp } from "./exp.js";
import { mul } from "./mul.js";
import { hardPoints, vector } from "./samples.js";

/**
 * The share of a standard normal distribution below x, accurate to about 1e-15 relative in both tails.
 * Near 0 the series with positive terms only, beyond the continued fraction (Abramowitz & Stegun 26.2.11 and 26.2.14).
 */
export function normalShare(x: number): number {
  const distance = Math.abs(x);
  if (distance > 40) return x > 0 ? 1 : 0;
  const density = normalDensity(distance);
  const upperTail = distance < 3 ? 0.5 - density * centralSeries(distance) : density * tailFraction(distance);
  return x > 0 ? 1 - upperTail : upperTail;
}

function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/** x + x³/3 + x⁵/(3·5) + x⁷/(3·5·7) + … */
function centralSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 3; term > sum * 1e-17; n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return sum;
}

/** 1/(x + 1/(x + 2/(x + 3/(x + …)))) from the inside out. */
function tailFraction(x: number): number {
  let fraction = x;
  for (let n = 120; n >= 1; n--) fraction = x + n / fraction;
  return 1 / fraction;
}

export const normalCdfOp = elementwise({
  name: "normalCdf",
  scalar: normalShare,
  derivative: ({ inputs }, gradient) => {
    const x = inputs[0] as Tensor;
    return [mul(gradient, mul(1 / Math.sqrt(2 * Math.PI), exp(mul(-0.5, mul(x, x)))))];
  },
  saves: ["x"],
});

export const normalCdfDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "Φ(x)", latex: "\\Phi(x)" },
  slopes: [{ text: "φ(x)", latex: "\\varphi(x)" }],
  samples: [{ inputs: [vector(...hardPoints)] }],
});

/** Standard normal distribution function: the gate of `gelu`. */
export function normalCdf<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return unary(normalCdfOp, x);
}
