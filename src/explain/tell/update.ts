import { constant } from "../../ops/constant.js";
import { stateOf } from "../../ops/leaves.js";
import type { OptimizerName } from "../../optim/index.js";
import type { Formula, Tensor } from "../../tensor/index.js";
import type { ExplainedStep } from "../explanation.js";
import { written } from "../numbers.js";
import type { Scene } from "../scene.js";
import { entry, symbolOf } from "../symbols.js";
import { literal } from "./operators.js";

/** What each update rule does to a parameter W with gradient g at the first step, as its paper writes it. */
export const optimizerFormulas: Readonly<Record<OptimizerName, Formula>> = {
  sgd: literal("W - η·g", "W - \\eta\\, g"),
  momentum: literal("W - η·v, v = β·v + g", "W - \\eta\\, v,\\quad v = \\beta v + g"),
  nesterov: literal("W - η·(g + β·v), v = β·v + g", "W - \\eta\\, (g + \\beta v),\\quad v = \\beta v + g"),
  adagrad: literal(
    "W - η·g / (√s + ε), s = s + g²",
    "W - \\frac{\\eta\\, g}{\\sqrt{s} + \\varepsilon},\\quad s = s + g^{2}",
  ),
  rmsprop: literal(
    "W - η·g / (√s + ε), s = ρ·s + (1 - ρ)·g²",
    "W - \\frac{\\eta\\, g}{\\sqrt{s} + \\varepsilon},\\quad s = \\rho s + (1 - \\rho) g^{2}",
  ),
  adam: literal(
    "W - η·m̂ / (√v̂ + ε), m = β₁·m + (1 - β₁)·g, v = β₂·v + (1 - β₂)·g²",
    "W - \\frac{\\eta\\, \\hat m}{\\sqrt{\\hat v} + \\varepsilon},\\quad m = \\beta_1 m + (1 - \\beta_1) g,\\quad v = \\beta_2 v + (1 - \\beta_2) g^{2}",
  ),
  adamw: literal(
    "W - η·λ·W - η·m̂ / (√v̂ + ε), m, v as in Adam",
    "W - \\eta \\lambda W - \\frac{\\eta\\, \\hat m}{\\sqrt{\\hat v} + \\varepsilon},\\quad m, v \\text{ as in Adam}",
  ),
  adadelta: literal(
    "W - η·g·√(u + ε) / √(s + ε), s = ρ·s + (1 - ρ)·g²",
    "W - \\eta\\, g \\frac{\\sqrt{u + \\varepsilon}}{\\sqrt{s + \\varepsilon}},\\quad s = \\rho s + (1 - \\rho) g^{2}",
  ),
  adamax: literal(
    "W - η·m̂ / u, u = max(β₂·u, |g|)",
    "W - \\frac{\\eta\\, \\hat m}{u},\\quad u = \\max(\\beta_2 u, |g|)",
  ),
  nadam: literal(
    "W - η·m̄ / (√v̂ + ε), m̄ looks one step ahead",
    "W - \\frac{\\eta\\, \\bar m}{\\sqrt{\\hat v} + \\varepsilon},\\quad \\bar m \\text{ looks one step ahead}",
  ),
  radam: literal(
    "W - η·r·m̂ / (√v̂ + ε), r rectified",
    "W - \\frac{\\eta\\, r\\, \\hat m}{\\sqrt{\\hat v} + \\varepsilon},\\quad r \\text{ rectified}",
  ),
};

/** The first step of an optimizer: each parameter's new value, by the rule's own graph. */
export function update(scene: Scene): ExplainedStep[] {
  const { optimizer, network } = scene.subject;
  if (optimizer === undefined) return [];
  const scalars = optimizer.scalars(1, optimizer.rate);
  const leaves = Object.fromEntries(Object.entries(scalars).map(([name, value]) => [name, constant(value)]));
  return network.parameters.map(({ name, tensor }) => {
    const memory = Object.fromEntries(
      optimizer.slots.map((slot) => [slot.name, stateOf(tensor.shape, `${slot.name} ${name}`, slot.fill)]),
    );
    const gradient = scene.gradientOf(tensor);
    const next: Tensor = optimizer.update(tensor, gradient, memory, leaves).parameter;
    const before = scene.valueOf(tensor);
    const data = scene.evaluate(next);
    const at = scene.chosen(scene.valueOf(gradient));
    const width = tensor.shape.at(-1) as number;
    const places = tensor.shape.length === 1 ? [at + 1] : [Math.floor(at / width) + 1, (at % width) + 1];
    const [symbol, own] = [symbolOf(name), before[at] as number];
    const g = scene.valueOf(gradient)[at] as number;
    const plain = optimizer.name === "sgd" && optimizer.options["weightDecay"] === 0;
    const rate = scene.arithmetic.number(optimizer.rate);
    const { arithmetic } = scene;
    return scene.step({
      name,
      phase: "update",
      kind: "optimizer",
      layer: Number(/\[(\d+)\]/.exec(name)?.[1] ?? 0),
      shape: tensor.shape,
      data,
      perExample: false,
      assigned: true,
      pieces: plain
        ? [symbol, literal(" - "), rate, literal("·", " \\cdot "), symbolOf(`d${name}`)]
        : [
            literal(`${optimizer.name}(`, `\\operatorname{${optimizer.name}}(`),
            symbol,
            literal(", "),
            symbolOf(`d${name}`),
            literal(")"),
          ],
      ...(!plain && { rule: optimizerFormulas[optimizer.name as OptimizerName] }),
      element: {
        at: places,
        symbols: written(
          entry(symbol, ...places),
          { text: " ← ", latex: " \\leftarrow " },
          entry(symbol, ...places),
          ...(plain
            ? [" - ", rate, literal("·", " \\cdot "), entry(symbolOf(`d${name}`), ...places)]
            : [literal(" - change", " - \\text{change}")]),
        ),
        numbers: plain
          ? written(arithmetic.number(own), " - ", rate, literal("·", " \\cdot "), arithmetic.factor(g))
          : written(arithmetic.number(own), " - ", arithmetic.factor(own - (data[at] as number))),
        value: data[at] as number,
      },
      says: {
        en: `One step downhill: against the gradient, with rate ${rate.text}.${plain ? "" : ` ${optimizer.name} scales the step by what it remembers; this is its first.`}`,
        zh: `向下走一步：逆着梯度，学习率 ${rate.text}。${plain ? "" : `${optimizer.name} 根据它的记忆缩放步长；这是它的第一步。`}`,
      },
    });
  });
}
