import { add, tensor } from "../../../src/index.js";

add(tensor([1, 2, 3]), tensor([1, 2]));
