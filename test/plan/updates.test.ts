import { describe, expect, it } from "vitest";
import { reference } from "../../src/engines/index.js";
import { add, input, matmul, mul, neg, reshape, softmax, sub, sum, type Tensor, transpose } from "../../src/index.js";
import { parameterOf, stateOf } from "../../src/ops/leaves.js";
import { type Graph, planGraph, planTogether } from "../../src/plan/index.js";
import { Running } from "../conformance/on-engine.js";
import { memoryFaults } from "./memory.js";

const numbers = (...values: number[]) => Float64Array.from(values);

/** Runs the graph once from the given start; what it leaves behind, by name. */
async function leftBy(
  graph: Graph,
  start: ReadonlyMap<Tensor, Float64Array>,
  names: readonly string[],
): Promise<Record<string, number[]>> {
  using running = await Running.open(reference, graph);
  await running.run(start);
  return Object.fromEntries(names.map((name) => [name, [...running.read(name)]]));
}

const p: Tensor = parameterOf([2], "p");
const q: Tensor = parameterOf([2], "q");
const start = new Map<Tensor, Float64Array>([
  [p, numbers(1, 2)],
  [q, numbers(10, 20)],
]);
const none = { outputs: [] };

describe("updates", () => {
  it("two that each read what the other overwrites: one gives way", async () => {
    const W = parameterOf([2, 2], "W");
    const V = parameterOf([2, 2], "V");
    const graph: Graph = {
      ...none,
      updates: [
        { target: W, value: sub(W, matmul(V, V)) },
        { target: V, value: sub(V, matmul(W, W)) },
      ],
    };
    const both = new Map([
      [W, numbers(1, 2, 3, 4)],
      [V, numbers(1, 0, 0, 2)],
    ]);
    // W - V·V = [1-1, 2, 3, 4-4]; V - W·W = [1-7, -10, -15, 2-22], each from the old values.
    expect(await leftBy(graph, both, ["W", "V"])).toEqual({ W: [0, 2, 3, 0], V: [-6, -10, -15, -20] });
  });

  it("two elementwise ones that read each other: one is written in place, one is copied at the end", async () => {
    const graph: Graph = {
      ...none,
      updates: [
        { target: p, value: add(p, q) },
        { target: q, value: sub(p, q) },
      ],
    };
    expect(planGraph(graph).steps.map(({ kind }) => kind)).toEqual(["elementwise", "elementwise", "copy"]);
    expect(await leftBy(graph, start, ["p", "q"])).toEqual({ p: [11, 22], q: [-9, -18] });
  });

  it("an update whose value is another leaf, itself overwritten: an exchange", async () => {
    const graph: Graph = {
      ...none,
      updates: [
        { target: p, value: q },
        { target: q, value: p },
      ],
    };
    expect(await leftBy(graph, start, ["p", "q"])).toEqual({ p: [10, 20], q: [1, 2] });
  });

  it("a leaf copied into another while a computation overwrites it in place", async () => {
    const graph: Graph = {
      ...none,
      updates: [
        { target: p, value: q },
        { target: q, value: neg(q) },
      ],
    };
    expect(await leftBy(graph, start, ["p", "q"])).toEqual({ p: [10, 20], q: [-10, -20] });
  });

  it("an update that changes nothing", async () => {
    const graph: Graph = { ...none, updates: [{ target: p, value: p }] };
    expect(await leftBy(graph, start, ["p"])).toEqual({ p: [1, 2] });
  });

  it("an input as the new value", async () => {
    const x = input([2], "x");
    const graph: Graph = { ...none, updates: [{ target: p, value: x }] };
    expect(await leftBy(graph, new Map<Tensor, Float64Array>([...start, [x, numbers(5, 6)]]), ["p"])).toEqual({
      p: [5, 6],
    });
  });

  it("one value written to two parameters", async () => {
    const shared = add(p, q);
    const graph: Graph = {
      ...none,
      updates: [
        { target: p, value: shared },
        { target: q, value: shared },
      ],
    };
    expect(await leftBy(graph, start, ["p", "q"])).toEqual({ p: [11, 22], q: [11, 22] });
  });

  it("a value that is an output and an update", async () => {
    const next = sub(p, q).named("next");
    const graph: Graph = { outputs: [next, sum(next).named("total")], updates: [{ target: p, value: next }] };
    expect(await leftBy(graph, start, ["p", "next", "total"])).toEqual({ p: [-9, -18], next: [-9, -18], total: [-27] });
  });

  it("an output that looks at a parameter from before the update", async () => {
    const before = reshape(p, [2, 1]).named("before");
    const graph: Graph = { outputs: [before], updates: [{ target: p, value: mul(p, 3) }] };
    expect(await leftBy(graph, start, ["p", "before"])).toEqual({ p: [3, 6], before: [1, 2] });
  });

  it("a new value that was reshaped on its way", async () => {
    const graph: Graph = { ...none, updates: [{ target: p, value: reshape(mul(reshape(p, [2, 1]), 2), [2]) }] };
    expect(await leftBy(graph, start, ["p"])).toEqual({ p: [2, 4] });
  });

  it("a matrix that becomes its transpose", async () => {
    const W = parameterOf([2, 2], "W") as Tensor<[number, number]>;
    const graph: Graph = { ...none, updates: [{ target: W, value: transpose(W) }] };
    expect(await leftBy(graph, new Map([[W, numbers(1, 2, 3, 4)]]), ["W"])).toEqual({ W: [1, 3, 2, 4] });
  });

  it("a new value of another shape is refused, with both shapes", () => {
    const graph: Graph = { ...none, updates: [{ target: p, value: sum(p) }] };
    expect(() => planGraph(graph)).toThrow("plan: p has shape [2], its new value []");
  });

  it("states start as their fill, and count on", async () => {
    const count = stateOf([2], "count", 0.5);
    using running = await Running.open(reference, { ...none, updates: [{ target: count, value: add(count, 1) }] });
    await running.run(new Map());
    await running.run(new Map());
    expect([...running.read("count")]).toEqual([2.5, 2.5]);
  });
});

