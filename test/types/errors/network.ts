// Networks whose layers do not fit. Lines marked ✗ must not compile; the others must.
import { activation, batchNorm, dense, dropout, layerNorm, leakyRelu, relu, sequential } from "../../../src/index.js";

declare const known: number;

export const right = sequential(dense(64, 32), relu, dropout(0.1), dense(32, 10));
export const wrong = sequential(dense(64, 32), relu, dense(16, 10)); // ✗
export const wrongAfterDropout = sequential(dense(64, 32), dropout(0.1), relu, dense(31, 10)); // ✗
export const wrongNorm = sequential(dense(64, 32), batchNorm(16), relu, dense(32, 10)); // ✗
export const wrongLast = sequential(dense(4, 8), relu, dense(8, 8), relu, dense(8, 8), layerNorm(3)); // ✗
export const rightAtRunTime = sequential(dense(64, known), relu, dense(16, 10));
export const wrongAfterRunTime = sequential(dense(known, 32), relu, dense(64, 10)); // ✗
export const notALayer = sequential(dense(64, 32), "relu"); // ✗
export const wrongOption = sequential(dense(64, 32), activation(leakyRelu, { slop: 0.1 })); // ✗
