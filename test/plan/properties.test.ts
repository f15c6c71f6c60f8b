import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateAll, gradients } from "../../src/autodiff/index.js";
import { reference } from "../../src/engines/index.js";
import { mul, sub, sum, type Tensor } from "../../src/index.js";
import { stateOf } from "../../src/ops/leaves.js";
import { type Graph, planGraph } from "../../src/plan/index.js";
import { inOrder } from "../../src/tensor/index.js";
import { Running } from "../conformance/on-engine.js";
import { memoryFaults, trafficOf } from "./memory.js";
import { buildGraph, type Draft, direct, drafts, type RandomGraph } from "./random-graph.js";

const settings = { numRuns: 500, seed: 20240611 };

function expectSame(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (!Object.is(actual[i], expected[i])) expect.fail(`${what}, number ${i}: ${actual[i]} instead of ${expected[i]}`);
  }
}

const rootsOf = ({ outputs, gradients: more = [], updates = [] }: Graph) => [
  ...outputs,
  ...more,
  ...updates.map(({ value }) => value),
];

/** Every named value that the graph computes, evaluated directly. */
function namedValues(graph: Graph, feeds: ReadonlyMap<Tensor, Float64Array>): Map<string, Float64Array> {
  const named = inOrder(rootsOf(graph)).filter(({ name, inputs }) => name !== undefined && inputs.length > 0);
  const values = evaluateAll(named, feeds);
  return new Map(named.map(({ name }, i) => [name as string, values[i]?.data as Float64Array]));
}

/** Three steps on the engine against three steps by direct evaluation: outputs, updates, and whatever else can be read. */
async function expectLikeDirect(random: RandomGraph, keep: "needed" | "named"): Promise<void> {
  using running = await Running.open(reference, random.graph, { keep });
  const feeds = new Map(random.feeds);
  for (const [leaf, numbers] of feeds) running.set(leaf.name as string, numbers);
  for (const turn of [1, 2, 3]) {
    const expected = direct(random, feeds);
    const named = namedValues(random.graph, feeds);
    await running.run(new Map([...feeds].filter(([leaf]) => !expected.updated.has(leaf))));
    for (const [name, numbers] of expected.outputs) expectSame(running.read(name), numbers, `${name} in run ${turn}`);
    for (const [target, numbers] of expected.updated) {
      feeds.set(target, numbers);
      expectSame(running.read(target.name as string), numbers, `${target.name} after run ${turn}`);
    }
    for (const [name, numbers] of named) {
      if (keep === "named" || running.plan.readable.has(name))
        expectSame(running.read(name), numbers, `${name} in run ${turn}`);
    }
    for (const [leaf, numbers] of feeds) {
      const name = leaf.name as string;
      if (running.plan.readable.has(name)) expectSame(running.read(name), numbers, `${name} after run ${turn}`);
    }
  }
}

/** The same graph with what training adds: gradients of a sum, and updates that read and write parameters and memories. */
function trained(draft: Draft): RandomGraph {
  const random = buildGraph({ ...draft, gradients: [], updates: [] });
  const parameters = [...random.feeds.keys()].filter(({ op }) => op.name === "parameter");
  const loss = sum(random.graph.outputs[0] as Tensor).named("loss");
  const byParameter = gradients(loss, parameters);
  const feeds = new Map(random.feeds);
  const updates = parameters.flatMap((parameter, i) => {
    const velocity = stateOf(parameter.shape, `v ${parameter.name}`, 0.25);
    feeds.set(velocity, velocity.values as Float64Array);
    const next = sub(mul(0.5, velocity), byParameter[i] as Tensor);
    return [
      { target: parameter, value: sub(parameter, mul(0.125, next)) },
      { target: velocity, value: next },
    ];
  });
  return { ...random, feeds, graph: { outputs: [...random.graph.outputs, loss], gradients: byParameter, updates } };
}

describe.each(["needed", "named"] as const)("random graphs, keeping what is %s", (keep) => {
  it("give the bits of direct evaluation, step after step", async () => {
    await fc.assert(
      fc.asyncProperty(drafts, async (draft) => expectLikeDirect(buildGraph(draft), keep)),
      settings,
    );
  });

  it("with their gradients and updates give the bits of direct evaluation, step after step", async () => {
    await fc.assert(
      fc.asyncProperty(drafts, async (draft) => expectLikeDirect(trained(draft), keep)),
      { ...settings, numRuns: 200 },
    );
  });

  it("no value is overwritten while it is needed, and no step writes what it still reads elsewhere", () => {
    fc.assert(
      fc.property(drafts, fc.boolean(), (draft, withGradients) => {
        const { graph } = withGradients ? trained(draft) : buildGraph(draft);
        expect(
          memoryFaults(planGraph(graph, { keep }), new Set(graph.outputs.map(({ name }) => name as string))),
        ).toEqual([]);
      }),
      settings,
    );
  });

  it("the arena is no longer than without reuse", () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const plan = planGraph(trained(draft).graph, { keep });
        const aligned = (length: number) => Math.ceil(length / 16) * 16;
        const apart = [...new Set(plan.buffers)].reduce((total, { length }) => total + aligned(length), 0);
        expect(plan.length).toBeLessThanOrEqual(apart);
        expect(plan.persistent).toBeLessThanOrEqual(plan.length);
        for (const { offset, length } of plan.buffers) expect(offset + length).toBeLessThanOrEqual(plan.length);
      }),
      settings,
    );
  });

  it("what the step needs is computed once, and nothing else", () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const { graph } = trained(draft);
        const plan = planGraph(graph, { keep });
        const read = new Set(plan.steps.flatMap((step) => trafficOf(step).reads).map(({ buffer }) => buffer));
        const wanted = new Set([...plan.readable.values()].map(({ buffer }) => buffer));
        const idle = plan.steps.filter(
          (step) => !trafficOf(step).writes.some(({ buffer }) => read.has(buffer) || wanted.has(buffer)),
        );
        expect(idle.map(({ kind }) => kind)).toEqual([]);
        const said = plan.steps
          .filter(({ kind }) => kind === "matmul" || kind === "op")
          .map((step) => describeStep(step));
        expect(said.filter((one, i) => said.indexOf(one) !== i)).toEqual([]);
      }),
      settings,
    );
  });
});

/** A step by what it computes: two with the same text would compute the same thing twice. Buffers are known by what wrote them. */
function describeStep(step: ReturnType<typeof planGraph>["steps"][number]): string {
  const view = (
    one: { buffer: { name: string; role: string; offset: number }; shape: readonly number[] } | undefined,
  ) => (one === undefined ? "" : `${one.buffer.name} ${one.buffer.role} [${one.shape}]`);
  if (step.kind === "matmul") {
    return `${view(step.a)} ${step.transposeA} ${view(step.b)} ${step.transposeB} ${view(step.bias)} ${step.activation?.op.name} ${JSON.stringify(step.activation?.attributes)}`;
  }
  return step.kind === "op"
    ? `${step.op.name} ${JSON.stringify(step.attributes)} ${step.inputs.map(view)} ${step.output.shape}`
    : "";
}
