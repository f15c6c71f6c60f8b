/**
 * ONNX Runtime running the whole step as one hand-made ONNX graph: weights are inputs, new weights preallocated outputs,
 * and the two sets of tensors are swapped after each step, so nothing is copied.
 */
import { InferenceSession, Tensor } from "onnxruntime-node";
import { stepGraph } from "./onnx-graph.mjs";

/** @param {import("../../cases.mjs").CaseData} data @param {{ threads: number }} options */
export async function open(data, { threads }) {
  const { batch } = data.case;
  const classes = /** @type {number} */ (data.case.sizes.at(-1));
  const session = await InferenceSession.create(stepGraph(data.case), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
  });
  const weights = data.layers.flatMap(({ out, in: width, W, b }, i) => [
    { name: `W${i + 1}`, values: W, dims: [out, width] },
    { name: `b${i + 1}`, values: b, dims: [out] },
  ]);
  const sets = [0, 1].map((which) =>
    weights.map(({ name, values, dims }) => ({
      name,
      tensor: new Tensor("float32", which === 0 ? values.slice() : new Float32Array(values.length), dims),
    })),
  );
  const loss = new Tensor("float32", new Float32Array(1), []);
  const batches = data.batches.map(({ x, oneHot }) => ({
    x: new Tensor("float32", x, [batch, x.length / batch]),
    t: new Tensor("float32", oneHot, [batch, classes]),
  }));
  // One pair of feeds and fetches for each batch and each direction, made once.
  const runs = batches.map(({ x, t }) =>
    [0, 1].map((from) => ({
      feeds: { x, t, ...Object.fromEntries(sets[from].map(({ name, tensor }) => [name, tensor])) },
      fetches: { loss, ...Object.fromEntries(sets[1 - from].map(({ name, tensor }) => [`${name}_next`, tensor])) },
    })),
  );
  let from = 0;
  return {
    version: "1.30.0",
    /** @param {number} index */
    async step(index) {
      const { feeds, fetches } = runs[index][from];
      await session.run(feeds, fetches);
      from = 1 - from;
    },
    loss: () => /** @type {Float32Array} */ (loss.data)[0],
  };
}
