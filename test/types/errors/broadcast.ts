// Shapes that do not broadcast. Lines marked ✗ must not compile; the others must.
import { add, div, input, mul, pow, sub, tensor } from "../../../src/index.js";

declare const known: number;

const matrix = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

export const row = add(matrix, tensor([1, 2, 3]));
export const column = mul(matrix, tensor([[1], [2]]));
export const number = pow(matrix, 2);
export const rightAtRunTime = sub(matrix, input([known], "x"));
export const wrongRow = add(matrix, tensor([1, 2])); // ✗
export const wrongColumn = mul(matrix, tensor([[1], [2], [3]])); // ✗
export const wrongBox = sub(input([4, 2, 3], "x"), input([4, 1, 2], "y")); // ✗
export const wrongSecond = div(tensor([1, 2]), matrix); // ✗
