import { gradients } from "../autodiff/index.js";
import type { Loss, Network } from "../nn/index.js";
import { input, stateOf } from "../ops/leaves.js";
import { clipByNorm, type Optimizer } from "../optim/index.js";
import type { Graph, Update } from "../plan/index.js";
import type { Shape, Tensor } from "../tensor/index.js";

/** Everything about a training step but the size of its batch. */
export interface StepDescription {
  readonly network: Network;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  /** Largest common norm of the gradients; not clipped when left out. */
  readonly clip?: number | undefined;
  /** Seed of the random numbers drawn in the step (dropout). */
  readonly seed: number;
}

/** Leaves that last from step to step, made once so that graphs for several batch sizes share them. */
export interface LastingLeaves {
  /** Per parameter, in the network's order: its memories by slot name. */
  readonly memories: readonly Readonly<Record<string, Tensor>>[];
  readonly scalars: Readonly<Record<string, Tensor>>;
  /** Counts steps, for layers that draw random numbers. */
  readonly step: Tensor;
}

export function lastingLeaves({ network, optimizer }: Pick<StepDescription, "network" | "optimizer">): LastingLeaves {
  const memories = network.parameters.map(({ name, tensor }) =>
    Object.fromEntries(
      optimizer.slots.map((slot) => [slot.name, stateOf(tensor.shape, `${slot.name} ${name}`, slot.fill)]),
    ),
  );
  const scalars = Object.fromEntries(
    Object.keys(optimizer.scalars(1, optimizer.rate)).map((name) => [name, input([], name)]),
  );
  return { memories, scalars, step: input([], "step") };
}

/** The whole step, forward, backward and update, for batches of `batch` examples: inputs `X` and `t`, outputs `loss` and the predictions. */
export function trainingGraph(description: StepDescription, leaves: LastingLeaves, batch: number): Graph {
  const { network, loss, optimizer, clip, seed } = description;
  const x = input([batch, network.inputs] as const, "X");
  const t = input(targetShape(network, loss, batch), "t");
  const { output, updates } = network.forward(x, { training: true, step: leaves.step, seed });
  const cost = loss.apply(output, t).named("loss");
  const parameters = network.parameters.map(({ tensor }) => tensor);
  const raw = gradients(cost, parameters);
  const used = clip === undefined ? raw : clipByNorm(raw, clip);
  const learned = parameters.flatMap((parameter, i): Update[] => {
    const memories = leaves.memories[i] as Readonly<Record<string, Tensor>>;
    const next = optimizer.update(parameter, used[i] as Tensor, memories, leaves.scalars);
    return [
      { target: parameter, value: next.parameter },
      ...Object.entries(next.memory).map(([name, value]) => ({ target: memories[name] as Tensor, value })),
    ];
  });
  return { outputs: [cost, output.named("prediction")], gradients: raw, updates: [...updates, ...learned] };
}

/** The forward pass alone, as prediction does it: input `X`, output `prediction`. */
export function predictionGraph(network: Network, batch: number): Graph {
  const { output } = network.forward(input([batch, network.inputs] as const, "X"));
  return { outputs: [(output as Tensor).named("prediction")] };
}

/** Class indices are one number an example; anything else is as wide as the network's output. */
export function targetShape(network: Network, loss: Loss, batch: number): Shape {
  return loss.target === "class" ? [batch] : [batch, network.outputs];
}
