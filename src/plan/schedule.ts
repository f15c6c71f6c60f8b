import type { Tensor } from "../tensor/index.js";
import { readBy, storageOf, type Unit } from "./unit.js";

/** An update as the planner sees it: the storage overwritten and the simplified node that holds the new value. */
export interface Overwrite {
  readonly target: Tensor;
  readonly value: Tensor;
}

export interface Schedule {
  readonly units: readonly Unit[];
  /** Updates whose unit writes straight over the old value; the others are copied there at the end. */
  readonly inPlace: ReadonlySet<Overwrite>;
}

/**
 * An order in which every value is computed before it is used, and, for updates written in place, every use of the old
 * value comes before the new one. Where that is impossible (two updates that each read what the other overwrites), an
 * update gives way and is copied at the end.
 * Otherwise units keep the order in which they were made.
 */
export function schedule(units: readonly Unit[], overwrites: readonly Overwrite[]): Schedule {
  const first = (overwrite: Overwrite, i: number) =>
    overwrites.findIndex(({ value }) => value === overwrite.value) === i;
  const inPlace = new Set(overwrites.filter((overwrite, i) => first(overwrite, i) && canOverwrite(overwrite, units)));
  for (;;) {
    const order = tryOrder(units, inPlace);
    if (order !== undefined) return { units: order, inPlace };
    const [givesWay] = inPlace;
    if (givesWay === undefined) throw new Error("the graph has a cycle");
    inPlace.delete(givesWay);
  }
}

/** Only a pass over memory that reads the old value at the same index, if at all, may write over it. */
function canOverwrite({ target, value }: Overwrite, units: readonly Unit[]): boolean {
  const unit = units.find(({ nodes }) => nodes.includes(value));
  return unit?.kind === "elementwise" && value.shape.length === target.shape.length && value === storageOf(value);
}

function tryOrder(units: readonly Unit[], inPlace: ReadonlySet<Overwrite>): Unit[] | undefined {
  const unitOf = new Map(units.flatMap((unit) => unit.nodes.map((node) => [node, unit] as const)));
  const before = new Map<Unit, Set<Unit>>(units.map((unit) => [unit, new Set<Unit>()]));
  const readers = new Map<Tensor, Unit[]>();
  for (const unit of units) {
    for (const node of readBy(unit)) {
      const producer = unitOf.get(node);
      if (producer !== undefined) before.get(unit)?.add(producer);
      readers.set(node, [...(readers.get(node) ?? []), unit]);
    }
  }
  for (const { target, value } of inPlace) {
    const writer = unitOf.get(value) as Unit;
    for (const reader of readers.get(target) ?? []) {
      if (reader !== writer) before.get(writer)?.add(reader);
    }
  }
  const order: Unit[] = [];
  const done = new Set<Unit>();
  const waiting = [...units];
  while (waiting.length > 0) {
    const ready = waiting.findIndex((unit) => [...(before.get(unit) ?? [])].every((other) => done.has(other)));
    if (ready < 0) return undefined;
    const [unit] = waiting.splice(ready, 1) as [Unit];
    done.add(unit);
    order.push(unit);
  }
  return order;
}
