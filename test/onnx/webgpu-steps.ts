/** Three training steps of several networks on webgpu and in float64: prints the largest difference of each, as JSON. */
import { createRequire } from "node:module";
import { type Engine, onnxEngine, reference } from "../../src/engines/index.js";
import type { Runtime } from "../../src/engines/onnx/runtime.js";
import { batchNorm, dense, dropout, layerNorm, network, softmaxCrossEntropy } from "../../src/nn/index.js";
import { gelu } from "../../src/ops/gelu.js";
import { relu } from "../../src/ops/relu.js";
import { sigmoid } from "../../src/ops/sigmoid.js";
import { tanh } from "../../src/ops/tanh.js";
import { adagrad, adam, momentum, type Optimizer, sgd } from "../../src/optim/index.js";
import { Session } from "../../src/train/session.js";
import { randomFrom } from "../kernels/random.js";

const packages = createRequire(`${process.argv[2]}/`);
const onnx = onnxEngine(async () => packages("onnxruntime-node") as Runtime);
const webgpu: Engine = { ...onnx, open: (plans, options) => onnx.open(plans, { ...options, provider: "webgpu" }) };

/** Few networks with much in each: preparing one takes seconds on such an adapter. */
const cases: Readonly<Record<string, readonly [ReturnType<typeof network>, Optimizer]>> = {
  "sgd, relu": [network([dense(8, 16), relu, dense(16, 3)]), sgd(0.1)],
  "adam, tanh, layerNorm": [network([layerNorm(8), dense(8, 5), tanh, dense(5, 3)]), adam(0.01)],
  "momentum, batchNorm": [network([dense(8, 6, { bias: false }), batchNorm(6), relu, dense(6, 3)]), momentum(0.1)],
  "adagrad, sigmoid, gelu, dropout": [
    network([dense(8, 9), sigmoid, dense(9, 9), gelu, dropout(0.4), dense(9, 3)]),
    adagrad(0.05),
  ],
};

async function trained(
  engine: Engine,
  net: ReturnType<typeof network>,
  optimizer: Optimizer,
): Promise<Map<string, Float64Array>> {
  using session = await Session.open(
    { network: net, loss: softmaxCrossEntropy(), optimizer, seed: 2 },
    { batchSizes: [12], engine },
  );
  const uniform = randomFrom(6);
  const { x, t } = session.batch(12);
  for (let step = 0; step < 3; step++) {
    for (let i = 0; i < x.length; i++) x[i] = Math.fround(2 * uniform() - 1);
    for (let i = 0; i < t.length; i++) t[i] = Math.floor(3 * uniform());
    await session.step(12, optimizer.rate);
  }
  const names = ["loss", "prediction", ...net.tensors.map(({ name }) => name)];
  return new Map(names.map((name) => [name, session.read(name)]));
}

const results: { title: string; worst: number }[] = [];
for (const [title, [net, optimizer]] of Object.entries(cases)) {
  const [actual, expected] = [await trained(webgpu, net, optimizer), await trained(reference, net, optimizer)];
  const worst = Math.max(
    ...[...expected].flatMap(([name, values]) =>
      Array.from(values, (value, i) => Math.abs(value - (actual.get(name)?.[i] as number))),
    ),
  );
  results.push({ title, worst });
}
process.stdout.write(JSON.stringify(results));
