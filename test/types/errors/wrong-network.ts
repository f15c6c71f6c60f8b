import { dense, relu, sequential } from "../../../src/index.js";

sequential(dense(64, 64), relu, dense(32, 10));