describe("shapes that only a pass over memory looks through", () => {
  it("a reshape between two operations of one shape does not part them, nor break them", async () => {
    const [x, y] = [input([1, 3], "x"), input([1, 3], "y")];
    const out = add(neg(y), reshape(mul(x, 2), [3])).named("out");
    expect(planGraph({ outputs: [out] }).steps.length).toBe(1);
    const feeds = new Map([
      [x, numbers(1, 2, 3)],
      [y, numbers(10, 20, 30)],
    ]);
    expect(await leftBy({ outputs: [out] }, feeds, ["out"])).toEqual({ out: [-8, -16, -24] });
  });

  it("the sum of two products that are single rows: one of them ends with the addition, not both", async () => {
    const x = input([1, 2] as const, "x");
    const [A, B] = [input([2, 2] as const, "A"), input([2, 2] as const, "B")];
    const out = add(matmul(x, A), matmul(x, B)).named("out");
    const feeds = new Map<Tensor, Float64Array>([
      [x, numbers(1, 2)],
      [A, numbers(1, 0, 0, 1)],
      [B, numbers(0, 1, 1, 0)],
    ]);
    expect(await leftBy({ outputs: [out] }, feeds, ["out"])).toEqual({ out: [3, 3] });
    expect(planGraph({ outputs: [out] }).steps.length).toBe(2);
  });
});

