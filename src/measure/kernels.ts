import { type EngineOptions, engines } from "../engines/index.js";
import { exp } from "../ops/exp.js";
import { gelu } from "../ops/gelu.js";
import { input } from "../ops/leaves.js";
import { matmul } from "../ops/matmul.js";
import { relu } from "../ops/relu.js";
import { sigmoid } from "../ops/sigmoid.js";
import { softmax } from "../ops/softmax.js";
import { tanh } from "../ops/tanh.js";
import { planGraph } from "../plan/index.js";
import type { Tensor } from "../tensor/index.js";
import { ceiling } from "./roofline.js";
import { timeInTurns } from "./statistics.js";

/** A kernel beside what the machine allows, timed in the same rounds. */
export interface KernelTime {
  readonly kernel: string;
  /** Threads asked for. */
  readonly threads: number;
  readonly fastMath: boolean;
  readonly microseconds: number;
  /** What it reached, in `unit`, and the roof over it: the multiply-add pipes of its threads, or a copy of as many bytes. */
  readonly reached: number;
  readonly roof: number;
  readonly unit: "GFLOP/s" | "GB/s";
  readonly share: number;
}

/** Numbers of a vector that no cache of a core holds. */
const long = 2_000_000;

const passes = { relu, exp, sigmoid, tanh, gelu, softmax } satisfies Record<
  string,
  (x: Tensor<[number, number]>) => Tensor
>;

/** Sizes of the square products. */
export const productSizes = [64, 128, 256, 512, 1024] as const;

/** Names of all kernels that are timed. */
export const kernelNames = [...productSizes.map((size) => `${size}³ product`), ...Object.keys(passes)];

/**
 * Times one of the wasm engine's kernels as a plan of a single step, in turns with its roof: a loop of multiply-adds on
 * registers for products, a copy of as many numbers for passes over long vectors.
 */
export async function timeKernel(kernel: string, options: EngineOptions, milliseconds: number) {
  const product = /^(\d+)³ product$/.exec(kernel)?.[1];
  return product === undefined
    ? timePass(kernel as keyof typeof passes, options, milliseconds)
    : timeProduct(kernel, Number(product), options, milliseconds);
}

async function timeProduct(
  kernel: string,
  size: number,
  options: EngineOptions,
  milliseconds: number,
): Promise<KernelTime> {
  const { threads = 1, fastMath = false } = options;
  const shape = [size, size] as const;
  const device = await open(matmul(input(shape, "a"), input(shape, "b")), options);
  const { run, flops } = await ceiling(fastMath);
  const [own, top] = (await timeInTurns([() => device.run(0), run], milliseconds)) as [number, number];
  const used = device.threads ?? 1;
  device.close();
  const reached = (2 * size ** 3) / own / 1e6;
  const roof = (used * flops) / top / 1e6;
  return { kernel, threads, fastMath, microseconds: own * 1000, reached, roof, unit: "GFLOP/s", share: reached / roof };
}

async function timePass(
  kernel: keyof typeof passes,
  options: EngineOptions,
  milliseconds: number,
): Promise<KernelTime> {
  const { threads = 1, fastMath = false } = options;
  const device = await open(passes[kernel](input([long / 10, 10] as const, "x")), options);
  const [from, to] = [new Float32Array(long).fill(0.5), new Float32Array(long)];
  const [own, copy] = (await timeInTurns([() => device.run(0), () => to.set(from)], milliseconds)) as [number, number];
  device.close();
  const bandwidth = (time: number) => (8 * long) / time / 1e6;
  const [reached, roof] = [bandwidth(own), bandwidth(copy)];
  return { kernel, threads, fastMath, microseconds: own * 1000, reached, roof, unit: "GB/s", share: reached / roof };
}

/** A graph of one output on the wasm engine, its inputs filled with numbers between 0.1 and 0.9. */
async function open(y: Tensor, options: EngineOptions) {
  const plan = planGraph({ outputs: [y.named("y")] });
  const device = await engines.wasm.open([plan], options);
  for (const { role, offset, length } of plan.buffers) {
    if (role === "input")
      device.arena.subarray(offset, offset + length).forEach((_, i, all) => {
        all[i] = 0.5 + 0.4 * Math.sin(i);
      });
  }
  return device;
}
