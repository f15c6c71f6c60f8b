/** retrograd through its public API: a session opened once, the batch written into its buffers, one call a step. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { library, libraryFolder } from "../../library.mjs";

/**
 * @param {import("../../cases.mjs").CaseData} data
 * @param {{ engine: import("../../../src/index.js").bench.How["engine"], threads: number, fastMath?: boolean }} options
 */
export async function open(data, { engine, threads, fastMath }) {
  const { bench } = await library();
  const { batch, rate } = data.case;
  const { session, buffers } = await bench.openCase(data.case, { engine, threads, fastMath });
  let loaded = 0;
  return {
    version: JSON.parse(readFileSync(join(libraryFolder(), "..", "package.json"), "utf8")).version,
    session,
    /** @param {number} index */
    step(index) {
      if (index !== loaded) {
        buffers.x.set(data.batches[index].x);
        buffers.t.set(data.batches[index].labels);
        loaded = index;
      }
      return session.step(batch, rate);
    },
    loss: () => buffers.loss[0],
    close: () => session[Symbol.dispose]?.(),
  };
}
