import { gradients } from "../autodiff/index.js";
import { reference } from "../engines/index.js";
import { constantTensor } from "../ops/constant.js";
import { input, parameterOf, stateOf } from "../ops/leaves.js";
import { mul } from "../ops/mul.js";
import { sum } from "../ops/sum.js";
import type { Optimizer } from "../optim/index.js";
import { planGraph } from "../plan/index.js";

export type Point = readonly [x: number, y: number];

/** f(x, y) = ½(a·x² + b·y²): a long valley when b is far larger than a. */
export interface Ravine {
  readonly curvatures: Point;
  readonly start: Point;
}

export function heightAt({ curvatures: [a, b] }: Ravine, [x, y]: Point): number {
  return 0.5 * (a * x * x + b * y * y);
}

/** The way an optimizer takes down a ravine, in float64: its own update rule as graph, planned and run step by step. */
export async function descend({ curvatures, start }: Ravine, optimizer: Optimizer, steps: number): Promise<Point[]> {
  const place = parameterOf([2], "place");
  const height = sum(mul(constantTensor([2], Float64Array.of(...curvatures)), mul(0.5, mul(place, place))));
  const [gradient] = gradients(height, [place]);
  const memory = Object.fromEntries(
    optimizer.slots.map(({ name, fill }) => [name, stateOf([2], `${name} place`, fill)] as const),
  );
  const names = Object.keys(optimizer.scalars(1, optimizer.rate));
  const scalars = Object.fromEntries(names.map((name) => [name, input([], name)] as const));
  const next = optimizer.update(place, gradient, memory, scalars);
  const updates = [
    { target: place, value: next.parameter },
    ...Object.entries(next.memory).map(([name, value]) => ({ target: memory[name] as typeof place, value })),
  ];
  const plan = planGraph({ outputs: [height.named("height")], updates });
  const { arena, run, close } = await reference.open([plan]);
  const at = (name: string) => plan.buffers.find((buffer) => buffer.name === name)?.offset;
  for (const [name, values] of plan.initial) {
    const offset = at(name);
    if (offset !== undefined) arena.set(values, offset);
  }
  const here = at("place") as number;
  arena.set(start, here);
  const path: Point[] = [start];
  for (let step = 1; step <= steps; step++) {
    for (const [name, value] of Object.entries(optimizer.scalars(step, optimizer.rate))) {
      const offset = at(name);
      if (offset !== undefined) arena[offset] = value;
    }
    await run(0);
    path.push([arena[here] as number, arena[here + 1] as number]);
  }
  close();
  return path;
}

/** A closed line of equal height. */
export function contour({ curvatures: [a, b] }: Ravine, height: number): Point[] {
  return Array.from({ length: 48 }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / 48;
    return [Math.sqrt((2 * height) / a) * Math.cos(angle), Math.sqrt((2 * height) / b) * Math.sin(angle)];
  });
}
