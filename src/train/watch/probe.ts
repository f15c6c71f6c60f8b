/// <reference lib="esnext.disposable" preserve="true" />
import { type Engine, selectEngine } from "../../engines/index.js";
import type { Network } from "../../nn/index.js";
import type { StepDescription } from "../graphs.js";
import { Session } from "../session.js";
import { changeOf, idleUnits, measureInputs, rowsAreEqual, sizeOfAll } from "./measure.js";
import type { LayerReading, Reading } from "./reading.js";

/** Examples to look through, prepared as the network gets them: `x` (size × inputs), `t` as the loss takes it. */
export interface ProbeBatch {
  readonly size: number;
  readonly x: Float32Array;
  readonly t: ArrayLike<number>;
}

/** A dense layer, with the names its values go by. */
interface Place {
  readonly layer: number;
  readonly inputs: number;
  readonly units: number;
  readonly activation: string | undefined;
  readonly output: string;
}

/**
 * A second session beside the one that trains, which keeps every named value. To take a reading it gets a copy of what has been
 * learned so far and takes a step of its own: the training is not touched and goes on with the same bits as without it.
 */
export class Probe implements Disposable {
  readonly #places: readonly Place[];
  readonly #inputs: Reading["inputs"];

  private constructor(
    readonly session: Session,
    readonly batch: ProbeBatch,
  ) {
    const { network } = session.description;
    this.#places = placesOf(network);
    this.#inputs = measureInputs(batch.x, network.inputs);
  }

  /** @param engine what computes the readings; the fastest one in this process unless told otherwise. */
  static async open(description: StepDescription, batch: ProbeBatch, engine: Engine = selectEngine()): Promise<Probe> {
    const session = await Session.open(description, { batchSizes: [batch.size], engine, keep: "named", blank: true });
    return new Probe(session, batch);
  }

  /** Looks at a training where it stands: two steps on the probe batch, the second only for the loss it begins with. */
  async take(training: Session, { epoch, rate }: { epoch: number; rate: number }): Promise<Reading> {
    const { session } = this;
    session.write(training.lasting());
    const before = this.#places.map(({ layer }) => session.read(`W[${layer}]`));
    const loss = await this.#step(training.steps, rate);
    const layers = this.#places.map((place, i) => this.#layer(place, before[i] as Float64Array));
    const lossAfter = await this.#step(training.steps, rate);
    return { step: training.steps, epoch, rate, loss, lossAfter, inputs: this.#inputs, layers };
  }

  /** The step after so many, on the probe batch; the loss that it found. */
  async #step(steps: number, rate: number): Promise<number> {
    const { size, x, t } = this.batch;
    const buffers = this.session.batch(size);
    buffers.x.set(x);
    buffers.t.set(t);
    this.session.steps = steps;
    await this.session.step(size, rate);
    return buffers.loss[0] as number;
  }

  #layer({ layer, inputs, units, activation, output }: Place, before: Float64Array): LayerReading {
    const read = (name: string) => this.session.read(name);
    const [outputs, gradient] = [read(output), read(`dW[${layer}]`)];
    return {
      layer,
      inputs,
      units,
      ...(activation !== undefined && { activation }),
      activations: sizeOfAll(outputs),
      signal: sizeOfAll(read(`dZ[${layer}]`)),
      gradient: sizeOfAll(gradient),
      weights: sizeOfAll(before),
      update: changeOf(before, read(`W[${layer}]`)),
      ...idleUnits(activation, outputs, units),
      symmetric: units > 1 && rowsAreEqual(before, units) && rowsAreEqual(gradient, units),
    };
  }

  [Symbol.dispose](): void {
    this.session[Symbol.dispose]();
  }
}

/** The dense layers of a network, each with the activation before the next one. */
function placesOf({ layers, numbers }: Network): Place[] {
  return layers.flatMap((layer, i) => {
    if (layer.kind !== "dense") return [];
    const number = numbers[i] as number;
    const next = layers.find((other, j) => j > i && numbers[j] === number && other.kind === "activation");
    const name = next?.options["name"];
    return {
      layer: number,
      inputs: layer.inputs as number,
      units: layer.outputs as number,
      activation: typeof name === "string" ? name : undefined,
      output: next === undefined ? `Z[${number}]` : `A[${number}]`,
    };
  });
}
