import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toOnnx } from "../../src/index.js";
import { dense, dropout, meanSquaredError, network, softmaxCrossEntropy } from "../../src/nn/index.js";
import { mul } from "../../src/ops/mul.js";
import { relu } from "../../src/ops/relu.js";
import { softmax } from "../../src/ops/softmax.js";
import { adam } from "../../src/optim/index.js";
import type { Tensor } from "../../src/tensor/index.js";
import { plan } from "../../src/train/index.js";
import { predict } from "../../src/train/predict.js";
import { randomFrom } from "../kernels/random.js";
import { modelOf, models } from "./models.js";
import { onnxPython, runPython } from "./python.js";
import { absent, loadRuntime, why } from "./runtime.js";

/** Outputs of a file on ONNX Runtime for some rows, and its names. */
async function ask(file: Uint8Array, rows: readonly (readonly number[])[]) {
  const { InferenceSession, Tensor } = await loadRuntime();
  const session = await InferenceSession.create(file, {
    executionProviders: ["cpu"],
    graphOptimizationLevel: "all",
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
  });
  const { inputNames } = session as unknown as { inputNames: readonly string[] };
  const x = new Tensor("float32", Float32Array.from(rows.flat()), [rows.length, rows[0]?.length ?? 0]);
  const results = (await (session.run as (feeds: object) => Promise<unknown>)({ X: x })) as Record<
    string,
    { data: Float32Array; dims: number[] }
  >;
  await session.release();
  return { inputNames, results };
}

function rowsFor(inputs: number, count: number): number[][] {
  const uniform = randomFrom(count);
  return Array.from({ length: count }, () => Array.from({ length: inputs }, () => Math.fround(6 * uniform() - 3)));
}

describe.skipIf(absent !== undefined)(`exported models on ONNX Runtime${why}`, () => {
  it.each(Object.entries(models))(
    "%s: raw features in, what predict says out, for any number of rows",
    async (_, model) => {
      const file = toOnnx(model);
      for (const count of [1, 3, 17]) {
        const rows = rowsFor(model.network.inputs, count);
        const { inputNames, results } = await ask(file, rows);
        const expected = await predict(model, rows, { engine: "reference" });
        expect(inputNames).toEqual(["X"]);
        const output = model.classes === undefined ? "prediction" : "probabilities";
        const wanted = expected.flatMap(({ probabilities, values }) => probabilities ?? values ?? []);
        const { data, dims } = results[output] as { data: Float32Array; dims: number[] };
        expect(dims).toEqual([count, wanted.length / count]);
        wanted.forEach((value, i) => {
          expect(Math.abs((data[i] as number) - value) / Math.max(0.1, Math.abs(value)), `${output} ${i}`).toBeLessThan(
            5e-6,
          );
        });
        expect("logits" in results).toBe(model.loss.outputs === "logits" || model.loss.outputs === "logit");
      }
    },
  );

  it("a training step: weights, batch and rate in, new weights, loss and prediction out", async () => {
    const net = network([dense(3, 4), relu, dropout(0.5), dense(4, 2)]);
    const { InferenceSession } = await loadRuntime();
    const session = await InferenceSession.create(
      toOnnx(plan(net, { loss: softmaxCrossEntropy(), optimizer: adam(0.01), batch: 5 })),
      {
        executionProviders: ["cpu"],
        graphOptimizationLevel: "all",
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        logSeverityLevel: 4,
      },
    );
    const { inputNames, outputNames } = session as unknown as { inputNames: string[]; outputNames: string[] };
    const tensors = ["W_1", "b_1", "W_2", "b_2"];
    const lasting = tensors.flatMap((name) => [name, `m_${name}`, `v_${name}`]);
    expect(inputNames.sort()).toEqual([...lasting, "X", "t", "step", "rate", "deviation"].sort());
    expect(outputNames.sort()).toEqual([...lasting.map((name) => `new_${name}`), "loss", "prediction"].sort());
    await session.release();
  });
});

