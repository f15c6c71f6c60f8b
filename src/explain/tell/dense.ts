import type { Tensor } from "../../tensor/index.js";
import { cachedFor } from "../cache.js";
import type { ExplainedStep, Piece } from "../explanation.js";
import { written } from "../numbers.js";
import { type Place, type Scene, widthOf } from "../scene.js";
import { entry, factor, symbolOf, transposed } from "../symbols.js";
import { dot, literal, plus } from "./operators.js";

/** Z = X·Wᵀ + bᵀ in rows, Z = W·A + b in columns. */
export function denseForward(scene: Scene, { number, input, output, parts }: Place): ExplainedStep[] {
  const { W, b } = parts as { W: Tensor; b?: Tensor };
  const [from, to, w] = [scene.nameOf(input), scene.nameOf(output), scene.nameOf(W)];
  const data = scene.valueOf(output);
  const [width, inputs] = [widthOf(output), widthOf(input)];
  const at = scene.chosen(data);
  const [example, unit] = [Math.floor(at / width), at % width];
  const P = scene.batchFactor(from, input.shape);
  const weights = factor(symbolOf(w), W.shape);
  const bias = b && factor(symbolOf(scene.nameOf(b)), [width, 1]);
  const product: Piece[] = scene.isRow ? [P, dot, transposed(weights)] : [weights, dot, P];
  const pieces = bias === undefined ? product : [...product, plus, scene.isRow ? transposed(bias) : bias];

  const [x, weight] = [scene.batchSymbol(from, example + 1, "k"), entry(symbolOf(w), unit + 1, "k")];
  const own = scene.batchEntry(to, data, width, example, unit);
  const sum = written(
    { text: "Σₖ ", latex: "\\textstyle\\sum_k " },
    ...(scene.isRow ? [x, dot, weight] : [weight, dot, x]),
  );
  const [xs, ws] = [scene.valueOf(input), scene.valueOf(W)];
  const terms = Array.from({ length: inputs }, (_, k) => {
    const pair = [xs[example * inputs + k] as number, ws[unit * inputs + k] as number];
    return scene.isRow ? pair : pair.reverse();
  });
  if (b !== undefined) terms.push([scene.valueOf(b)[unit] as number]);
  const biasSymbol = b === undefined ? [] : [" + ", entry(symbolOf(scene.nameOf(b)), unit + 1)];
  return [
    scene.step({
      name: to,
      phase: "forward",
      kind: "dense",
      layer: number,
      shape: output.shape,
      data,
      perExample: true,
      pieces,
      element: {
        at: scene.isRow ? [example + 1, unit + 1] : [unit + 1, example + 1],
        symbols: written(own.symbol, " = ", sum, ...biasSymbol),
        numbers: scene.arithmetic.sum(terms),
        value: own.value,
      },
      says: scene.isRow
        ? {
            en: `Row i of ${from} is an example, row j of ${w} holds the weights of unit j: their product, number by number and added up, is ${to}[i,j]. That is why ${w} stands transposed: the inner sizes (${inputs} and ${inputs}) must meet.${b === undefined ? "" : " The bias is added to every row."}`,
            zh: `${from} 的第 i 行是一个样本，${w} 的第 j 行是第 j 个神经元的权重，两行对应相乘再相加就是 ${to}[i,j]。所以 ${w} 要转置：内侧的两个维数（${inputs} 和 ${inputs}）必须相等。${b === undefined ? "" : "偏置加到每一行上。"}`,
          }
        : {
            en: `Column i of ${from} is an example, row j of ${w} holds the weights of unit j: row times column is ${to}[j,i]. Nothing needs transposing: the inner sizes (${inputs} and ${inputs}) meet as they are.${b === undefined ? "" : " The bias is added to every column."}`,
            zh: `${from} 的第 i 列是一个样本，${w} 的第 j 行是第 j 个神经元的权重，行乘列就是 ${to}[j,i]。不用转置，内侧的两个维数（${inputs} 和 ${inputs}）本来就相等。${b === undefined ? "" : "偏置加到每一列上。"}`,
          },
    }),
  ];
}

