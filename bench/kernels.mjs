/**
 * The kernels by themselves: `node bench/kernels.mjs [--only products|elementwise] [--shared] [--relaxed] [--json]`. Matrix products beside what
 * the machine's multiply and add pipes can do in WebAssembly (a loop on registers only, timed in the same round) and beside
 * the naive product; elementwise kernels as time a number, and as bandwidth on vectors too long for the caches beside a
 * plain copy. Kernel and ceiling are timed in turn, in slices of a third of a millisecond where a call is that short; a figure
 * is the median over rounds, or with `--shared`, on a machine that has other work to do, the time of the fastest tenth.
 */
import { stdout } from "node:process";
import { parseArgs } from "node:util";
import { compileKernels, opcodes } from "../tools/build-kernels.mjs";
import { cases } from "./cases.mjs";
import { describeMachine, machineLine } from "./machine.mjs";
import { markdownTable, median, quantile } from "./statistics.mjs";

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    json: { type: "boolean", default: false },
    shared: { type: "boolean", default: false },
    relaxed: { type: "boolean", default: false },
  },
});
const figure = options.shared ? (/** @type {number[]} */ times) => quantile(times, 0.1) : median;

/**
 * @typedef {object} Exports
 * @property {() => number} base
 * @property {(turns: number, numbers: number) => number} ceiling
 * @property {() => number} ceilingOperations
 * @property {(m: number, k: number, n: number, a: number, b: number, c: number) => void} naiveMatmul
 * @property {(...numbers: number[]) => void} matmul
 * @property {(...numbers: number[]) => void} applyBlock
 */
const mebibyte = 2 ** 20;
const memory = new WebAssembly.Memory({ initial: 2048, maximum: 2048 });
const table = new WebAssembly.Table({ element: "anyfunc", initial: 1 });
const module = new WebAssembly.Module(
  new Uint8Array(await compileKernels("bench.ts", "kernels-bench.wasm", { relaxed: options.relaxed })),
);
const instance = new WebAssembly.Instance(module, { env: { memory, table, abort: () => {} } });
const kernels = /** @type {Exports} */ (/** @type {unknown} */ (instance.exports));

// Scratch for packing in the first MiB, then A, B and C (or x, y, z).
const scratch = Math.ceil(kernels.base() / 64) * 64;
const [a, b, c] = [4 * mebibyte, 44 * mebibyte, 84 * mebibyte];
new Float32Array(memory.buffer, a).forEach((_, i, all) => {
  all[i] = 0.5 + 0.4 * Math.sin(i);
});

/** Milliseconds of one call, in each of the rounds. @param {readonly (() => void)[]} calls */
function timed(calls) {
  const repeats = calls.map((call) => {
    const warm = performance.now();
    while (performance.now() - warm < 30) call();
    for (let count = 1; ; count *= 2) {
      const begin = performance.now();
      for (let i = 0; i < count; i++) call();
      if (performance.now() - begin > 0.3) return count;
    }
  });
  const times = calls.map(() => /** @type {number[]} */ ([]));
  const began = performance.now();
  for (let round = 0; round < 11 || (round < 201 && performance.now() - began < 400); round++) {
    calls.forEach((call, j) => {
      const count = /** @type {number} */ (repeats[j]);
      const begin = performance.now();
      for (let i = 0; i < count; i++) call();
      /** @type {number[]} */ (times[j]).push((performance.now() - begin) / count);
    });
  }
  return times.map(figure);
}

const turns = 10_000;
new Float32Array(memory.buffer, scratch + mebibyte, 8).fill(1);
const ceiling = () => kernels.ceiling(turns, scratch + mebibyte);
const ceilingFlops = turns * kernels.ceilingOperations() * 4;

