/**
 * The largest error of each function of one number over all 2³² float32 numbers, against the formula in float64:
 * `node bench/ulp.mjs [--only "exp;tanh"] [--stride 1] [--relaxed] [--write]`, one worker a core. A stride of n takes every n-th
 * bit pattern. With `--write`, docs/bench/ulp.md and .json; functions left out keep the figures they have there.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { stderr, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { compileKernels, opcodes } from "../tools/build-kernels.mjs";
import { writeResults } from "./output.mjs";
import { markdownTable } from "./statistics.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Functions by their kernel: op, attributes, and the kernel's further operands. */
const functions = {
  exp: { op: "exp", code: "OP_EXP" },
  log: { op: "log", code: "OP_LOG" },
  sigmoid: { op: "sigmoid", code: "OP_SIGMOID" },
  tanh: { op: "tanh", code: "OP_TANH" },
  softplus: { op: "softplus", code: "OP_SOFTPLUS", attributes: { beta: 1 } },
  silu: { op: "silu", code: "OP_SILU" },
  elu: { op: "elu", code: "OP_ELU", attributes: { alpha: 1 }, operands: [1, 1] },
  selu: { op: "selu", code: "OP_ELU", attributes: selu(), operands: Object.values(selu()) },
  mish: { op: "mish", code: "OP_MISH" },
  softsign: { op: "softsign", code: "OP_SOFTSIGN" },
  sqrt: { op: "sqrt", code: "OP_SQRT" },
  "softplus, beta 0.7": {
    op: "softplus",
    code: "OP_SOFTPLUS_BETA",
    attributes: { beta: 0.7 },
    operands: [0.7, 0.7 - Math.fround(0.7)],
  },
  "pow, exponent 1.5": { op: "pow", code: "OP_POW", operands: [1.5] },
  "pow, exponent -0.3": { op: "pow", code: "OP_POW", operands: [Math.fround(-0.3)] },
  normalCdf: { op: "normalCdf", code: "OP_NORMAL_CDF" },
  gelu: { op: "gelu", code: "OP_GELU" },
};

function selu() {
  return { alpha: 1.6732632423543772, scale: 1.0507009873554805 };
}

/**
 * @typedef {{ op: string, code: string, attributes?: object, operands?: readonly number[] }} Kernel
 * @typedef {{ ulp: number, at: string, kernel: string, exact: string }} Worst where: as text, so that no digit is lost
 * @typedef {{ worst: Worst, numbers: number }} Part
 */

const chunk = 1 << 16;
const place = { x: 1 << 20, b: 2 << 20, c: 3 << 20, y: 4 << 20 };

/** The patterns from … to, in one worker. @param {Kernel} kernel @param {number} from @param {number} to @param {number} stride */
async function sweep({ op, code, attributes = {}, operands = [] }, from, to, stride) {
  const { elementwiseOps, ulps } = await import(workerData.reference);
  const memory = new WebAssembly.Memory({ initial: 128, maximum: 65536 });
  const table = new WebAssembly.Table({ element: "anyfunc", initial: 1 });
  const { exports } = await WebAssembly.instantiate(workerData.module, { env: { memory, table, abort: () => {} } });
  const { applyBlock } = /** @type {{ applyBlock: (...numbers: number[]) => void }} */ (
    /** @type {unknown} */ (exports)
  );
  const inputs = new Float32Array(memory.buffer, place.x, chunk);
  const patterns = new Int32Array(memory.buffer, place.x, chunk);
  const outputs = new Float32Array(memory.buffer, place.y, chunk);
  [place.b, place.c].forEach((at, i) => {
    new Float32Array(memory.buffer, at, 4).fill(operands[i] ?? 0);
  });
  const opcode = opcodes()[code];
  const { scalar } = elementwiseOps[op];
  /** `pow` takes its exponent as an operand of the op as well. */
  const second = op === "pow" ? operands[0] : 0;
  let worst = { ulp: 0, at: "", kernel: "", exact: "" };
  let numbers = 0;
  for (let pattern = from; pattern < to; ) {
    let count = 0;
    for (; count < chunk && pattern < to; count++, pattern += stride) patterns[count] = pattern | 0;
    applyBlock(opcode, count, place.y, place.x, 16, place.b, 0, place.c, 0);
    for (let i = 0; i < count; i++) {
      const at = /** @type {number} */ (inputs[i]);
      const kernel = /** @type {number} */ (outputs[i]);
      const exact = scalar(at, second, 0, attributes);
      if (Math.fround(exact) === kernel || (Number.isNaN(exact) && Math.abs(at) === Infinity)) continue;
      const ulp = ulps(kernel, exact);
      if (!(ulp <= worst.ulp)) worst = { ulp, at: `${at}`, kernel: `${kernel}`, exact: `${exact}` };
    }
    numbers += count;
  }
  return { worst, numbers };
}