/** dW = dZᵀ·X, db = Σ dZ, dX = dZ·W in rows; dW = dZ·Aᵀ, db = Σ dZ, dA = Wᵀ·dZ in columns. */
export function denseBackward(scene: Scene, place: Place): ExplainedStep[] {
  const bias = place.parts["b"];
  return [
    weightGradient(scene, place),
    ...(bias === undefined ? [] : [biasGradient(scene, place, bias)]),
    inputGradient(scene, place),
  ];
}

function weightGradient(scene: Scene, { number, input, output, parts }: Place): ExplainedStep {
  const W = parts["W"] as Tensor;
  const [w, from, z] = [scene.nameOf(W), scene.nameOf(input), scene.nameOf(output)];
  const gradient = scene.gradientOf(W);
  const data = scene.valueOf(gradient);
  const [units, inputs, batch] = [widthOf(output), widthOf(input), scene.subject.batch];
  const at = scene.chosen(data);
  const [unit, k] = [Math.floor(at / inputs), at % inputs];
  const dZ = scene.batchFactor(`d${z}`, output.shape);
  const P = scene.batchFactor(from, input.shape);
  const [dz, x] = [scene.batchSymbol(`d${z}`, "i", unit + 1), scene.batchSymbol(from, "i", k + 1)];
  const [dzs, xs] = [scene.valueOf(scene.gradientOf(output)), scene.valueOf(input)];
  const terms = Array.from({ length: batch }, (_, i) => [
    dzs[i * units + unit] as number,
    xs[i * inputs + k] as number,
  ]);
  return scene.step({
    name: `d${w}`,
    phase: "backward",
    kind: "dense",
    layer: number,
    shape: W.shape,
    data,
    perExample: false,
    pieces: scene.isRow ? [transposed(dZ), dot, P] : [dZ, dot, transposed(P)],
    element: {
      at: [unit + 1, k + 1],
      symbols: written(
        entry(symbolOf(`d${w}`), unit + 1, k + 1),
        " = ",
        { text: "Σᵢ ", latex: "\\textstyle\\sum_i " },
        dz,
        dot,
        x,
      ),
      numbers: scene.arithmetic.sum(terms),
      value: data[at] as number,
    },
    cached: cachedFor(scene, gradient).map((node) => scene.nameOf(node)),
    check: scene.differences.check(W, data, at, [unit + 1, k + 1]),
    says: {
      en: `${w}[j,k] carried feature k of every example to unit j, so its gradient collects from every example: what unit j should change (d${z}), times what came in (${from}), added over the ${batch} ${batch === 1 ? "example" : "examples"}. ${
        scene.isRow
          ? `The product d${z}ᵀ·${from} is exactly that sum: row j of d${z}ᵀ meets column k of ${from}.`
          : `The product d${z}·${from}ᵀ is exactly that sum: row j of d${z} meets row k of ${from}.`
      } The shape is that of ${w}, as it must be.`,
      zh: `${w}[j,k] 把每个样本的第 k 个特征送到第 j 个神经元，所以它的梯度要从每个样本收集：第 j 个神经元该变多少（d${z}），乘以当时输入的是多少（${from}），再对 ${batch} 个样本求和。${
        scene.isRow
          ? `乘积 d${z}ᵀ·${from} 正是这个和：d${z}ᵀ 的第 j 行遇上 ${from} 的第 k 列。`
          : `乘积 d${z}·${from}ᵀ 正是这个和：d${z} 的第 j 行遇上 ${from} 的第 k 行。`
      }结果与 ${w} 同形，理应如此。`,
    },
  });
}