/** @param {number} m @param {number} k @param {number} n @param {boolean} left @param {boolean} right transposed? */
function product(m, k, n, left, right) {
  const call = () =>
    kernels.matmul(
      ...[m, k, n, a, 4 * (left ? m : k), Number(left), b, 4 * (right ? k : n), Number(right), c, 4 * n],
      ...[0, 0, scratch, scratch + mebibyte / 2],
    );
  const naive = () => kernels.naiveMatmul(m, k, n, a, b, c);
  const flops = 2 * m * k * n;
  const withNaive = flops < 5e7 && !left && !right;
  const [mine, top, slow] = timed(withNaive ? [call, ceiling, naive] : [call, ceiling]);
  const gigaflops = (/** @type {number | undefined} */ ms, work = flops) => work / (ms ?? Number.NaN) / 1e6;
  const most = gigaflops(top, ceilingFlops);
  return { m, k, n, gigaflops: gigaflops(mine), share: gigaflops(mine) / most, ceiling: most, naive: gigaflops(slow) };
}

function products() {
  const transpositions = /** @type {const} */ ([
    ["A·B", false, false],
    ["A·Bᵀ", false, true],
    ["Aᵀ·B", true, false],
  ]);
  const cubes = [8, 16, 32, 64, 128, 256, 512, 1024].flatMap((size) =>
    transpositions.map(([name, left, right]) => ({ what: `${name}`, ...product(size, size, size, left, right) })),
  );
  const layers = cases.flatMap(({ name, sizes, batch }) =>
    sizes.slice(1).flatMap((out, i) => {
      const input = /** @type {number} */ (sizes[i]);
      return [
        { what: `${name}: Z[${i + 1}] = X·Wᵀ`, ...product(batch, input, out, false, true) },
        { what: `${name}: dW[${i + 1}] = dZᵀ·X`, ...product(out, batch, input, true, false) },
        ...(i === 0 ? [] : [{ what: `${name}: dX[${i + 1}] = dZ·W`, ...product(batch, out, input, false, false) }]),
      ];
    }),
  );
  return [...cubes, ...layers];
}

function elementwise() {
  const [short, long] = [2048, 2_000_000];
  return Object.entries(opcodes())
    .filter(([name]) => name.startsWith("OP_"))
    .map(([name, opcode]) => {
      const run =
        (/** @type {number} */ length, code = opcode) =>
        () =>
          kernels.applyBlock(code, length, c, a, 16, b, 16, b + 4 * mebibyte, 16);
      const move = opcodes()["OP_MOVE"];
      const [near, far, copy] = timed([run(short), run(long), run(long, move)]);
      return {
        name: name.slice(3).toLowerCase(),
        nanoseconds: ((near ?? Number.NaN) * 1e6) / short,
        /** Of the time of a copy of the same length: 1 where memory is the limit. */
        ofCopy: (copy ?? Number.NaN) / (far ?? Number.NaN),
      };
    });
}

const result = {
  machine: describeMachine(),
  products: options.only === "elementwise" ? [] : products(),
  elementwise: options.only === "products" ? [] : elementwise(),
};
if (options.json) stdout.write(`${JSON.stringify(result)}\n`);
else {
  const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(0)} %`;
  const number = (/** @type {number} */ value) => (Number.isFinite(value) ? value.toFixed(1) : "–");
  stdout.write(`# The kernels by themselves\n\n${machineLine(result.machine)}\n\n`);
  stdout.write(
    `${markdownTable(
      ["product", "m × k × n", "GFLOP/s", "of the ceiling", "ceiling", "naive"],
      result.products.map(({ what, m, k, n, gigaflops, share, ceiling: most, naive }) => [
        what,
        `${m} × ${k} × ${n}`,
        number(gigaflops),
        percent(share),
        number(most),
        number(naive),
      ]),
    )}\n\n`,
  );
  stdout.write(
    `${markdownTable(
      ["elementwise", "ns a number", "of a copy's speed, 2 million numbers"],
      result.elementwise.map(({ name, nanoseconds, ofCopy }) => [name, nanoseconds.toFixed(2), percent(ofCopy)]),
    )}\n`,
  );
}
