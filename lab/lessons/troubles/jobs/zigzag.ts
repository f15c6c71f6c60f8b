import {
  dense,
  evaluate,
  meanSquaredError,
  network,
  Session,
  sgd,
  sigmoid,
  tanh,
  tensor,
} from "../../../../src/index.js";

export interface ZigzagAsked {
  readonly batch: "1" | "64";
}

type Point = readonly [number, number];

export interface Walk {
  readonly path: readonly Point[];
  /** Share of the steps in which the gradients of both weights had one sign. */
  readonly tied: number;
  /** Length of the path over the straight distance it led to. */
  readonly detour: number;
  /** The loss over all examples is a quadratic form around the goal: its matrix, for contour lines. */
  readonly form: readonly [number, number, number];
}

export interface ZigzagFound {
  readonly sigmoid: Walk;
  readonly tanh: Walk;
}

export const [start, goal]: readonly [Point, Point] = [
  [-0.9, 0.6],
  [0.7, -0.8],
];
const [count, rate] = [64, 0.4];
export const steps = 64;

/** Sixty-four pairs of numbers spread evenly over [−1.5, 1.5]², in an order that jumps about. */
const spread: readonly Point[] = Array.from({ length: count }, (_, i) => {
  const k = (i * 37) % count;
  return [-1.5 + (3 * (k % 8)) / 7, -1.5 + (3 * Math.floor(k / 8)) / 7];
});

/** A linear unit learns two weights from the outputs of two units before it: all positive, or centered on 0. */
async function walk(g: typeof sigmoid, batch: number): Promise<Walk> {
  const inputs = [...evaluate(g(tensor(spread.flat()))).data];
  const net = network([dense(2, 1, { bias: false })]);
  using session = await Session.open(
    { network: net, loss: meanSquaredError(), optimizer: sgd(rate), seed: 1 },
    { batchSizes: [batch], engine: "wasm", threads: 1, keep: "named" },
  );
  session.write(new Map([["W[1]", start]]));
  const { x, t } = session.batch(batch);
  const path: Point[] = [start];
  let tied = 0;
  for (let step = 0; step < steps; step++) {
    const rows = Array.from({ length: batch }, (_, i) => (step * batch + i) % count);
    x.set(rows.flatMap((row) => [inputs[2 * row] as number, inputs[2 * row + 1] as number]));
    t.set(rows.map((row) => (inputs[2 * row] as number) * goal[0] + (inputs[2 * row + 1] as number) * goal[1]));
    await session.step(batch, rate);
    const [da, db] = session.read("dW[1]") as unknown as Point;
    if (da * db > 0) tied++;
    const [a, b] = session.read("W[1]");
    path.push([a as number, b as number]);
  }
  return { path, tied: tied / steps, detour: detourOf(path), form: formOf(inputs) };
}

function detourOf(path: readonly Point[]): number {
  const length = path
    .slice(1)
    .reduce((sum, [x, y], i) => sum + Math.hypot(x - (path[i] as Point)[0], y - (path[i] as Point)[1]), 0);
  const [x, y] = path.at(-1) as Point;
  return length / Math.hypot(x - start[0], y - start[1]);
}

function formOf(inputs: readonly number[]): Walk["form"] {
  let [a, b, c] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const [x, y] = [inputs[2 * i] as number, inputs[2 * i + 1] as number];
    a += (x * x) / count;
    b += (x * y) / count;
    c += (y * y) / count;
  }
  return [a, b, c];
}

export async function zigzagJob({ batch }: ZigzagAsked): Promise<ZigzagFound> {
  return { sigmoid: await walk(sigmoid, Number(batch)), tanh: await walk(tanh, Number(batch)) };
}
