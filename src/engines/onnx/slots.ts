import type { Buffer } from "../../plan/index.js";
import type { Runtime, RuntimeTensor } from "./runtime.js";

/**
 * A parameter or state in two places: a run reads one and writes the other, then they change roles, so nothing is copied.
 * The first place is in the arena itself.
 */
interface Slot {
  readonly places: readonly [Float32Array, Float32Array];
  readonly tensors: readonly [RuntimeTensor, RuntimeTensor];
  /** The place that holds the value of now. */
  side: 0 | 1;
}

/** The parameters and states of all plans over one arena, by where they begin in it. */
export class Slots {
  readonly #slots = new Map<number, Slot>();

  constructor(
    private readonly runtime: Runtime,
    private readonly arena: Float32Array,
  ) {}

  /** The slot of a buffer; plans that share the buffer share the slot. */
  add({ offset, length, shape }: Buffer): Slot {
    const known = this.#slots.get(offset);
    if (known !== undefined) return known;
    const places = [this.arena.subarray(offset, offset + length), new Float32Array(length)] as const;
    const [here, there] = places.map((place) => new this.runtime.Tensor("float32", place, shape));
    const slot: Slot = { places, tensors: [here as RuntimeTensor, there as RuntimeTensor], side: 0 };
    this.#slots.set(offset, slot);
    return slot;
  }

  /** Brings the value of now into the arena, where it then is. */
  pull(): void {
    for (const slot of this.#slots.values()) {
      if (slot.side === 1) slot.places[0].set(slot.places[1]);
      slot.side = 0;
    }
  }

  /** What is in the arena is the value of now. */
  push(): void {
    for (const slot of this.#slots.values()) slot.side = 0;
  }
}

export type { Slot };
