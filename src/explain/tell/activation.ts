import type { activationName } from "../../nn/index.js";
import { described } from "../../ops/index.js";
import { type DescribedOp, type Formula, isElementwise } from "../../tensor/index.js";
import { cachedFor } from "../cache.js";
import type { ExplainedStep, Piece } from "../explanation.js";
import { tidied, written } from "../numbers.js";
import { type Entry, type Place, type Scene, widthOf } from "../scene.js";
import { factor, inSymbols, optionSymbols, symbolOf, symbolsFor } from "../symbols.js";
import { activationWords } from "./activation-words.js";
import { close, dot, literal, open, times } from "./operators.js";
import { softmaxElement, softmaxSlope } from "./softmax.js";

/** A = g(Z), by the op's own formula. */
export function activationForward(scene: Scene, place: Place): ExplainedStep[] {
  const { number, input, output } = place;
  const [z, a] = [scene.nameOf(input), scene.nameOf(output)];
  const data = scene.valueOf(output);
  const at = scene.chosen(data);
  const { example, unit, positions, own, other } = entriesAt(scene, place, at);
  const op = elementwiseOp(place);
  const g = functionName(place);
  const { formula, letters } = described(output.op);
  const rule = isSingleOp(place)
    ? inSymbols(formula, symbolsFor(letters, [symbolOf(z)], symbolOf(a), symbolOf(`d${a}`)))
    : undefined;
  const element =
    op !== undefined
      ? {
          at: positions,
          symbols: written(own.symbol, " = ", g, open, other.symbol, close),
          numbers: withNumbers(scene, formula, place, other.value, own.value),
          value: own.value,
        }
      : softmaxElement(scene, place, example, unit);
  return [
    scene.step({
      name: a,
      phase: "forward",
      kind: "activation",
      layer: number,
      shape: output.shape,
      data,
      perExample: true,
      pieces: [g, open, scene.batchFactor(z, input.shape), close],
      ...(rule !== undefined && { rule: rule.text.includes(" = ") ? rule : written(symbolOf(a), " = ", rule) }),
      ...(element !== undefined && { element }),
      says: activationWords(place.layer.options["name"]).forward(z, a),
    }),
  ];
}

/** dZ = dA ⊙ g′(Z), by the op's own derivative. */
export function activationBackward(scene: Scene, place: Place): ExplainedStep[] {
  const { number, input, output } = place;
  const [z, a] = [scene.nameOf(input), scene.nameOf(output)];
  const gradient = scene.gradientOf(input);
  const data = scene.valueOf(gradient);
  const at = scene.chosen(data);
  const { example, unit, positions, own, other } = entriesAt(scene, place, at);
  const width = widthOf(input);
  const dz = scene.batchEntry(`d${z}`, data, width, example, unit);
  const da = scene.batchEntry(`d${a}`, scene.valueOf(scene.gradientOf(output)), width, example, unit);
  const op = elementwiseOp(place);
  const slope = op?.slopes?.[0];
  const g = functionName(place);
  const prime: Formula = { text: `${g.text}′`, latex: `${g.latex}'` };
  const { letters, derivativeFormula } = described(output.op);
  const symbols = symbolsFor(letters, [symbolOf(z)], symbolOf(a), symbolOf(`d${a}`));
  const whole = isSingleOp(place) ? derivativeFormula[0] : undefined;
  const rule =
    slope !== undefined
      ? written(prime, open, symbolOf(z), close, " = ", inSymbols(slope, symbols))
      : whole && written(symbolOf(`d${z}`), " = ", inSymbols(whole, symbols));
  const slopes: Piece = factor(written(prime, open, symbolOf(z), close), scene.batchFactor(z, input.shape).shape);
  const element =
    op !== undefined && slope !== undefined
      ? {
          at: positions,
          symbols: written(dz.symbol, " = ", da.symbol, dot, prime, open, other.symbol, close),
          numbers: written(
            scene.arithmetic.number(da.value),
            dot,
            open,
            withNumbers(scene, slope, place, other.value, own.value),
            close,
          ),
          value: dz.value,
        }
      : softmaxSlope(scene, place, example, unit);
  const row = softmaxPieces(scene, place);
  return [
    scene.step({
      name: `d${z}`,
      phase: "backward",
      kind: "activation",
      layer: number,
      shape: input.shape,
      data,
      perExample: true,
      pieces: row ?? [scene.batchFactor(`d${a}`, output.shape), times, slopes],
      ...(rule !== undefined && row === undefined && { rule }),
      ...(element !== undefined && { element }),
      cached: cachedFor(scene, gradient).map((node) => scene.nameOf(node)),
      check: scene.differences.check(input, data, at, positions),
      says: activationWords(place.layer.options["name"]).backward(z, a),
    }),
  ];
}

/** The whole derivative of an op in which numbers of a row meet: it is no product with a slope. */
function softmaxPieces(scene: Scene, { input, output }: Place): Piece[] | undefined {
  const [z, a] = [scene.nameOf(input), scene.nameOf(output)];
  const { letters, derivativeFormula } = described(output.op);
  const [derivative] = derivativeFormula;
  if (isElementwise(output.op) || derivative === undefined || output.inputs[0] !== input) return undefined;
  const symbols = symbolsFor(letters, [symbolOf(z)], symbolOf(a), symbolOf(`d${a}`));
  return [inSymbols(derivative, symbols)];
}

function entriesAt(scene: Scene, { input, output }: Place, at: number) {
  const width = widthOf(output);
  const [example, unit] = [Math.floor(at / width), at % width];
  const own: Entry = scene.batchEntry(scene.nameOf(output), scene.valueOf(output), width, example, unit);
  const other: Entry = scene.batchEntry(scene.nameOf(input), scene.valueOf(input), width, example, unit);
  return { example, unit, own, other, positions: scene.isRow ? [example + 1, unit + 1] : [unit + 1, example + 1] };
}

function isSingleOp({ input, output }: Place): boolean {
  return output.inputs.length === 1 && output.inputs[0] === input;
}

/** The op of an activation that is a single one and acts on each number alone. */
function elementwiseOp(place: Place): DescribedOp | undefined {
  const { op } = place.output;
  return isSingleOp(place) && isElementwise(op) ? described(op) : undefined;
}

function functionName(place: Place): Formula {
  const name = place.layer.options["name"] as ReturnType<typeof activationName>;
  return name === undefined ? literal("g") : literal(name, `\\operatorname{${name}}`);
}

/** A formula in an op's letters with numbers in their place, its options among them. */
function withNumbers(scene: Scene, formula: Formula, { output }: Place, x: number, y: number): Formula {
  const { letters } = described(output.op);
  const numbers = new Map<string, Formula>([
    ...optionSymbols(output.attributes, (value) => scene.arithmetic.factor(value)),
    [letters.inputs[0] ?? "x", scene.arithmetic.factor(x)],
    [letters.output, scene.arithmetic.factor(y)],
  ]);
  return tidied(inSymbols(formula, numbers));
}
