import { evaluate } from "../autodiff/index.js";
import { inOrder, sizeOf, type Tensor } from "../tensor/index.js";
import type { DifferenceCheck } from "./explanation.js";

/** Step of the difference quotient for numbers of size 1: about the cube root of float64's precision. */
const step = 1e-5;
/** Entries of a value that are all compared, and how many are drawn of a larger one. */
const few = 64;
const drawn = 24;
/** Largest ‖a - n‖ that rounding in the difference quotient explains, for a loss of size 1. */
const rounding = 1e-9;
const tolerance = 1e-6;

/** Compares gradients of one loss with central differences, any value of its graph being moved. */
export class Differences {
  readonly #order: readonly Tensor[];

  /** @param values Of every node of the loss's graph. */
  constructor(
    readonly loss: Tensor,
    readonly values: ReadonlyMap<Tensor, Float64Array>,
  ) {
    this.#order = inOrder([loss]);
  }

  /** @param shown The entry to show (index into the flat value). */
  check(target: Tensor, analytic: Float64Array, shown: number, at: readonly number[]): DifferenceCheck {
    const lossAt = this.#lossAt(target);
    const size = sizeOf(target.shape);
    const { numeric, kink } = this.#entry(lossAt, target, analytic, shown);
    let [atKinks, compared, difference, own, other] = [0, 0, 0, 0, 0];
    for (const i of entriesOf(size, shown)) {
      const entry = i === shown ? { numeric, kink } : this.#entry(lossAt, target, analytic, i);
      if (entry.kink) {
        atKinks++;
        continue;
      }
      const exact = analytic[i] as number;
      compared++;
      difference += (exact - entry.numeric) ** 2;
      own += exact ** 2;
      other += entry.numeric ** 2;
    }
    const total = Math.sqrt(own) + Math.sqrt(other);
    const distance = Math.sqrt(difference);
    const scale = Math.max(1, Math.abs(this.values.get(this.loss)?.[0] ?? 1));
    return {
      compared,
      entries: size,
      relativeError: total === 0 ? 0 : distance / total,
      agrees: distance <= tolerance * total + rounding * scale * Math.sqrt(compared),
      atKinks,
      at,
      analytic: analytic[shown] as number,
      numeric,
    };
  }

  /** The loss as a function of one entry's change; everything that does not depend on the target keeps its value. */
  #lossAt(target: Tensor): (entry: number, change: number) => number {
    const moving = new Set([target]);
    const feeds = new Map<Tensor, Float64Array>();
    for (const node of this.#order) {
      if (node.inputs.some((input) => moving.has(input))) moving.add(node);
      else feeds.set(node, this.values.get(node) as Float64Array);
    }
    const moved = (this.values.get(target) as Float64Array).slice();
    feeds.set(target, moved);
    return (entry, change) => {
      const before = moved[entry] as number;
      moved[entry] = before + change;
      const loss = evaluate(this.loss, feeds).data[0] as number;
      moved[entry] = before;
      return loss;
    };
  }

  #entry(
    lossAt: (entry: number, change: number) => number,
    target: Tensor,
    analytic: Float64Array,
    entry: number,
  ): { numeric: number; kink: boolean } {
    const h = step * Math.max(1, Math.abs(this.values.get(target)?.[entry] ?? 1));
    const here = this.values.get(this.loss)?.[0] as number;
    const [up, down] = [lossAt(entry, h), lossAt(entry, -h)];
    const numeric = (up - down) / (2 * h);
    const exact = analytic[entry] as number;
    // Slopes from the right and from the left that differ by more than a smooth curve's bend: a kink.
    const bend = Math.abs(up - 2 * here + down) / h;
    const off = Math.abs(numeric - exact) > 1e-4 * Math.max(Math.abs(exact), Math.abs(numeric));
    return { numeric, kink: off && bend > 1e-2 * Math.max(Math.abs(exact), Math.abs(numeric)) };
  }
}

/** All entries of a small value; of a large one the shown entry and some spread evenly. */
function entriesOf(size: number, shown: number): number[] {
  if (size <= few) return Array.from({ length: size }, (_, i) => i);
  const spread = Array.from({ length: drawn - 1 }, (_, i) => Math.floor(((i + 0.5) * size) / (drawn - 1)));
  return [...new Set([shown, ...spread])];
}
