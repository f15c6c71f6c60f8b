import { reshape } from "../ops/reshape.js";
import { stack } from "../ops/stack.js";
import { inOrder, ShapeError, sameShape, sizeOf, type Tensor } from "../tensor/index.js";
import { aligned } from "./arena.js";
import { buildStep, viewer } from "./build-step.js";
import { fuse } from "./fuse.js";
import type { Graph, PlanOptions } from "./graph.js";
import { type Overwrite, schedule } from "./schedule.js";
import { simplify } from "./simplify.js";
import type { Buffer, Phase, Plan, Step, View } from "./steps.js";
import { leafRole, placeValues } from "./storage.js";
import { isComputed, operandsOf, readBy, storageOf } from "./unit.js";

/** One graph as a plan. See `planTogether`. */
export function planGraph(graph: Graph, options: PlanOptions = {}): Plan {
  return planTogether([graph], options)[0] as Plan;
}

/**
 * Turns graphs into plans over one arena: simplified, fused, put in order, every value in its place. All plans agree on
 * the place of what lasts (parameters, states, scalars, constants), so they can take turns on the same memory.
 */
export function planTogether(graphs: readonly Graph[], options: PlanOptions = {}): Plan[] {
  const prepared = graphs.map((graph) => prepare(graph, options));
  const lasting = new Map<Tensor, Buffer>();
  let persistent = 0;
  for (const { order } of prepared) {
    for (const node of order) {
      if (isComputed(node) || lasting.has(node) || storageOf(node) !== node || leafRole(node) === "input") continue;
      lasting.set(node, leafBuffer(node, persistent, lasting.size));
      persistent += aligned(sizeOf(node.shape));
    }
  }
  return prepared.map((one) => planOne(one, lasting, persistent, options));
}

function leafBuffer(node: Tensor, offset: number, count: number): Buffer {
  const role = leafRole(node);
  return { name: node.name ?? `${role}${count}`, role, shape: node.shape, offset, length: sizeOf(node.shape) };
}

/** A graph simplified, with its roots and names carried over. */
interface Prepared {
  /** Simplified nodes that are needed, operands before users. */
  readonly order: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly overwrites: readonly Overwrite[];
  readonly namesOf: ReadonlyMap<Tensor, readonly string[]>;
  readonly phaseOf: (node: Tensor) => Phase;
}

function prepare(graph: Graph, { keep }: PlanOptions): Prepared {
  const { outputs, gradients = [], updates = [] } = graph;
  for (const { target, value } of updates) {
    if (!sameShape(target.shape, value.shape)) {
      throw new ShapeError(
        `plan: ${target.name ?? "a parameter"} has shape [${target.shape}], its new value [${value.shape}]`,
      );
    }
  }
  const roots = [
    ...outputs,
    ...gradients,
    ...updates.map(({ value }) => value),
    ...updates.map(({ target }) => target),
  ];
  const simplified = simplify(roots);
  const news = (node: Tensor) => simplified.get(node) as Tensor;
  const old = puttingAside(new Set(updates.map(({ target }) => news(target))));

  const namesOf = new Map<Tensor, string[]>();
  const looks: Tensor[] = [];
  for (const [before, after] of simplified) {
    if (before.name === undefined) continue;
    const look = before.inputs.length === 0 ? after : old(after);
    if (keep === "named") looks.push(look);
    const names = namesOf.get(look) ?? [];
    if (!names.includes(before.name)) namesOf.set(look, [...names, before.name]);
  }
  const results = outputs.map((output) => (output.inputs.length === 0 ? news(output) : old(news(output))));
  const overwrites = updates.map(({ target, value }) => ({ target: news(target), value: old(news(value)) }));
  const changes = overwrites.flatMap(({ target, value }) => [target, value]);
  const forward = new Set([...reachable(results), ...inOrder(outputs).map(news)]);
  const backward = new Set([...reachable(gradients.map(news)), ...inOrder(gradients).map(news)]);
  return {
    order: reachable([...results, ...changes, ...looks]),
    outputs: results,
    overwrites,
    namesOf,
    phaseOf: (node) => (forward.has(node) ? "forward" : backward.has(node) ? "backward" : "update"),
  };
}

/**
 * What the step overwrites is read by everyone first; but an output that merely looks at it, or another parameter that takes
 * its old numbers over, needs them longer: they are put aside, in a stack of one.
 */
function puttingAside(overwritten: ReadonlySet<Tensor>): (node: Tensor) => Tensor {
  const aside = new Map<Tensor, Tensor>();
  const looks = new Map<string, Tensor>();
  return (node) => {
    const leaf = storageOf(node);
    if (!overwritten.has(leaf)) return node;
    const copy = aside.get(leaf) ?? stack([leaf]);
    aside.set(leaf, copy);
    const key = `${[...aside.keys()].indexOf(leaf)} ${node.shape}`;
    const look = looks.get(key) ?? reshape(copy, node.shape);
    looks.set(key, look);
    return look;
  };
}

