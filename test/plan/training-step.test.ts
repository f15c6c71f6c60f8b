import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  adagrad,
  adam,
  batchNorm,
  dense,
  dropout,
  input,
  type Layer,
  mul,
  neg,
  parameter,
  plan,
  relu,
  sequential,
  sgd,
  softmaxCrossEntropy,
  sum,
  type Tensor,
  tanh,
  transpose,
} from "../../src/index.js";
import { planGraph, planTogether } from "../../src/plan/index.js";
import { lastingLeaves, predictionGraph, trainingGraph } from "../../src/train/graphs.js";
import { memoryFaults } from "./memory.js";

const network = sequential(dense(64, 64), relu, dense(64, 10));

/** The text of a file beside this test; written anew with UPDATE_GOLDEN=1. */
function golden(name: string, text: string): string {
  const path = fileURLToPath(new URL(`golden/${name}`, import.meta.url));
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(path, text);
  return existsSync(path) ? readFileSync(path, "utf8") : "(there is no such file)";
}

describe("the step of a 64-64-10 network", () => {
  it("prints as ever", () => {
    const text = String(plan(network));
    expect(text).toBe(golden("plan-64-64-10.txt", text));
  });

  it("prints as ever with every named value kept", () => {
    const text = String(plan(network, { keep: "named" }));
    expect(text).toBe(golden("plan-64-64-10-named.txt", text));
  });

  it("has five products: two forward, two for weights, one to carry the gradient back", () => {
    const products = plan(network).steps.filter(({ kind }) => kind === "matmul");
    expect(products.length).toBe(5);
    const forward = 2 * 32 * (64 * 64 + 64 * 10);
    const backward = 2 * 32 * (64 * 64 + 64 * 10 + 64 * 10);
    expect(plan(network).flops).toBe(forward + backward);
  });

  it("adds biases and applies relu within the products, and carries out no transposition", () => {
    const { steps } = plan(network);
    const first = steps.find((step) => step.kind === "matmul");
    expect(first?.kind === "matmul" && [first.bias?.buffer.name, first.activation?.op.name]).toEqual(["b[1]", "relu"]);
    expect(steps.some((step) => step.kind === "op" && step.op.name === "transpose")).toBe(false);
  });

  it("keeps as cache what the backward pass reads: the input, the hidden activations, the logits and the targets", () => {
    expect([...plan(network).cache].sort()).toEqual(expect.arrayContaining(["A[1]", "X"]));
    expect(plan(network).cache.has("W[2]")).toBe(false);
  });

  it("computes forward, backward and update in this order", () => {
    const phases = plan(network).labels.map(({ phase }) => phase);
    const order = ["forward", "backward", "update"];
    expect([...new Set(phases)].sort((a, b) => order.indexOf(a) - order.indexOf(b))).toEqual(order);
    expect(phases.lastIndexOf("forward")).toBeLessThan(phases.indexOf("backward"));
  });

  it("updates parameters and optimizer state in place", () => {
    expect(plan(network, { optimizer: adam(0.01) }).steps.some(({ kind }) => kind === "copy")).toBe(false);
  });

  it("kept to be looked at, every name of the pass can be read", () => {
    const names = ["X", "t", "Z[1]", "A[1]", "Z[2]", "loss", "prediction", "W[1]", "b[1]", "W[2]", "b[2]"];
    const wanted = [...names, "dZ[2]", "dA[1]", "dZ[1]", "dW[1]", "db[1]", "dW[2]", "db[2]"];
    const { readable } = plan(network, { keep: "named" });
    expect(wanted.filter((name) => !readable.has(name))).toEqual([]);
  });
});

