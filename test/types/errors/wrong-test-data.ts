import { adagrad, dense, digits, sequential, softmaxCrossEntropy, synthetic, train } from "../../../src/index.js";

const { training } = digits();
const run = await train(sequential(dense(64, 10)), training, { loss: softmaxCrossEntropy(), optimizer: adagrad(0.05) });
await run.evaluateOn(synthetic.moons().test);
