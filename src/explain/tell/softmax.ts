import { softmaxRows } from "../../ops/softmax.js";
import type { ExplainedElement } from "../explanation.js";
import { joined, written } from "../numbers.js";
import { type Place, type Scene, widthOf } from "../scene.js";
import { close, dot, literal, open } from "./operators.js";

const sumOverJ = literal("Σⱼ ", "\\textstyle\\sum_j ");

/** One number of softmax or logSoftmax, whose whole row counts. */
export function softmaxElement(
  scene: Scene,
  { input, output }: Place,
  example: number,
  unit: number,
): ExplainedElement | undefined {
  const kind = output.op.name;
  if (kind !== "softmax" && kind !== "logSoftmax") return undefined;
  const [z, a] = [scene.nameOf(input), scene.nameOf(output)];
  const width = widthOf(input);
  const row = rowOf(scene.valueOf(input), example, width);
  const own = scene.batchEntry(a, scene.valueOf(output), width, example, unit);
  const [zi, zj] = [scene.batchSymbol(z, example + 1, unit + 1), scene.batchSymbol(z, example + 1, "j")];
  const e = (exponent: { text: string; latex: string }) => literal(`e^${exponent.text}`, `e^{${exponent.latex}}`);
  const powers = shortened(row.map((value) => e(scene.arithmetic.factor(value))));
  const total = joined(powers, " + ", " + ");
  const number = scene.arithmetic.factor(row[unit] as number);
  const [symbols, numbers] =
    kind === "softmax"
      ? [written(e(zi), " / ", sumOverJ, e(zj)), written(e(number), " / ", open, total, close)]
      : [
          written(zi, " - ", literal("ln ", "\\ln "), sumOverJ, e(zj)),
          written(number, " - ", literal("ln(", "\\ln("), total, close),
        ];
  return {
    at: positions(scene, example, unit),
    symbols: written(own.symbol, " = ", symbols),
    numbers,
    value: own.value,
  };
}

/** One number of their gradients: y·(dy - Σ dy·y), and dy - softmax(z)·Σ dy. */
export function softmaxSlope(
  scene: Scene,
  { input, output }: Place,
  example: number,
  unit: number,
): ExplainedElement | undefined {
  const kind = output.op.name;
  if (kind !== "softmax" && kind !== "logSoftmax") return undefined;
  const [z, a] = [scene.nameOf(input), scene.nameOf(output)];
  const width = widthOf(input);
  const dys = rowOf(scene.valueOf(scene.gradientOf(output)), example, width);
  const dz = scene.batchEntry(`d${z}`, scene.valueOf(scene.gradientOf(input)), width, example, unit);
  const [y, yj] = [scene.batchSymbol(a, example + 1, unit + 1), scene.batchSymbol(a, example + 1, "j")];
  const [dy, dyj] = [scene.batchSymbol(`d${a}`, example + 1, unit + 1), scene.batchSymbol(`d${a}`, example + 1, "j")];
  const { arithmetic } = scene;
  const own = dys[unit] as number;
  if (kind === "softmax") {
    const ys = rowOf(scene.valueOf(output), example, width);
    const sum = arithmetic.sum(dys.map((value, j) => [value, ys[j] as number]));
    return {
      at: positions(scene, example, unit),
      symbols: written(dz.symbol, " = ", y, dot, open, dy, " - ", sumOverJ, dyj, dot, yj, close),
      numbers: written(
        arithmetic.number(ys[unit] as number),
        dot,
        open,
        arithmetic.number(own),
        " - ",
        open,
        sum,
        close,
        close,
      ),
      value: dz.value,
    };
  }
  const share = softmaxRows({
    shape: [1, width],
    data: Float64Array.from(rowOf(scene.valueOf(input), example, width)),
  });
  const soft = written(literal("softmax(", "\\operatorname{softmax}("), z, ")");
  return {
    at: positions(scene, example, unit),
    symbols: written(dz.symbol, " = ", dy, " - ", soft, dot, sumOverJ, dyj),
    numbers: written(
      arithmetic.number(own),
      " - ",
      arithmetic.factor(share[unit] as number),
      dot,
      open,
      arithmetic.sum(dys.map((value) => [value])),
      close,
    ),
    value: dz.value,
  };
}

function rowOf(data: Float64Array, row: number, width: number): number[] {
  return [...data.subarray(row * width, (row + 1) * width)];
}

function positions(scene: Scene, example: number, unit: number): number[] {
  return scene.isRow ? [example + 1, unit + 1] : [unit + 1, example + 1];
}

function shortened<T extends { text: string; latex: string }>(parts: readonly T[]): { text: string; latex: string }[] {
  if (parts.length <= 6) return [...parts];
  return [...parts.slice(0, 3), literal("…", "\\dots"), parts.at(-1) as T];
}
