import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { encodeOnnx, FormatError, fromOnnx, toOnnx } from "../../src/formats/index.js";
import type { OnnxModel } from "../../src/formats/onnx/index.js";
import { type Activation, activations, dense, meanSquaredError } from "../../src/nn/index.js";
import { type Model, predict } from "../../src/train/index.js";
import { randomFrom } from "../kernels/random.js";
import { shared } from "../shared.js";
import { modelOf, models } from "./models.js";

/** The same answers from a model and from what was read of its file. */
async function sameAnswers(model: Model, read: Model): Promise<void> {
  const uniform = randomFrom(2);
  const rows = Array.from({ length: 5 }, () =>
    Array.from({ length: model.network.inputs }, () => Math.fround(4 * uniform() - 2)),
  );
  const [wanted, got] = [
    await predict(model, rows, { engine: "reference" }),
    await predict(read, rows, { engine: "reference" }),
  ];
  wanted.forEach((one, i) => {
    expect(got[i]?.class).toBe(one.class);
    const numbers = one.probabilities ?? one.values ?? [];
    numbers.forEach((value, j) => {
      const other = (got[i]?.probabilities ?? got[i]?.values ?? [])[j] as number;
      expect(Math.abs(other - value) / Math.max(1, Math.abs(value))).toBeLessThan(1e-5);
    });
  });
}

describe("files of our own, read back", () => {
  const readable = Object.entries(models).filter(([title]) => title !== "every kind of layer");
  it.each(readable)("%s", async (_, model) => {
    const read = fromOnnx(toOnnx(model));
    expect(read.featureNames).toEqual(model.featureNames);
    expect(read.classes).toEqual(model.classes);
    await sameAnswers(model, read);
  });

  it.each(Object.entries(activations))("the activation %s between layers", async (name, apply) => {
    const model = modelOf([dense(3, 5), apply as Activation, dense(5, 2)], meanSquaredError());
    const read = fromOnnx(toOnnx(model));
    expect(read.network.layers[1]?.options.name).toBe(name);
    await sameAnswers(model, read);
  });

  it("normalization by example is named in the refusal", () => {
    const file = toOnnx(models["every kind of layer"] as Model);
    expect(() => fromOnnx(file)).toThrow(
      /the operator \w+ \(node ".*"\) cannot be read: ".*" is used twice, so this is no row of layers/,
    );
  });
});

const float = (name: string, shape: readonly number[], ...values: number[]) => ({
  name,
  shape,
  data: Float32Array.from(values),
});
const node = (op: string, inputs: readonly string[], output: string, attributes = {}) => ({
  op,
  inputs,
  output,
  attributes,
});

function file(
  nodes: OnnxModel["nodes"],
  initializers: OnnxModel["initializers"],
  output = nodes.at(-1)?.output ?? "",
): Uint8Array {
  const value = (name: string) => ({ name, type: "float32" as const, shape: ["batch", 2] });
  return encodeOnnx({
    opset: 17,
    name: "g",
    nodes,
    initializers,
    inputs: [value("x")],
    outputs: [value(output)],
    metadata: {},
  });
}

const W = float("W", [2, 3], 1, 2, 3, 4, 5, 6);
const b = float("b", [3], 0.5, -0.5, 0);

