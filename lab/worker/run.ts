import { saveModel, toOnnx } from "../../src/index.js";
import { boundaryOf } from "./boundary.js";
import { weightCount } from "./cost.js";
import { Doctor } from "./diagnosis.js";
import { largest } from "./judge.js";
import { passageOf } from "./passage.js";
import { gridOver, type Square, squareAround } from "./plane.js";
import type { Answers, Opened, Question, Request, Snapshot } from "./protocol.js";
import { Scope } from "./scope.js";
import { Trainer } from "./trainer.js";
import { unitSide } from "./unit-side.js";

/** One run of the playground: a trainer, and all that is looked at while it trains. */
export class PlaygroundRun {
  #speed = 0;
  #mark = { steps: 0, time: Number.POSITIVE_INFINITY };

  private constructor(
    readonly trainer: Trainer,
    readonly scope: Scope,
    readonly square: Square | undefined,
    readonly doctor: Doctor,
  ) {}

  static async open({ settings, own }: Pick<Request & { type: "open" }, "settings" | "own">): Promise<PlaygroundRun> {
    const trainer = await Trainer.open(settings, own);
    const square = squareAround(trainer.recipe.split.training);
    const scope = await Scope.open(trainer, square && gridOver(square, unitSide));
    const doctor = await Doctor.open(trainer);
    trainer.onStep = () => doctor.look();
    return new PlaygroundRun(trainer, scope, square, doctor);
  }

  get opened(): Opened {
    const { network, split } = this.trainer.recipe;
    return {
      inputs: network.inputs,
      outputs: network.outputs,
      batches: this.trainer.feed.batches,
      split,
      square: this.square,
      weights: weightCount(network),
    };
  }

  /** Trains for about so many milliseconds, at most up to `steps` in all. */
  async train(milliseconds: number, steps = Number.POSITIVE_INFINITY): Promise<void> {
    await this.trainer.advance(steps, performance.now() + milliseconds);
  }

  /** From here on steps a second are counted. */
  startClock(): void {
    this.#mark = { steps: this.trainer.steps, time: performance.now() };
  }

  #measureSpeed(): number {
    const [steps, time] = [this.trainer.steps - this.#mark.steps, performance.now() - this.#mark.time];
    if (steps > 0 && time > 500) {
      this.#speed = (1000 * steps) / time;
      this.startClock();
    }
    return this.#speed;
  }

  async snapshot(): Promise<Snapshot> {
    const { trainer, scope, square } = this;
    const { training, test, curve } = await trainer.verdicts();
    const look = await scope.look();
    const width = trainer.recipe.network.outputs;
    const named = test.confusion.length === 0 ? 0 : test.outputs.length / width;
    return {
      steps: trainer.steps,
      epoch: trainer.epoch,
      training: { loss: training.loss, accuracy: training.accuracy },
      test: { loss: test.loss, accuracy: test.accuracy },
      curve,
      look,
      boundary: square && (await boundaryOf(trainer, square, weightCount(trainer.recipe.network))),
      units: await scope.units(),
      confusion: test.confusion,
      named: Uint8Array.from({ length: named }, (_, i) => largest(test.outputs, i * width, width)),
      findings: this.doctor.findings(),
      diverged: trainer.diverged,
      speed: this.#measureSpeed(),
    };
  }

  async answer(question: Question): Promise<Answers[keyof Answers]> {
    const model = this.trainer.model();
    switch (question.about) {
      case "model":
        return Uint8Array.from(await saveModel(model));
      case "onnx":
        return toOnnx(model);
      case "example":
        return passageOf(model, question.features);
    }
  }

  close(): void {
    this.doctor.close();
    this.scope.close();
    this.trainer.close();
  }
}
