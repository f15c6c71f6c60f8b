import { constant } from "../../ops/constant.js";
import { stateOf } from "../../ops/leaves.js";
import type { Optimizer, OptimizerName } from "../../optim/index.js";
import type { Attributes, Formula, Tensor } from "../../tensor/index.js";
import type { ExplainedStep } from "../explanation.js";
import { type Arithmetic, tidied, written } from "../numbers.js";
import type { Scene } from "../scene.js";
import { entry, inSymbols, symbolOf } from "../symbols.js";
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
    "W - η·m̂ while the variance is not yet known, then W - η·r·m̂ / (√v̂ + ε)",
    "W - \\eta\\, \\hat m \\text{ while the variance is not yet known, then } W - \\frac{\\eta\\, r\\, \\hat m}{\\sqrt{\\hat v} + \\varepsilon}",
  ),
};

const scaled = literal("W - rate·g / (|g| + epsilon)", "W - \\frac{rate \\cdot g}{|g| + epsilon}");
const plain = literal("W - rate·g", "W - rate \\cdot g");

/** What the rule comes to at the first step, when every memory is still 0; undefined where that is no short formula. */
const firstSteps: Readonly<Record<OptimizerName, Formula | undefined>> = {
  sgd: plain,
  momentum: plain,
  nesterov: literal("W - rate·(g + beta·g)", "W - rate \\cdot (g + beta \\cdot g)"),
  adagrad: scaled,
  rmsprop: literal(
    "W - rate·g / (√((1 - alpha)·g²) + epsilon)",
    "W - \\frac{rate \\cdot g}{\\sqrt{(1 - alpha) \\cdot {g}^{2}} + epsilon}",
  ),
  adam: scaled,
  adamw: literal(
    "W·(1 - rate·weightDecay) - rate·g / (|g| + epsilon)",
    "W \\cdot (1 - rate \\cdot weightDecay) - \\frac{rate \\cdot g}{|g| + epsilon}",
  ),
  adadelta: literal(
    "W - rate·g·√(epsilon) / √((1 - rho)·g² + epsilon)",
    "W - rate \\cdot g \\cdot \\frac{\\sqrt{epsilon}}{\\sqrt{(1 - rho) \\cdot {g}^{2} + epsilon}}",
  ),
  adamax: scaled,
  nadam: undefined,
  radam: plain,
};

/** The formula of the first step, where the optimizer's options leave it as it is. */
function firstStep({ name, options }: Optimizer): Formula | undefined {
  const { weightDecay = 0, start = 0, momentum = 0, centered = false } = options;
  const changed = (weightDecay !== 0 && name !== "adamw") || start !== 0 || momentum !== 0 || centered !== false;
  return changed ? undefined : firstSteps[name as OptimizerName];
}

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
    const data = scene.evaluate(next);
    const at = scene.chosen(scene.valueOf(gradient));
    const width = tensor.shape.at(-1) as number;
    const places = tensor.shape.length === 1 ? [at + 1] : [Math.floor(at / width) + 1, (at % width) + 1];
    const [symbol, own] = [symbolOf(name), scene.valueOf(tensor)[at] as number];
    const g = scene.valueOf(gradient)[at] as number;
    const isSgd = optimizer.name === "sgd" && optimizer.options["weightDecay"] === 0;
    const { arithmetic } = scene;
    const rate = arithmetic.number(optimizer.rate);
    const first = firstStep(optimizer);
    const [before, slope] = [entry(symbol, ...places), entry(symbolOf(`d${name}`), ...places)];
    const arrow = literal(" ← ", " \\leftarrow ");
    return scene.step({
      name,
      phase: "update",
      kind: "optimizer",
      layer: Number(/\[(\d+)\]/.exec(name)?.[1] ?? 0),
      shape: tensor.shape,
      data,
      perExample: false,
      assigned: true,
      pieces: isSgd
        ? [symbol, literal(" - "), rate, literal("·", " \\cdot "), symbolOf(`d${name}`)]
        : [
            literal(`${optimizer.name}(`, `\\operatorname{${optimizer.name}}(`),
            symbol,
            literal(", "),
            symbolOf(`d${name}`),
            literal(")"),
          ],
      ...(!isSgd && { rule: optimizerFormulas[optimizer.name as OptimizerName] }),
      element: {
        at: places,
        symbols:
          first === undefined
            ? written(before, arrow, before, literal(" - change", " - \\text{change}"))
            : written(before, arrow, filled(first, before, slope, rate, optimizer.options, arithmetic)),
        numbers:
          first === undefined
            ? written(arithmetic.number(own), " - ", arithmetic.factor(own - (data[at] as number)))
            : tidied(filled(first, arithmetic.factor(own), arithmetic.factor(g), rate, optimizer.options, arithmetic)),
        value: data[at] as number,
      },
      says: {
        en: `One step downhill: against the gradient, with rate ${rate.text}.${isSgd ? "" : ` ${optimizer.name} scales the step by what it remembers; this is its first.`}`,
        zh: `向下走一步：逆着梯度，学习率 ${rate.text}。${isSgd ? "" : `${optimizer.name} 根据它的记忆缩放步长；这是它的第一步。`}`,
      },
    });
  });
}

/** A formula of W, g, the rate and the optimizer's options with symbols or numbers in their place. */
function filled(
  formula: Formula,
  W: Formula,
  g: Formula,
  rate: Formula,
  options: Attributes,
  arithmetic: Arithmetic,
): Formula {
  const numbers = Object.entries(options).flatMap(([name, value]) =>
    typeof value === "number" ? [[name, arithmetic.number(value)] as const] : [],
  );
  return inSymbols(formula, new Map([...numbers, ["W", W], ["g", g], ["rate", rate]]));
}