/** The formulas of src/ops and what an ulp is, as one module. */
async function bundleReference() {
  const { build } = await import("esbuild");
  const outfile = `${root}build/ulp-reference.mjs`;
  const contents = `export { elementwiseOps } from "./src/ops/index.js"; export { ulps } from "./test/kernels/compare.js";`;
  await build({ stdin: { contents, resolveDir: root }, bundle: true, format: "esm", outfile, logLevel: "error" });
  return outfile;
}

/** @param {Kernel} kernel @param {number} stride @param {object} shared */
async function inWorkers(kernel, stride, shared) {
  const workers = availableParallelism();
  // Neighbouring patterns cost alike, so parts are small and dealt out in turn.
  const size = stride * Math.ceil(2 ** 32 / stride / 256);
  let next = 0;
  /** @type {Part[]} */
  const parts = [];
  const one = async () => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { ...shared, kernel, stride } });
    await new Promise((resolve, reject) => {
      const deal = () => {
        if (next >= 2 ** 32) return resolve(undefined);
        worker.postMessage({ from: next, to: Math.min(next + size, 2 ** 32) });
        next += size;
      };
      worker.on("error", reject);
      worker.on("message", (/** @type {Part} */ part) => {
        parts.push(part);
        deal();
      });
      deal();
    });
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: workers }, one));
  return {
    ...parts.reduce((a, { worst }) => (worst.ulp <= a.ulp ? a : worst), { ulp: 0, at: "", kernel: "", exact: "" }),
    numbers: parts.reduce((sum, { numbers }) => sum + numbers, 0),
  };
}

async function main() {
  const { values } = parseArgs({
    options: {
      only: { type: "string", default: Object.keys(functions).join(";") },
      stride: { type: "string", default: "1" },
      relaxed: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
    },
  });
  const [stride, build] = [Number(values.stride), values.relaxed ? "relaxed" : "portable"];
  mkdirSync(`${root}build`, { recursive: true });
  const bytes = await compileKernels("bench.ts", `ulp-${build}.wasm`, { relaxed: values.relaxed });
  const shared = { module: new WebAssembly.Module(new Uint8Array(bytes)), reference: await bundleReference() };
  const folder = `${root}docs/bench/`;
  const before = existsSync(`${folder}ulp.json`) ? JSON.parse(readFileSync(`${folder}ulp.json`, "utf8")) : {};
  /** @type {Record<string, Record<string, Worst & { numbers: number }>>} */
  const results = { portable: before.portable ?? {}, relaxed: before.relaxed ?? {} };
  for (const name of values.only.split(";")) {
    const kernel = functions[/** @type {keyof typeof functions} */ (name)];
    if (kernel === undefined)
      throw new Error(`There is no function ${name}; there are ${Object.keys(functions).join("; ")}.`);
    const began = performance.now();
    const found = await inWorkers(kernel, stride, shared);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    stderr.write(
      `${build} ${name}: ${found.ulp.toFixed(3)} ulp at ${found.at}, ${found.numbers} numbers, ${seconds} s\n`,
    );
    /** @type {Record<string, object>} */ (results[build])[name] = found;
    if (values.write) writeResults(folder, "ulp", results, page(results));
  }
  if (values.write) writeFileSync(`${folder}ulp.md`, page(results));
  else stdout.write(page(results));
}

/** @param {Record<string, Record<string, Worst & { numbers: number }>>} results */
function page(results) {
  const rows = Object.keys(functions).flatMap((name) =>
    Object.entries(results).flatMap(([build, all]) => {
      const found = all[name];
      if (found === undefined) return [];
      const share = found.numbers === 2 ** 32 ? "all 2³²" : found.numbers.toLocaleString("en-US");
      const digits = (/** @type {string} */ x) => (x === "" ? "–" : `${Number(Number(x).toPrecision(9))}`);
      return [[name, build, found.ulp.toFixed(2), digits(found.at), digits(found.kernel), digits(found.exact), share]];
    }),
  );
  return `# The largest error of each function

Written by \`node bench/ulp.mjs --write\`; do not edit. Every float32 number, or as many as the last column says, goes through the
kernel and through the op's own formula in float64 (src/ops), which is right to about 1e-16. Perfect rounding is at most 0.5 ulp;
0.00: every result is the formula's, rounded. Left out is -∞ where the formula gives NaN (∞·0); kernels give the limit.

${markdownTable(["function", "build", "largest error, ulp", "at", "kernel", "exact", "numbers"], rows)}
`;
}

if (isMainThread) await main();
else {
  const { kernel, stride } = workerData;
  parentPort?.on("message", async ({ from, to }) => parentPort?.postMessage(await sweep(kernel, from, to, stride)));
}
