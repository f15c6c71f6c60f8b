import { adagrad, dense, digits, sequential, softmaxCrossEntropy, train } from "../../../src/index.js";

const { training } = digits();
await train(sequential(dense(64, 7)), training, { loss: softmaxCrossEntropy(), optimizer: adagrad(0.05) });
