import { sizeOf, type Tensor } from "../tensor/index.js";
import { aligned, placeInArena } from "./arena.js";
import type { Overwrite } from "./schedule.js";
import type { Buffer, BufferRole } from "./steps.js";
import { readBy, storageOf, type Unit } from "./unit.js";

export interface Placement {
  readonly bufferOf: ReadonlyMap<Tensor, Buffer>;
  readonly length: number;
}

interface Life {
  readonly node: Tensor;
  readonly from: number;
  to: number;
}

/**
 * Gives every value that reaches memory its place. Values live from the step that writes them to the last that reads
 * them; an elementwise result may take over the place of an operand that dies at the same step.
 * @param stored Nodes that reach memory, in the order of the steps that write them.
 * @param fixed Places already taken: the leaves, up to `start`.
 */
export function placeValues(
  units: readonly Unit[],
  stored: readonly Tensor[],
  kept: ReadonlySet<Tensor>,
  inPlace: ReadonlySet<Overwrite>,
  fixed: ReadonlyMap<Tensor, Buffer>,
  start: number,
  nameOf: (node: Tensor) => string,
  roleOf: (node: Tensor) => BufferRole,
): Placement {
  const end = units.length;
  const stepOf = new Map(units.flatMap((unit, i) => unit.nodes.map((node) => [node, i] as const)));
  const lives = new Map<Tensor, Life>();
  const overwritten = new Map([...inPlace].map(({ target, value }) => [value, target]));
  for (const node of stored) {
    if (!overwritten.has(node)) {
      const from = stepOf.get(node) as number;
      lives.set(node, { node, from, to: kept.has(node) ? end : from });
    }
  }
  units.forEach((unit, i) => {
    for (const node of readBy(unit)) {
      const life = lives.get(node);
      if (life !== undefined) life.to = Math.max(life.to, i);
    }
  });

  // Chains of values that take over one another's place: each chain is one wish.
  const chainOf = new Map<Tensor, Life[]>();
  for (const life of lives.values()) {
    const unit = units[life.from] as Unit;
    const operand = unit.kind === "elementwise" ? dyingOperand(unit, life, lives, chainOf) : undefined;
    const chain = operand === undefined ? [] : (chainOf.get(operand) as Life[]);
    chain.push(life);
    chainOf.set(life.node, chain);
  }
  const chains = [...new Set(chainOf.values())];
  const { offsets, length } = placeInArena(
    chains.map((chain) => ({
      length: sizeOf((chain[0] as Life).node.shape),
      from: (chain[0] as Life).from,
      to: (chain.at(-1) as Life).to,
    })),
    start,
  );

  const bufferOf = new Map(fixed);
  chains.forEach((chain, i) => {
    for (const { node } of chain) {
      const buffer = {
        name: nameOf(node),
        role: roleOf(node),
        shape: node.shape,
        offset: offsets[i] as number,
        length: sizeOf(node.shape),
      };
      bufferOf.set(node, buffer);
    }
  });
  for (const [value, target] of overwritten) bufferOf.set(value, bufferOf.get(target) as Buffer);
  return { bufferOf, length: Math.max(aligned(start), length) };
}

/** An operand of the same length that no one needs after this step and whose place no one else has taken over. */
function dyingOperand(
  unit: Unit,
  life: Life,
  lives: ReadonlyMap<Tensor, Life>,
  chainOf: ReadonlyMap<Tensor, readonly Life[]>,
): Tensor | undefined {
  for (const operand of readBy(unit)) {
    const other = lives.get(operand);
    if (other === undefined || other.to !== life.from || sizeOf(operand.shape) !== sizeOf(life.node.shape)) continue;
    if (chainOf.get(operand)?.at(-1)?.node === operand) return operand;
  }
  return undefined;
}

/** The role of a leaf in the arena. */
export function leafRole(node: Tensor): BufferRole {
  const { name } = storageOf(node).op;
  if (name === "parameter" || name === "state" || name === "constant") return name;
  return node.shape.length === 0 ? "scalar" : "input";
}
