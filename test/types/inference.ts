/** Shapes that TypeScript must infer. This file is compiled, by the type check and by `messages.test.ts`; nothing in it runs. */

import type { Dataset, Split } from "../../src/data/index.js";
import {
  activation,
  add,
  batchNorm,
  binaryCrossEntropy,
  dense,
  digits,
  div,
  dropout,
  evaluate,
  exp,
  gradients,
  heNormal,
  input,
  jacobian,
  type Layer,
  layerNorm,
  leakyRelu,
  matmul,
  max,
  mean,
  mul,
  type Network,
  neg,
  parameter,
  pow,
  type Run,
  relu,
  reshape,
  sequential,
  sgd,
  softmax,
  softmaxCrossEntropy,
  sub,
  sum,
  synthetic,
  type Tensor,
  tanh,
  tensor,
  train,
  transpose,
} from "../../src/index.js";
import type { TensorValue } from "../../src/tensor/index.js";

/** The same type, not merely one that fits. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** The shape of a tensor, whether written as a list or as one that cannot be changed. */
type Sizes<T> = T extends Tensor<infer S> ? readonly [...S] : never;

function infers<A, B>(_same: Same<A, B>): void {}

declare const known: number;
declare const rows: number[][];

// Literals
const number = tensor(3);
const vector = tensor([1, 2, 3]);
const matrix = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);
const box = parameter([
  [[1], [2]],
  [[3], [4]],
  [[5], [6]],
]);
infers<Sizes<typeof number>, readonly []>(true);
infers<Sizes<typeof vector>, readonly [3]>(true);
infers<Sizes<typeof matrix>, readonly [2, 3]>(true);
infers<Sizes<typeof box>, readonly [3, 2, 1]>(true);
const read = tensor(rows);
infers<Sizes<typeof read>, readonly [number, number]>(true);
const placed = input([32, 64], "X");
infers<Sizes<typeof placed>, readonly [32, 64]>(true);
const placedAtRunTime = input([known, 64], "X");
infers<Sizes<typeof placedAtRunTime>, readonly [number, 64]>(true);

// Products
const square = matmul(matrix, transpose(matrix));
infers<Sizes<typeof square>, readonly [2, 2]>(true);
const tall = matmul(transpose(matrix), matrix);
infers<Sizes<typeof tall>, readonly [3, 3]>(true);
const partly = matmul(placedAtRunTime, input([64, 10], "W"));
infers<Sizes<typeof partly>, readonly [number, 10]>(true);

// Broadcasting
const byRow = add(matrix, vector);
const byColumn = mul(matrix, tensor([[1], [2]]));
const byNumber = div(2, matrix);
const outer = sub(tensor([[1], [2]]), vector);
const deeper = pow(input([4, 1, 3], "x"), matrix);
infers<Sizes<typeof byRow>, readonly [2, 3]>(true);
infers<Sizes<typeof byColumn>, readonly [2, 3]>(true);
infers<Sizes<typeof byNumber>, readonly [2, 3]>(true);
infers<Sizes<typeof outer>, readonly [2, 3]>(true);
infers<Sizes<typeof deeper>, readonly [4, 2, 3]>(true);

// Functions that keep, fold or change the shape
const activated = softmax(tanh(relu(neg(exp(matrix)))));
infers<Sizes<typeof activated>, readonly [2, 3]>(true);
const total = add(sum(matrix), add(mean(matrix), max(matrix)));
infers<Sizes<typeof total>, readonly []>(true);
const reshaped = reshape(matrix, [3, 2]);
infers<Sizes<typeof reshaped>, readonly [3, 2]>(true);
const halfKnown = reshape(matrix, [-1, 2]);
infers<Sizes<typeof halfKnown>, readonly [number, 2]>(true);

// Derivatives have the shape of what they are taken by
const [byMatrix, byVector] = gradients(sum(byRow), [matrix, vector]);
infers<Sizes<typeof byMatrix>, readonly [2, 3]>(true);
infers<Sizes<typeof byVector>, readonly [3]>(true);
const derivative = jacobian(softmax(vector), vector);
infers<Sizes<typeof derivative>, readonly [3, 3]>(true);
const value = evaluate(vector);
infers<typeof value, TensorValue<[3]>>(true);

// Networks
const classifier = sequential(dense(64, 64), relu, dropout(0.1), dense(64, 10));
infers<typeof classifier, Network<64, 10>>(true);
const startsWithFunction = sequential(
  relu,
  batchNorm(4),
  activation(leakyRelu, { slope: 0.1 }),
  dense(4, 3),
  tanh,
  layerNorm(3),
);
infers<typeof startsWithFunction, Network<4, 3>>(true);
const withOptions = sequential(dense(8, 4, { init: heNormal(), bias: false }), relu, dense(4, 2));
infers<typeof withOptions, Network<8, 2>>(true);
const inputsAtRunTime = sequential(dense(known, 32), relu, dense(32, 10));
infers<typeof inputsAtRunTime, Network<number, 10>>(true);
const outputsAtRunTime = sequential(dense(64, 32), relu, dense(32, known));
infers<typeof outputsAtRunTime, Network<64, number>>(true);
const lastAtRunTime = sequential(dense(64, 32), relu, dense(known, known));
infers<typeof lastAtRunTime, Network<64, number>>(true);
declare const anyLayer: Layer;
const withAnyLayer = sequential(dense(64, 32), anyLayer, dense(16, 2));
infers<typeof withAnyLayer, Network<64, 2>>(true);

// A pass
const pass = classifier.forward(placed);
infers<Sizes<typeof pass.output>, readonly [32, 10]>(true);

// Data and training
const { training, test } = digits();
infers<typeof training, Dataset<64, 10>>(true);
const spiral = synthetic.spiral({ classes: 3 });
infers<typeof spiral, Split<2, 3>>(true);
const run = train(classifier, training, { loss: softmaxCrossEntropy(), optimizer: sgd(0.1) });
infers<typeof run, Promise<Run<64, 10>>>(true);
const single = train(sequential(dense(2, 1)), synthetic.moons().training, {
  loss: binaryCrossEntropy(),
  optimizer: sgd(0.1),
});
infers<typeof single, Promise<Run<2, 1>>>(true);
void run.then((done) => done.evaluateOn(test));
void single.then((done) => done.evaluateOn(synthetic.moons().test));
