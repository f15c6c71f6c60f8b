// Products that do not exist. Lines marked ✗ must not compile; the others must.
import { input, matmul, tensor, transpose } from "../../../src/index.js";

declare const known: number;

const wide = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

export const right = matmul(wide, transpose(wide));
export const wrong = matmul(wide, wide); // ✗
export const wrongOrder = matmul(transpose(wide), transpose(wide)); // ✗
export const vector = matmul(wide, tensor([1, 2, 3])); // ✗
export const box = matmul(input([2, 3, 4], "x"), wide); // ✗
export const rightAtRunTime = matmul(input([4, known], "x"), wide);