describe("passes over memory that must stay apart", () => {
  it("one that needs, by way of another step, what the other computes", async () => {
    const [x, y] = [input([2, 2], "x"), input([2, 2], "y")];
    const early = neg(x).named("early");
    const middle = mul(y, 2);
    const late = add(early, softmax(middle));
    const out = sub(middle, late).named("out");
    const feeds = new Map([
      [x, numbers(1, 2, 3, 4)],
      [y, numbers(0, 0, 5, 5)],
    ]);
    // softmax of equal numbers is ½: out = 2y - (½ - x).
    expect(await leftBy({ outputs: [early, out] }, feeds, ["out"])).toEqual({ out: [0.5, 1.5, 12.5, 13.5] });
  });

  it("two transpositions that are not each other's inverse", async () => {
    const x = input([1, 2, 3], "x");
    const turned = transpose(transpose(x, { axes: [1, 2, 0] }), { axes: [1, 2, 0] }).named("out");
    const feeds = new Map([[x, numbers(1, 2, 3, 4, 5, 6)]]);
    // Each moves the first axis to the end: [1, 2, 3] → [2, 3, 1] → [3, 1, 2].
    expect(await leftBy({ outputs: [turned] }, feeds, ["out"])).toEqual({ out: [1, 4, 2, 5, 3, 6] });
  });
});

describe("deep and wide graphs", () => {
  it("a chain of 20,000 operations is planned without overflowing the stack", () => {
    let x: Tensor = input([4], "x");
    for (let i = 0; i < 20_000; i++) x = add(x, 1);
    const plan = planGraph({ outputs: [x.named("y")] });
    expect(plan.steps.length).toBeGreaterThan(300);
    expect(memoryFaults(plan, new Set(["y"]))).toEqual([]);
  });

  it("a chain in which every value is used twice prints in no more than a line", () => {
    let x: Tensor = input([4], "x");
    for (let i = 0; i < 40; i++) x = add(x, x);
    const [step] = planGraph({ outputs: [x.named("y")] }).steps;
    expect(step?.kind === "elementwise" && step.expression.length).toBeLessThan(1000);
  });
});

describe("plans for several batch sizes", () => {
  const W = parameterOf([3, 2], "W");
  const graphFor = (batch: number): Graph => {
    const x = input([batch, 2] as const, "X");
    const y = matmul(x, transpose(W as Tensor<[3, 2]>)).named("y");
    return { outputs: [y], updates: [{ target: W, value: sub(W, mul(input([], "rate"), matmul(transpose(y), x))) }] };
  };

  it("agree on what lasts, and on nothing else", () => {
    const rate = input([], "rate");
    const graphs = [8, 3, 1].map((batch) => {
      const x = input([batch, 2] as const, "X");
      const y = matmul(x, transpose(W as Tensor<[3, 2]>)).named("y");
      return { outputs: [y], updates: [{ target: W, value: sub(W, mul(rate, matmul(transpose(y), x))) }] };
    });
    const plans = planTogether(graphs);
    const lasting = plans.map(({ buffers, persistent }) => ({
      persistent,
      buffers: buffers
        .filter(({ role }) => ["parameter", "state", "scalar", "constant"].includes(role))
        .map(({ name, offset, length }) => ({ name, offset, length })),
    }));
    expect(lasting[1]).toEqual(lasting[0]);
    expect(lasting[2]).toEqual(lasting[0]);
    expect(lasting[0]?.buffers.map(({ name }) => name).sort()).toEqual(["W", "rate"]);
    for (const { buffers, persistent } of plans) {
      for (const { role, offset, length } of buffers) {
        const lasts = role === "parameter" || role === "scalar";
        expect(lasts ? offset + length <= persistent : offset >= persistent).toBe(true);
      }
    }
    expect((plans[0]?.length ?? 0) > (plans[2]?.length ?? 0)).toBe(true);
  });

  it("a plan of one is the same whether planned alone or with itself", () => {
    const graph = graphFor(4);
    const [alone, [together]] = [planGraph(graph), planTogether([graph, graph])];
    expect(together?.length).toBe(alone.length);
    expect(together?.steps.length).toBe(alone.steps.length);
  });
});
