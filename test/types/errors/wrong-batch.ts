import { dense, relu, sequential, tensor } from "../../../src/index.js";

sequential(dense(3, 8), relu, dense(8, 2)).forward(tensor([[1, 2, 3, 4]]));