describe("training steps of larger networks", () => {
  const layers = [dense(64, 48), batchNorm(48), relu, dropout(0.25), dense(48, 32), tanh, dense(32, 10)] as const;
  const description = {
    network: sequential(...(layers as unknown as [Layer<64, 64>])),
    loss: softmaxCrossEntropy(),
    optimizer: adam(0.01),
    clip: 1,
    seed: 1,
  };

  it("overwrite nothing too early, whichever way they are planned", () => {
    for (const keep of ["needed", "named"] as const) {
      for (const batch of [1, 2, 7, 32]) {
        const planned = planGraph(trainingGraph(description, lastingLeaves(description), batch), { keep });
        expect(memoryFaults(planned, new Set(["loss", "prediction"]))).toEqual([]);
      }
    }
  });

  it("several batch sizes and prediction share parameters and state, and what they share does not move", () => {
    const leaves = lastingLeaves(description);
    const plans = planTogether(
      [32, 13, 1]
        .map((size) => trainingGraph(description, leaves, size))
        .concat(predictionGraph(description.network, 8)),
    );
    const [first] = plans.map(({ persistent }) => persistent);
    const where = new Map(
      plans[0]?.buffers
        .filter(({ role }) => role === "parameter" || role === "state")
        .map(({ name, offset }) => [name, offset]),
    );
    expect(where.size).toBeGreaterThan(20);
    for (const { persistent, buffers } of plans) {
      expect(persistent).toBe(first);
      for (const { name, role, offset } of buffers) {
        if (role === "parameter" || role === "state") expect(offset, name).toBe(where.get(name));
      }
    }
  });

  it("reuse memory: the arena is much shorter than without", () => {
    const deep = sequential(dense(64, 64), relu, dense(64, 64), relu, dense(64, 64), relu, dense(64, 10));
    const [tight, named] = [
      plan(deep, { batch: 256, optimizer: sgd(0.1) }),
      plan(deep, { batch: 256, optimizer: sgd(0.1), keep: "named" }),
    ];
    expect(tight.length - tight.persistent).toBeLessThan(0.8 * (named.length - named.persistent));
  });
});

describe("less work", () => {
  const x = input([4, 3] as const, "x");
  const stepsOf = (...outputs: Tensor[]) =>
    planGraph({ outputs: outputs.map((output, i) => output.named(`y${i}`)) }).steps;

  it("what is computed twice is computed once", () => {
    const [a, b] = [sum(tanh(x), { axis: 0 }), sum(tanh(x), { axis: 0 })];
    expect(stepsOf(a, b).filter(({ kind }) => kind === "op").length).toBe(1);
  });

  it("what no one reads is not computed", () => {
    transpose(x);
    expect(stepsOf(neg(x)).length).toBe(1);
  });

  it("multiplying by one, negating twice and transposing twice are gone", () => {
    const [step] = stepsOf(tanh(transpose(transpose(neg(neg(mul(1, x)))))));
    expect(step?.kind === "elementwise" && step.expression).toBe("tanh($0)");
  });

  it("arithmetic on constants is done beforehand", () => {
    const [step] = stepsOf(mul(x, mul(tanh(parameterless(2)), 3)));
    expect(step?.kind === "elementwise" && step.expression).toBe(`mul($0, ${Math.tanh(2) * 3})`);
  });

  it("values given to parameters are not folded: they will change", () => {
    const w = parameter(2, "w");
    expect(
      planGraph({ outputs: [mul(w, 3).named("y")], updates: [{ target: w, value: mul(w, 2) }] }).steps.length,
    ).toBeGreaterThan(0);
  });

  it("the gradient with respect to the input is not computed when no one asks for it", () => {
    const description = { network, loss: softmaxCrossEntropy(), optimizer: adagrad(0.05), seed: 1 };
    const { steps } = planGraph(trainingGraph(description, lastingLeaves(description), 32));
    const shapes = steps.flatMap((step) => (step.kind === "matmul" ? [`${step.m}×${step.k}×${step.n}`] : []));
    expect(shapes.sort()).toEqual(["10×32×64", "32×10×64", "32×64×10", "32×64×64", "64×32×64"]);
  });
});

/** A single number known beforehand. */
function parameterless(value: number): Tensor<[]> {
  return mul(value, 1) as Tensor<[]>;
}
