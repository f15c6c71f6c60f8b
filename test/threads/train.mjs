/**
 * Trains in a page, in a worker of a page or in Node, on the built library, and tells what came out: threads and why not
 * more, and every weight. The arithmetic of the data is exact, so the weights must agree to the bit.
 * @param {typeof import("../../src/index.js")} library
 * @param {number} threads
 */
export async function trained(library, threads) {
  const { dense, relu, sequential, sgd, softmaxCrossEntropy, Session, engines } = library;
  const network = sequential(dense(200, 300), relu, dense(300, 10));
  const description = { network, loss: softmaxCrossEntropy(), optimizer: sgd(0.05), seed: 7 };
  const session = await Session.open(description, { batchSizes: [150], engine: engines.wasm, threads });
  const { x, t } = session.batch(150);
  for (let step = 0; step < 10; step++) {
    for (let i = 0; i < x.length; i++) x[i] = ((i * 7919 + step * 104729) % 2048) / 1024 - 1;
    for (let i = 0; i < t.length; i++) t[i] = (i * 31 + step) % 10;
    await session.step(150, 0.05);
  }
  const weights = [...session.weights().values()].flatMap((numbers) => [...numbers]);
  const { choice } = session;
  session[Symbol.dispose]?.();
  return { threads: choice.threads, why: choice.why, weights };
}
