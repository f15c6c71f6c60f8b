import fc from "fast-check";
import { expect, it } from "vitest";
import { type Engine, wasm } from "../../src/engines/index.js";
import { inTurns } from "../conformance/in-turns.js";
import { Running } from "../conformance/on-engine.js";
import { buildGraph, drafts, type RandomGraph, type Sizes } from "../plan/random-graph.js";

/** Everything readable after each of two runs. */
async function results(engine: Engine, { graph, feeds }: RandomGraph): Promise<Map<string, Float64Array>> {
  using running = await Running.open(engine, graph, { keep: "named" });
  for (const [leaf, numbers] of feeds) running.set(leaf.name as string, numbers);
  const found = new Map<string, Float64Array>();
  for (const turn of [1, 2]) {
    await running.run(new Map());
    for (const name of running.plan.readable.keys()) found.set(`${name} in run ${turn}`, running.read(name));
  }
  return found;
}

it.each([
  [2, [4, 19]],
  [2, [16, 48]],
  [3, [7, 33]],
  [4, [5, 64]],
] as [number, Sizes][])(
  "random graphs give the same bits on one thread and on %i, with axes of %j",
  async (threads, sizes) => {
    await fc.assert(
      fc.asyncProperty(drafts, async (draft) => {
        const random = buildGraph(draft, sizes);
        const expected = await results(wasm, random);
        const actual = await results(inTurns(threads), random);
        for (const [name, numbers] of expected) {
          const other = actual.get(name) as Float64Array;
          numbers.forEach((number, i) => {
            if (!Object.is(number, other[i])) expect.fail(`${name}, number ${i}: ${other[i]} instead of ${number}`);
          });
        }
      }),
      { numRuns: 100, seed: 20261125 },
    );
  },
);
