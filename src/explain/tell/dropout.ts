import type { Tensor } from "../../tensor/index.js";
import { cachedFor } from "../cache.js";
import type { ExplainedStep } from "../explanation.js";
import { written } from "../numbers.js";
import { type Place, type Scene, widthOf } from "../scene.js";
import { dot, times } from "./operators.js";

/** The mask of a dropout layer in training: 0, or 1 / (1 - rate); undefined where nothing is dropped. */
function maskOf(scene: Scene, { input, output, number }: Place): Tensor | undefined {
  const mask = output === input ? undefined : output.inputs[1];
  if (mask !== undefined) scene.call(mask, `M[${number}]`);
  return mask;
}

/** D = A ⊙ M. */
export function dropoutForward(scene: Scene, place: Place): ExplainedStep[] {
  const mask = maskOf(scene, place);
  if (mask === undefined) return [];
  const { input, output, number, layer } = place;
  const [a, d, m] = [scene.nameOf(input), scene.nameOf(output), scene.nameOf(mask)];
  const data = scene.valueOf(output);
  const rate = layer.options["rate"] as number;
  const factor = scene.arithmetic.number(1 / (1 - rate)).text;
  const { own, other, masked, at } = entriesAt(
    scene,
    d,
    data,
    a,
    scene.valueOf(input),
    m,
    scene.valueOf(mask),
    widthOf(output),
  );
  return [
    scene.step({
      name: d,
      phase: "forward",
      kind: "dropout",
      layer: number,
      shape: output.shape,
      data,
      perExample: true,
      pieces: [scene.batchFactor(a, input.shape), times, scene.batchFactor(m, input.shape)],
      element: {
        at,
        symbols: written(own.symbol, " = ", other.symbol, dot, masked.symbol),
        numbers: scene.arithmetic.product(other.value, masked.value),
        value: own.value,
      },
      says: {
        en: `In training each number is dropped with probability ${rate}; what stays is multiplied by 1 / (1 - ${rate}) = ${factor}, so that the mean does not change. The mask ${m} holds 0 or ${factor}; in prediction nothing is dropped.`,
        zh: `训练时每个数以 ${rate} 的概率置零，留下来的乘以 1 / (1 - ${rate}) = ${factor}，使均值不变。掩码 ${m} 里只有 0 和 ${factor}；预测时什么都不丢。`,
      },
    }),
  ];
}

/** dA = dD ⊙ M. */
export function dropoutBackward(scene: Scene, place: Place): ExplainedStep[] {
  const mask = maskOf(scene, place);
  if (mask === undefined) return [];
  const { input, output, number } = place;
  const [a, d, m] = [scene.nameOf(input), scene.nameOf(output), scene.nameOf(mask)];
  const gradient = scene.gradientOf(input);
  const data = scene.valueOf(gradient);
  const upper = scene.valueOf(scene.gradientOf(output));
  const width = widthOf(input);
  const { own, other, masked, at, index } = entriesAt(
    scene,
    `d${a}`,
    data,
    `d${d}`,
    upper,
    m,
    scene.valueOf(mask),
    width,
  );
  return [
    scene.step({
      name: `d${a}`,
      phase: "backward",
      kind: "dropout",
      layer: number,
      shape: input.shape,
      data,
      perExample: true,
      pieces: [scene.batchFactor(`d${d}`, output.shape), times, scene.batchFactor(m, input.shape)],
      element: {
        at,
        symbols: written(own.symbol, " = ", other.symbol, dot, masked.symbol),
        numbers: scene.arithmetic.product(other.value, masked.value),
        value: own.value,
      },
      cached: cachedFor(scene, gradient).map((node) => scene.nameOf(node)),
      check: scene.differences.check(input, data, index, at),
      says: {
        en: `The same mask, kept from the forward pass: a number that was dropped had no effect, so it gets no gradient.`,
        zh: `用前向时保存下来的同一个掩码：被丢掉的数对结果没有影响，所以没有梯度。`,
      },
    }),
  ];
}

function entriesAt(
  scene: Scene,
  name: string,
  data: Float64Array,
  otherName: string,
  otherData: Float64Array,
  maskName: string,
  mask: Float64Array,
  width: number,
) {
  const index = scene.chosen(data);
  const [example, unit] = [Math.floor(index / width), index % width];
  return {
    index,
    at: scene.isRow ? [example + 1, unit + 1] : [unit + 1, example + 1],
    own: scene.batchEntry(name, data, width, example, unit),
    other: scene.batchEntry(otherName, otherData, width, example, unit),
    masked: scene.batchEntry(maskName, mask, width, example, unit),
  };
}
