import { inputOp } from "../ops/leaves.js";
import { uniformOp } from "../ops/uniform.js";
import { sizeOf, type Tensor } from "../tensor/index.js";
import type { CachedValue, ExplainedStep } from "./explanation.js";
import type { Scene } from "./scene.js";

/** The values of the forward pass that a gradient's graph reads before it comes to another gradient: computed ones and the batch. */
export function cachedFor(scene: Scene, gradient: Tensor): Tensor[] {
  const found = new Set<Tensor>();
  const seen = new Set<Tensor>();
  const visit = (node: Tensor): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (scene.forward.has(node)) {
      if (isKept(node)) found.add(node);
      return;
    }
    for (const input of node.inputs) if (!scene.isGradient(input)) visit(input);
  };
  for (const input of gradient.inputs) if (!scene.isGradient(input)) visit(input);
  return [...found];
}

/** What depends on the batch: parameters, and their transposes, are there anyway, and single numbers cost nothing. */
function isKept(node: Tensor): boolean {
  return node.shape.length > 0 && dependsOnBatch(node);
}

function dependsOnBatch(node: Tensor): boolean {
  return node.op === inputOp || node.op === uniformOp || node.inputs.some(dependsOnBatch);
}

/** The cache of the whole pass, in the order of the forward pass. */
export function cacheOf(scene: Scene, steps: readonly ExplainedStep[]): CachedValue[] {
  const kept = [...scene.forward].filter(isKept);
  return kept.flatMap((node) => {
    const name = scene.nameOf(node);
    const usedBy = steps.filter(({ cached }) => cached.includes(name)).map((step) => step.name);
    return usedBy.length === 0 ? [] : [{ name, shape: node.shape, bytes: 4 * sizeOf(node.shape), usedBy }];
  });
}
