import { matmul, tensor } from "../../../src/index.js";

matmul(
  tensor([[1, 2, 3]]),
  tensor([
    [1, 2],
    [3, 4],
  ]),
);
