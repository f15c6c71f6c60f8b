import { matmulOp } from "../ops/matmul.js";
import { isElementwise, sameShape, type Tensor } from "../tensor/index.js";
import type { Phase } from "./steps.js";
import { activates, addsBias, isComputed, operandsOf, type Unit } from "./unit.js";

/** Operations in one fused pass at most: beyond this its registers would no longer stay near the processor. */
const longestPass = 48;

/**
 * Groups nodes into steps. The whole table of fusions:
 *
 * | pattern | becomes |
 * |---|---|
 * | product + bias (+ activation), each used only by the next | one product with an epilogue |
 * | elementwise ops of one shape and one phase that feed one another | one pass over memory |
 *
 * (Softmax with cross-entropy is fused before this: it is one op, with one op for its derivative.)
 *
 * @param order Computed nodes, inputs before users.
 * @param pinned Nodes whose value must reach memory whatever happens: outputs, updates, named ones in a plan to look at.
 */
export function fuse(order: readonly Tensor[], phaseOf: (node: Tensor) => Phase, pinned: ReadonlySet<Tensor>): Unit[] {
  const users = usersOf(order);
  const onlyUser = (node: Tensor): Tensor | undefined => {
    const all = users.get(node) ?? [];
    return all.length === 1 && !pinned.has(node) ? all[0] : undefined;
  };
  const position = new Map(order.map((node, i) => [node, i]));
  const positions = ({ nodes }: Unit) => nodes.map((node) => position.get(node) as number);
  const unitOf = new Map<Tensor, Unit>();
  const units = new Set<Unit>();

  /** Whether `from` needs something that a third unit computes out of `target`'s results: then the two cannot be one step. */
  const dependsThroughOthers = (from: Unit, target: Unit): boolean => {
    const first = Math.min(...positions(target));
    const seen = new Set<Unit>([from, target]);
    const waiting = [from];
    for (let unit = waiting.pop(); unit !== undefined; unit = waiting.pop()) {
      for (const operand of unit.nodes.flatMap(operandsOf)) {
        const next = unitOf.get(operand);
        if (next === undefined || next === unit) continue;
        if (next === target && unit !== from) return true;
        // What lies wholly before the target cannot need it.
        if (seen.has(next) || Math.max(...positions(next)) < first) continue;
        seen.add(next);
        waiting.push(next);
      }
    }
    return false;
  };
  const separated = (a: Unit, b: Unit) => dependsThroughOthers(a, b) || dependsThroughOthers(b, a);

  for (const node of order) {
    if (unitOf.has(node)) continue;
    const phase = phaseOf(node);
    const kind = node.op === matmulOp ? "matmul" : isElementwise(node.op) ? "elementwise" : "op";
    const unit: Unit = { kind, phase, nodes: [node] };
    units.add(unit);
    unitOf.set(node, unit);
    if (kind === "matmul") {
      let last = node;
      const free = (next: Tensor | undefined): next is Tensor =>
        next !== undefined && !unitOf.has(next) && phaseOf(next) === phase;
      const append = (next: Tensor) => {
        unit.nodes.push(next);
        unitOf.set(next, unit);
        last = next;
      };
      const sum = onlyUser(last);
      if (free(sum) && addsBias(sum, node)) append(sum);
      const activation = onlyUser(last);
      if (free(activation) && activates(activation, last)) append(activation);
    }
    if (kind === "elementwise") mergeWithNeighbours(unit, unitOf, units, separated);
  }
  for (const unit of units) {
    if (unit.kind === "elementwise") unit.nodes.sort((a, b) => (position.get(a) ?? 0) - (position.get(b) ?? 0));
  }
  return [...units];
}

/** Joins a new one-node unit with the passes that produce its operands, wherever no other step has to run in between. */
function mergeWithNeighbours(
  unit: Unit,
  unitOf: Map<Tensor, Unit>,
  units: Set<Unit>,
  separated: (a: Unit, b: Unit) => boolean,
): void {
  let merged = unit;
  for (const operand of operandsOf(unit.nodes[0] as Tensor)) {
    const producer = unitOf.get(operand);
    if (
      producer === undefined ||
      producer === merged ||
      producer.kind !== "elementwise" ||
      producer.phase !== merged.phase
    )
      continue;
    if (!sameShape((producer.nodes[0] as Tensor).shape, (merged.nodes[0] as Tensor).shape)) continue;
    if (producer.nodes.length + merged.nodes.length > longestPass) continue;
    if (separated(merged, producer)) continue;
    const joined: Unit = { ...producer, nodes: [...producer.nodes, ...merged.nodes] };
    units.delete(producer);
    units.delete(merged);
    units.add(joined);
    for (const node of joined.nodes) unitOf.set(node, joined);
    merged = joined;
  }
}

/** Who reads each node, counting the reads of nodes that are computed. */
function usersOf(order: readonly Tensor[]): Map<Tensor, Tensor[]> {
  const users = new Map<Tensor, Tensor[]>();
  for (const node of order) {
    for (const operand of new Set(operandsOf(node))) {
      if (isComputed(operand)) users.set(operand, [...(users.get(operand) ?? []), node]);
    }
  }
  return users;
}
