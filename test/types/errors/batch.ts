// Batches that a network does not take. Lines marked ✗ must not compile; the others must.
import { dense, input, relu, sequential, tensor } from "../../../src/index.js";

declare const known: number;

const network = sequential(dense(4, 8), relu, dense(8, 3));

export const right = network.forward(input([32, 4], "X"));
export const rightAtRunTime = network.forward(input([known, known], "X"));
export const wrong = network.forward(input([32, 5], "X")); // ✗
export const single = network.forward(tensor([1, 2, 3, 4])); // ✗