describe("files as other programs write them", () => {
  it("a product, a bias, batch normalization and a softmax", () => {
    const numbers = [
      float("gamma", [3], 1, 2, 1),
      float("beta", [3], 0, 1, 0),
      float("mean", [3], 0, 0, 1),
      float("variance", [3], 1, 4, 1),
    ];
    const nodes = [
      node("Sub", ["x", "m"], "centered"),
      node("Div", ["centered", "d"], "scaled"),
      node("MatMul", ["scaled", "W"], "product"),
      node("Add", ["product", "b"], "sum"),
      node("BatchNormalization", ["sum", "gamma", "beta", "mean", "variance"], "normal", { epsilon: { float: 0 } }),
      node("Softmax", ["normal"], "y"),
    ];
    const model = fromOnnx(file(nodes, [W, b, ...numbers, float("m", [2], 5, 6), float("d", [1, 2], 2, 4)]));
    expect(model.normalizer).toEqual({ kind: "standardize", shift: [5, 6], factor: [0.5, 0.25] });
    expect([...(model.weights.get("W[1]") ?? [])]).toEqual([1, 4, 2, 5, 3, 6]);
    expect([...(model.weights.get("b[1]") ?? [])].map((one) => Math.round(one * 1e5) / 1e5)).toEqual([0.5, 0.5, -1]);
    expect(model.loss.name).toBe("softmaxCrossEntropy");
    expect(model.classes).toEqual(["class 1", "class 2", "class 3"]);
  });

  it("a Gemm with factors, an activation with a scale after it, and a sigmoid at the end", () => {
    const nodes = [
      node("Gemm", ["x", "W", "b"], "z", { alpha: { float: 2 }, beta: { float: 4 } }),
      node("Relu", ["z"], "a"),
      node("Mul", ["a", "half"], "h"),
      node("Gemm", ["h", "V"], "u", { transB: { int: 1 } }),
      node("Sigmoid", ["u"], "y"),
    ];
    const model = fromOnnx(file(nodes, [W, b, float("half", [], 0.5), float("V", [1, 3], 2, 4, 6)]), {
      classes: ["no", "yes"],
    });
    expect([...(model.weights.get("W[1]") ?? [])]).toEqual([2, 8, 4, 10, 6, 12]);
    expect([...(model.weights.get("b[1]") ?? [])]).toEqual([2, -2, 0]);
    expect([...(model.weights.get("W[2]") ?? [])]).toEqual([1, 2, 3]);
    expect([model.loss.name, model.classes]).toEqual(["binaryCrossEntropy", ["no", "yes"]]);
  });

  it.each([
    ["an operator that no network has", [node("Conv", ["x", "W"], "y")], /operator Conv \(node "y"\) cannot be read/],
    ["an activation first", [node("Relu", ["x"], "y")], /operator Relu .* it follows no dense layer/],
    ["two ways at once", [node("Relu", ["x"], "a"), node("MatMul", ["x", "W"], "y")], /is used twice/],
    ["a product of two values", [node("MatMul", ["W", "x"], "y")], /multiplies its input by a matrix of the file/],
    ["an output from nowhere", [node("MatMul", ["x", "W"], "z")], /output "y" does not come of the input/],
    ["a circle", [node("Identity", ["x"], "z"), node("Identity", ["z"], "x")], /round in a circle/],
    ["a bias that does not fit", [node("Gemm", ["x", "W", "W"], "y")], /its bias does not fit 3 outputs/],
  ])("refuses %s, and says where it is", (_, nodes, message) => {
    expect(() => fromOnnx(file(nodes, [W], "y"))).toThrow(FormatError);
    expect(() => fromOnnx(file(nodes, [W], "y"), { source: "net.onnx" })).toThrow(message);
  });
});

describe("files that attack", () => {
  const good = toOnnx(models.classifier as Model);

  /** Whatever the bytes, a model or a FormatError. */
  function survives(bytes: Uint8Array): void {
    try {
      fromOnnx(bytes);
    } catch (error) {
      expect(error, String(error)).toBeInstanceOf(FormatError);
    }
  }

  it("cut off anywhere", () => {
    for (let length = 0; length < good.length; length++) survives(good.subarray(0, length));
  });

  it("with bytes changed, 20,000 times", () => {
    const uniform = randomFrom(1);
    for (let i = 0; i < 20_000; i++) {
      const bytes = good.slice();
      for (let j = 0; j <= 3 * uniform(); j++)
        bytes[Math.floor(uniform() * bytes.length)] = Math.floor(256 * uniform());
      survives(bytes);
    }
  });

  it("with sizes that no file holds", () => {
    for (const shape of [[2 ** 40, 2 ** 40], [2 ** 31, 3], [-1, 3], [0, 3], [3]]) {
      expect(() => fromOnnx(file([node("MatMul", ["x", "W"], "y")], [{ ...W, shape }]))).toThrow(FormatError);
    }
  });

  it("with weights in another file", () => {
    // TensorProto: dims 2 × 3, float32, name W, data_location EXTERNAL, external_data { location: "../../secret" }.
    const secret = Buffer.from("../../secret");
    const entry = Buffer.concat([
      Buffer.from([0x0a, 8]),
      Buffer.from("location"),
      Buffer.from([0x12, secret.length]),
      secret,
    ]);
    const tensor = Buffer.concat([
      Buffer.from([0x0a, 2, 2, 3, 0x10, 1, 0x42, 1, 0x57, 0x6a, entry.length]),
      entry,
      Buffer.from([0x70, 1]),
    ]);
    const graph = Buffer.concat([Buffer.from([0x2a, tensor.length]), tensor]);
    const bytes = Buffer.concat([Buffer.from([0x3a, graph.length]), graph]);
    expect(() => fromOnnx(bytes, { source: "net.onnx" })).toThrow(
      'net.onnx: the tensor "W" lies in another file, which is never opened',
    );
  });
});

const suite = shared("data/onnx-node");

describe.skipIf(suite === undefined)(
  "the ONNX project's node tests (skipped where shared/data/onnx-node is absent)",
  () => {
    it("every file is read, or refused with its operator or its inputs named", () => {
      const cases = JSON.parse(readFileSync(`${suite}/manifest.json`, "utf8")) as { case: string }[];
      expect(cases.length).toBeGreaterThan(100);
      for (const { case: name } of cases) {
        try {
          fromOnnx(readFileSync(`${suite}/${name}/model.onnx`));
        } catch (error) {
          expect(error, name).toBeInstanceOf(FormatError);
          expect((error as Error).message, name).toMatch(
            /operator \w+ \(node|\d inputs|numbers of ONNX type|only ONNX's own|at least one layer/,
          );
        }
      }
    });
  },
);
