import { diagnose, Probe, type Reading, type Text } from "../../src/index.js";
import type { Trainer } from "./trainer.js";

/** Something a training suffers from: what was seen, and what to do. */
export interface Finding {
  readonly name: Text;
  readonly seen: Text;
  readonly remedy: Text;
}

/** Examples that are looked through for a reading, and readings kept at most. */
const examples = 128;
const most = 24;

const divergence = (step: number): Finding => ({
  name: { en: "diverged", zh: "发散" },
  seen: {
    en: `the loss is not a finite number any more, since step ${step}`,
    zh: `从第 ${step} 步起，损失不再是有限的数`,
  },
  remedy: { en: "reset, and try a tenth of the learning rate", zh: "请重置，并把学习率降到十分之一再试" },
});

/**
 * The library's watch over a training that is stepped: a reading at steps that lie further apart the longer it goes on, so that
 * the same link always tells the same; diseases in words.
 */
export class Doctor {
  #readings: Reading[] = [];
  #every: number;

  private constructor(
    readonly trainer: Trainer,
    readonly probe: Probe,
  ) {
    this.#every = trainer.stride;
  }

  static async open(trainer: Trainer): Promise<Doctor> {
    const doctor = new Doctor(trainer, await Probe.open(trainer.session.description, trainer.feed.sample(examples)));
    await doctor.look();
    return doctor;
  }

  /** Takes a reading if one belongs at this step; what is undefined need not be waited for. */
  look(): Promise<void> | undefined {
    const { steps, diverged } = this.trainer;
    return steps % this.#every !== 0 || diverged ? undefined : this.#read();
  }

  async #read(): Promise<void> {
    const { session, epoch, recipe } = this.trainer;
    this.#readings.push(await this.probe.take(session, { epoch, rate: recipe.optimizer.rate }));
    if (this.#readings.length <= most) return;
    this.#every *= 2;
    this.#readings = this.#readings.filter(({ step }) => step % this.#every === 0);
  }

  findings(): Finding[] {
    if (this.trainer.diverged) return [divergence(this.trainer.steps)];
    return diagnose(this.#readings).map(({ name, seen, remedy }) => ({ name, seen, remedy }));
  }

  close(): void {
    this.probe[Symbol.dispose]();
  }
}