describe("exported files", () => {
  it("are the same bytes for the same model, hold names as facts, and no path", () => {
    const model = models.classifier as (typeof models)[string];
    const file = toOnnx(model);
    expect(Buffer.from(file).equals(toOnnx({ model }))).toBe(true);
    const text = Buffer.from(file).toString("latin1");
    expect(text).toContain('["ant","bee","crab"]');
    expect(text).toContain('["a","b","c","d"]');
    expect(text).not.toMatch(/\/(home|Users|root|tmp|work)|location/);
  });

  it("a run and a model of known sizes are taken as they are", () => {
    const run = { model: modelOf([dense(2, 3)], meanSquaredError()) };
    expect(toOnnx(run).length).toBeGreaterThan(100);
  });

  it("leave the number of examples open, or fix it", () => {
    const model = models.classifier as (typeof models)[string];
    expect(Buffer.from(toOnnx(model)).includes("batch")).toBe(true);
    expect(Buffer.from(toOnnx(model, { batch: 8 })).includes("batch")).toBe(false);
    expect(() => toOnnx(model, { batch: 0 })).toThrow("batch is a whole number from 1, got 0");
  });

  it("leave it open for a network that mixes its examples, but not where it counts them", () => {
    const mixing = modelOf([dense(2, 2), (x) => softmax(x, { axis: 0 })], meanSquaredError());
    expect(Buffer.from(toOnnx(mixing)).includes("batch")).toBe(true);
    const counting = modelOf(
      [dense(2, 2), (x) => mul(x as Tensor, x.shape[0] as number) as typeof x],
      meanSquaredError(),
    );
    expect(() => toOnnx(counting)).toThrow("cannot be left open; give one: { batch: 32 }");
    expect(toOnnx(counting, { batch: 4 }).length).toBeGreaterThan(0);
  });
});

const check = "import sys, onnx; onnx.checker.check_model(onnx.load(sys.argv[1]), full_check=True)";

const evaluate = `
import sys, json, numpy as np, onnx
from onnx.reference import ReferenceEvaluator
model = onnx.load(sys.argv[1])
names = [output.name for output in model.graph.output]
values = ReferenceEvaluator(model).run(None, {"X": np.array(json.loads(sys.argv[2]), dtype=np.float32)})
print(json.dumps({name: value.tolist() for name, value in zip(names, values)}))
`;

describe.skipIf(onnxPython.reason !== undefined)(
  `the ONNX project's own tools${onnxPython.reason === undefined ? "" : ` (skipped: ${onnxPython.reason})`}`,
  () => {
    let folder = "";
    const path = () => join(folder, "model.onnx");
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "retrograd-onnx-"));
    });
    afterAll(() => rm(folder, { recursive: true }));

    it.each(Object.entries(models))("check: %s", async (_, model) => {
      await writeFile(path(), toOnnx(model));
      runPython(check, path());
    });

    it("check: a training step", async () => {
      const net = network([dense(4, 6), relu, dense(6, 3)]);
      await writeFile(
        path(),
        toOnnx(plan(net, { loss: softmaxCrossEntropy({ leaveOut: true }), optimizer: adam(0.01), clip: 1 })),
      );
      runPython(check, path());
    });

    const noEvaluator = onnxPython.evaluator
      ? ""
      : ` (skipped: the reference evaluator came with onnx 1.13, this is ${onnxPython.version})`;
    it.skipIf(!onnxPython.evaluator).each(Object.entries(models))(`evaluate: %s${noEvaluator}`, async (_, model) => {
      await writeFile(path(), toOnnx(model));
      const rows = rowsFor(model.network.inputs, 3);
      const expected = await predict(model, rows, { engine: "reference" });
      const results = JSON.parse(runPython(evaluate, path(), JSON.stringify(rows))) as Record<string, number[][]>;
      const got = (results.probabilities ?? results.prediction ?? []).flat();
      expected
        .flatMap(({ probabilities, values }) => probabilities ?? values ?? [])
        .forEach((value, i) => {
          expect(Math.abs((got[i] as number) - value) / Math.max(0.1, Math.abs(value))).toBeLessThan(1e-5);
        });
    });
  },
);
