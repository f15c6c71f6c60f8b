import type { LayerKind, Network } from "../nn/index.js";
import type { Model } from "../train/index.js";
import { interpret } from "../train/interpret.js";
import { cacheOf } from "./cache.js";
import { conventionDifference, shapeTable } from "./conventions.js";
import type { ExplainedPrediction, ExplainedStep, Explanation } from "./explanation.js";
import { digitsOf } from "./numbers.js";
import { type ExplainOptions, subjectOf } from "./options.js";
import { type Place, Scene } from "./scene.js";
import { activationBackward, activationForward } from "./tell/activation.js";
import { denseBackward, denseForward } from "./tell/dense.js";
import { dropoutBackward, dropoutForward } from "./tell/dropout.js";
import { given } from "./tell/given.js";
import { lossBackward, lossForward } from "./tell/loss.js";
import { normalizeBackward, normalizeForward } from "./tell/normalize.js";
import { update } from "./tell/update.js";

type Tell = (scene: Scene, place: Place) => ExplainedStep[];

const tellers: Readonly<Record<LayerKind, { forward: Tell; backward: Tell }>> = {
  dense: { forward: denseForward, backward: denseBackward },
  activation: { forward: activationForward, backward: activationBackward },
  dropout: { forward: dropoutForward, backward: dropoutBackward },
  batchNorm: { forward: normalizeForward, backward: normalizeBackward },
  layerNorm: { forward: normalizeForward, backward: normalizeBackward },
};

/**
 * One forward and one backward pass (and one update, given an optimizer) told step by step: of each value its formula, the
 * shape of every factor, the numbers in float64, what it uses of the cache, and beside every gradient a central
 * difference. The numbers are those of the graph that is trained, evaluated by name; no derivative is written here again.
 *
 * What is not given (batch, targets, weights) is drawn from the seed, in numbers short enough to follow by hand.
 * @throws ShapeError or UsageError when x, t or a weight does not fit the network.
 */
export function explain(what: Network | Model, options: ExplainOptions = {}): Explanation {
  const subject = subjectOf(what, options);
  const scene = new Scene(subject);
  const steps = [
    ...given(scene),
    ...scene.places.flatMap((place) => tellers[place.layer.kind].forward(scene, place)),
    ...lossForward(scene),
    ...lossBackward(scene),
    ...[...scene.places].reverse().flatMap((place) => tellers[place.layer.kind].backward(scene, place)),
    ...update(scene),
  ];
  const checks = steps.flatMap(({ check }) => (check === undefined ? [] : [check]));
  const { optimizer, loss, batch, convention, seed, model } = subject;
  return {
    network: describe(subject.network),
    loss: loss.name,
    ...(optimizer !== undefined && { optimizer: `${optimizer.name}, rate ${digitsOf(optimizer.rate, 4)}` }),
    batch,
    convention,
    seed,
    lossValue: scene.valueOf(scene.loss)[0] as number,
    steps,
    cache: cacheOf(scene, steps),
    shapes: shapeTable(scene),
    conventionDifference: conventionDifference(scene),
    worstRelativeError: checks.reduce((worst, check) => Math.max(worst, check.relativeError), 0),
    agrees: checks.every((check) => check.agrees),
    ...(model !== undefined && { predictions: predictionsOf(scene, model) }),
  };
}

/** `2 → 3 → sigmoid → 2`. */
function describe(network: Network): string {
  const parts = network.layers.map(({ kind, outputs, options }) =>
    kind === "dense" ? String(outputs) : kind === "activation" ? String(options["name"] ?? "g") : kind,
  );
  return [network.inputs, ...parts].join(" → ");
}

function predictionsOf(scene: Scene, model: Model): ExplainedPrediction[] {
  const outputs = scene.valueOf(scene.output);
  const labels = scene.t.shape.length === 1 ? scene.valueOf(scene.t) : undefined;
  return Array.from({ length: scene.subject.batch }, (_, row) => {
    const { class: named, probability, values = [] } = interpret(model, outputs, row);
    const truth = labels && model.classes?.[labels[row] as number];
    return {
      says: named ?? values.map((value) => digitsOf(value, 4)).join(", "),
      ...(probability !== undefined && { probability }),
      ...(truth !== undefined && { truth }),
    };
  });
}
