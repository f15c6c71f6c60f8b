/** retrograd through its public API: a session opened once, the batch written into its buffers, one call a step. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { library, libraryFolder } from "../../library.mjs";

/**
 * @param {import("../../cases.mjs").CaseData} data
 * @param {{ engine: string, threads: number, fastMath?: boolean }} options
 */
export async function open(data, { engine, threads, fastMath }) {
  const { dense, relu, Session, selectEngine, sequential, sgd, softmaxCrossEntropy } = await library();
  const { sizes, batch, rate } = data.case;
  const layers = sizes.slice(1).flatMap((out, i) => [dense(sizes[i], out), ...(i < sizes.length - 2 ? [relu] : [])]);
  const description = { network: sequential(...layers), loss: softmaxCrossEntropy(), optimizer: sgd(rate), seed: 1 };
  const session = await Session.open(description, {
    batchSizes: [batch],
    engine: selectEngine(engine),
    threads,
    ...(fastMath && { fastMath }),
  });
  session.write(
    new Map(
      data.layers.flatMap(({ W, b }, i) => [
        [`W[${i + 1}]`, W],
        [`b[${i + 1}]`, b],
      ]),
    ),
  );
  const buffers = session.batch(batch);
  let loaded = -1;
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