/** What steps will read or compute for the given nodes, operands before users; matrix transpositions read in place are left out. */
function reachable(roots: readonly Tensor[]): Tensor[] {
  const wanted = new Set<Tensor>();
  const waiting = roots.flatMap((root) => [root, storageOf(root)]);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (wanted.has(node)) continue;
    wanted.add(node);
    waiting.push(...operandsOf(node));
  }
  return inOrder(roots).filter((node) => wanted.has(node));
}

function planOne(
  prepared: Prepared,
  lasting: ReadonlyMap<Tensor, Buffer>,
  persistent: number,
  options: PlanOptions,
): Plan {
  const { outputs, overwrites, namesOf, phaseOf } = prepared;
  const order = prepared.order;
  const computed = order.filter(isComputed);
  const overwritten = new Set(overwrites.map(({ value }) => value));
  const kept = new Set([...outputs, ...overwritten].map(storageOf));
  if (options.keep === "named") {
    for (const node of order) if (namesOf.has(node) && isComputed(storageOf(node))) kept.add(storageOf(node));
  }
  const { units, inPlace } = schedule(fuse(computed, phaseOf, kept), overwrites);

  const read = new Set(units.flatMap((unit) => [...readBy(unit)]));
  const stored = units.flatMap((unit) =>
    unit.kind === "elementwise"
      ? unit.nodes.filter((node) => read.has(node) || kept.has(node))
      : [unit.nodes.at(-1) as Tensor],
  );
  const inputs = new Map(lasting);
  let start = persistent;
  for (const node of order) {
    if (isComputed(node) || inputs.has(node) || storageOf(node) !== node) continue;
    inputs.set(node, leafBuffer(node, start, inputs.size));
    start += aligned(sizeOf(node.shape));
  }
  const nameOf = (node: Tensor) => namesOf.get(node)?.[0] ?? `t${computed.indexOf(node)}`;
  const isOutput = new Set(outputs.map(storageOf));
  const { bufferOf, length } = placeValues(units, stored, kept, inPlace, inputs, start, nameOf, (node) =>
    isOutput.has(node) ? "output" : "value",
  );

  const viewOf = viewer(bufferOf);
  const storedSet = new Set(stored);
  const steps: Step[] = units.map((unit) => buildStep(unit, storedSet, viewOf));
  const labels: Plan["labels"][number][] = units.map((unit) => ({
    phase: unit.phase,
    names: unit.nodes.filter((node) => storedSet.has(node)).map((node) => bufferOf.get(node)?.name ?? nameOf(node)),
  }));
  for (const overwrite of overwrites) {
    if (inPlace.has(overwrite)) continue;
    steps.push({ kind: "copy", from: viewOf(overwrite.value), to: viewOf(overwrite.target) });
    labels.push({ phase: "update", names: [nameOf(overwrite.target)] });
  }

  const usedBackward = new Set(units.filter(({ phase }) => phase !== "forward").flatMap((unit) => [...readBy(unit)]));
  const cache = order
    .filter((node) => usedBackward.has(node) && isCached(node, phaseOf))
    .map((node) => bufferOf.get(node)?.name ?? "");
  return {
    steps,
    labels,
    buffers: [...new Set([...bufferOf.values()])].sort((a, b) => a.offset - b.offset),
    readable: readableNames(order, namesOf, kept, viewOf, bufferOf),
    cache: new Set(cache),
    initial: new Map(
      [...inputs].flatMap(([node, buffer]) => (node.values === undefined ? [] : [[buffer.name, node.values] as const])),
    ),
    length,
    persistent,
    flops: steps.reduce((total, step) => total + (step.kind === "matmul" ? 2 * step.m * step.k * step.n : 0), 0),
  };
}

/** Computed or given in the forward pass (a parameter is not cached: it is there anyway). */
function isCached(node: Tensor, phaseOf: (node: Tensor) => Phase): boolean {
  return isComputed(node) ? phaseOf(node) === "forward" : leafRole(node) === "input";
}

function readableNames(
  order: readonly Tensor[],
  namesOf: Prepared["namesOf"],
  kept: ReadonlySet<Tensor>,
  viewOf: (node: Tensor) => View,
  bufferOf: ReadonlyMap<Tensor, Buffer>,
): Map<string, View> {
  const readable = new Map<string, View>();
  for (const node of order) {
    const storage = storageOf(node);
    if (!bufferOf.has(storage) || (isComputed(storage) && !kept.has(storage))) continue;
    for (const name of namesOf.get(node) ?? []) readable.set(name, viewOf(node));
  }
  return readable;
}