function biasGradient(scene: Scene, { number, output }: Place, b: Tensor): ExplainedStep {
  const [name, z] = [scene.nameOf(b), scene.nameOf(output)];
  const gradient = scene.gradientOf(b);
  const data = scene.valueOf(gradient);
  const [units, batch] = [widthOf(output), scene.subject.batch];
  const at = scene.chosen(data);
  const dzs = scene.valueOf(scene.gradientOf(output));
  const terms = Array.from({ length: batch }, (_, i) => [dzs[i * units + at] as number]);
  const each = scene.isRow ? literal("[i,:]", "_{i,:}") : literal("[:,i]", "_{:,i}");
  return scene.step({
    name: `d${name}`,
    phase: "backward",
    kind: "dense",
    layer: number,
    shape: b.shape,
    data,
    perExample: false,
    ...(scene.isRow && { left: transposed(factor(symbolOf(`d${name}`), [units, 1])) }),
    pieces: [literal("Σᵢ ", "\\textstyle\\sum_i "), scene.batchFactor(`d${z}`, output.shape), each],
    element: {
      at: [at + 1],
      symbols: written(
        entry(symbolOf(`d${name}`), at + 1),
        " = ",
        { text: "Σᵢ ", latex: "\\textstyle\\sum_i " },
        scene.batchSymbol(`d${z}`, "i", at + 1),
      ),
      numbers: scene.arithmetic.sum(terms),
      value: data[at] as number,
    },
    cached: cachedFor(scene, gradient).map((node) => scene.nameOf(node)),
    check: scene.differences.check(b, data, at, [at + 1]),
    says: {
      en: `${name}[j] was added to every example, so every example pulls at it: add up d${z} over the ${batch === 1 ? "single example (which leaves it as it is)" : `${batch} examples`}. Nothing is divided here: the 1/m is already in d${z}, from the loss.`,
      zh: `${name}[j] 加到了每个样本上，所以每个样本都对它有影响：把 d${z} 对${batch === 1 ? "唯一的样本求和（等于它自己）" : ` ${batch} 个样本求和`}。这里不再除以 m：1/m 已经从损失带进了 d${z}。`,
    },
  });
}

function inputGradient(scene: Scene, { number, input, output, parts }: Place): ExplainedStep {
  const W = parts["W"] as Tensor;
  const [w, from, z] = [scene.nameOf(W), scene.nameOf(input), scene.nameOf(output)];
  const gradient = scene.gradientOf(input);
  const data = scene.valueOf(gradient);
  const [units, inputs] = [widthOf(output), widthOf(input)];
  const at = scene.chosen(data);
  const [example, k] = [Math.floor(at / inputs), at % inputs];
  const dZ = scene.batchFactor(`d${z}`, output.shape);
  const weights = factor(symbolOf(w), W.shape);
  const own = scene.batchEntry(`d${from}`, data, inputs, example, k);
  const [dz, weight] = [scene.batchSymbol(`d${z}`, example + 1, "j"), entry(symbolOf(w), "j", k + 1)];
  const [dzs, ws] = [scene.valueOf(scene.gradientOf(output)), scene.valueOf(W)];
  const terms = Array.from({ length: units }, (_, j) => {
    const pair = [dzs[example * units + j] as number, ws[j * inputs + k] as number];
    return scene.isRow ? pair : pair.reverse();
  });
  const isData = input === scene.x;
  const places = scene.isRow ? [example + 1, k + 1] : [k + 1, example + 1];
  return scene.step({
    name: `d${from}`,
    phase: "backward",
    kind: "dense",
    layer: number,
    shape: input.shape,
    data,
    perExample: true,
    pieces: scene.isRow ? [dZ, dot, weights] : [transposed(weights), dot, dZ],
    element: {
      at: places,
      symbols: written(
        own.symbol,
        " = ",
        { text: "Σⱼ ", latex: "\\textstyle\\sum_j " },
        ...(scene.isRow ? [dz, dot, weight] : [weight, dot, dz]),
      ),
      numbers: scene.arithmetic.sum(terms),
      value: own.value,
    },
    cached: cachedFor(scene, gradient).map((node) => scene.nameOf(node)),
    check: scene.differences.check(input, data, at, places),
    says: {
      en: `What ${from} contributed went to ${units === 1 ? "the single unit" : `all ${units} units`} of layer ${number}; the blame comes back along the same weights. On the way up row j of ${w} was read, on the way back its columns are.${isData ? " Nobody changes the data, but this is what a layer below would receive." : ""}`,
      zh: `${from} 的每个数都流向了第 ${number} 层${units === 1 ? "唯一的神经元" : `的全部 ${units} 个神经元`}，误差就沿同样的权重流回来。前向时用的是 ${w} 的行，反向时用的是它的列。${isData ? "数据本身不会被修改，但如果下面还有一层，它收到的就是这个梯度。" : ""}`,
    },
  });
}
