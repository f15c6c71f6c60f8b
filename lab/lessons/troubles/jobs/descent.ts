import { evaluate, input, type Optimizer, type Tensor } from "../../../../src/index.js";

export interface Descent {
  /** Where it was after each step, the start first. */
  readonly path: readonly (readonly number[])[];
  /** What it remembered after each step: `s` of Adagrad. */
  readonly memory: readonly Readonly<Record<string, readonly number[]>>[];
}

/** The way an optimizer goes, in float64: its own update rule as graph, fed with gradients step by step. */
export function descend(
  optimizer: Optimizer,
  start: readonly number[],
  gradientAt: (place: readonly number[], step: number) => readonly number[],
  steps: number,
): Descent {
  const size = start.length;
  const place = input([size], "place");
  const gradient = input([size], "gradient");
  const memory = Object.fromEntries(optimizer.slots.map(({ name }) => [name, input([size], name)]));
  const scalars = Object.fromEntries(
    Object.keys(optimizer.scalars(1, optimizer.rate)).map((name) => [name, input([], name)]),
  );
  const next = optimizer.update(place, gradient, memory, scalars);
  const path = [start];
  let kept: Record<string, readonly number[]> = Object.fromEntries(
    optimizer.slots.map(({ name, fill }) => [name, start.map(() => fill)]),
  );
  const memories = [kept];
  for (let step = 1; step <= steps; step++) {
    const here = path.at(-1) as readonly number[];
    const feeds = new Map<Tensor, readonly number[]>([
      [place, here],
      [gradient, gradientAt(here, step)],
      ...Object.entries(memory).map(([name, tensor]) => [tensor, kept[name] as readonly number[]] as const),
      ...Object.entries(optimizer.scalars(step, optimizer.rate)).map(
        ([name, value]) => [scalars[name] as Tensor, [value]] as const,
      ),
    ]);
    path.push([...evaluate(next.parameter, feeds).data]);
    kept = Object.fromEntries(
      Object.entries(next.memory).map(([name, tensor]) => [name, [...evaluate(tensor, feeds).data]]),
    );
    memories.push(kept);
  }
  return { path, memory: memories };
}
