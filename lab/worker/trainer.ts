import { Feed, type Model, Session, type Split, selectEngine } from "../../src/index.js";
import { type Edit, readEdits, writeEdits } from "../model/edits.js";
import type { RunSettings } from "../model/playground-state.js";
import { type Recipe, recipeOf } from "../model/run.js";
import { predictBatchFor, rowsToJudge, strideFor } from "./cost.js";
import { type Curve, CurveRecorder } from "./curve.js";
import { Judge, type Verdict } from "./judge.js";

/** Both sets as the network does on them now. */
export interface Verdicts {
  readonly training: Verdict;
  readonly test: Verdict;
}

/**
 * A training that stops after any step, goes on, and can be changed by hand. Its steps are those of the library's `train`
 * with the same settings, to the bit.
 */
export class Trainer {
  readonly #curve: CurveRecorder;
  /** Steps between two looks at first: larger networks are looked at less often, so that looking costs a small share of the time. */
  readonly stride: number;
  #edits: readonly Edit[];
  readonly #judges: { readonly training: Judge; readonly test: Judge };

  private constructor(
    readonly settings: RunSettings,
    readonly recipe: Recipe,
    readonly feed: Feed,
    readonly session: Session,
  ) {
    const { split, loss, network } = recipe;
    this.stride = strideFor(network);
    this.#curve = new CurveRecorder(this.stride);
    const rows = rowsToJudge(network);
    const judge = (data: Split["training"]) => new Judge(data, loss, feed, Math.min(rows, data.count));
    this.#judges = { training: judge(split.training), test: judge(split.test) };
    this.#edits = readEdits(settings.edits);
  }

  static async open(settings: RunSettings, own?: Split): Promise<Trainer> {
    const recipe = recipeOf(settings, own);
    const { split, network, loss, optimizer } = recipe;
    const { batch, seed } = settings;
    const feed = new Feed(split.training, { batch, seed });
    const session = await Session.open(
      { network, loss, optimizer, seed },
      {
        batchSizes: feed.sizes,
        predictBatch: predictBatchFor(network),
        engine: selectEngine().name,
        threads: threadsHere(),
      },
    );
    const trainer = new Trainer(settings, recipe, feed, session);
    trainer.#applyEdits();
    await trainer.#record();
    return trainer;
  }

  get steps(): number {
    return this.session.steps;
  }

  /** Counted from 1: the epoch of the next step. */
  get epoch(): number {
    return Math.floor(this.steps / this.feed.batches) + 1;
  }

  /** Called after every step, before the next is taken. */
  onStep: (() => Promise<void> | undefined) | undefined;

  /** The loss that the last step began with stopped being finite: the weights are of no more use. */
  diverged = false;

  /** Takes steps until so many have been taken in all, or the clock says `until` (of performance.now), or the loss is not finite. */
  async advance(steps: number, until = Number.POSITIVE_INFINITY): Promise<void> {
    const { feed, session, recipe } = this;
    while (session.steps < steps && !this.diverged) {
      const index = session.steps % feed.batches;
      if (index === 0) feed.shuffle(this.epoch);
      const length = feed.write(session, index);
      const stepping = session.step(length, recipe.optimizer.rate);
      if (stepping !== undefined) await stepping;
      if (!Number.isFinite(session.batch(length).loss[0])) this.diverged = true;
      this.#applyEdits();
      if (this.#curve.wants(session.steps)) await this.#record();
      const seeing = this.onStep?.();
      if (seeing !== undefined) await seeing;
      if (performance.now() >= until) return;
    }
  }

  /** Puts a number into a weight at the step at hand; returns all weights changed by hand, as in a link. */
  change(name: string, index: number, value: number): string {
    this.#edits = [...this.#edits, { step: this.steps, name, index, value }];
    this.#applyEdits();
    return writeEdits(this.#edits);
  }

  /** How both sets are judged now, and how that came about. */
  async verdicts(): Promise<Verdicts & { readonly curve: Curve }> {
    const verdicts = await this.#judge();
    return { ...verdicts, curve: this.#curve.curve(this.#point(verdicts)) };
  }

  /** The model as it is now, as `train` would give it back. */
  model(): Model {
    const { recipe, feed, session, settings } = this;
    const { target, featureNames, name, table } = recipe.split.training;
    return {
      network: recipe.network,
      loss: recipe.loss,
      weights: session.weights(),
      normalizer: feed.normalizer,
      ...(feed.scaling !== undefined && { targetScaling: feed.scaling }),
      ...(target.kind === "class" ? { classes: target.classes } : { targetNames: target.names }),
      ...(featureNames !== undefined && { featureNames }),
      ...(table !== undefined && { table }),
      training: {
        data: name,
        seed: settings.seed,
        epochs: Math.ceil(this.steps / feed.batches),
        batch: settings.batch,
        optimizer: recipe.optimizer.name,
        rate: recipe.optimizer.rate,
      },
    };
  }

  close(): void {
    this.session[Symbol.dispose]();
  }

  #applyEdits(): void {
    for (const { step, name, index, value } of this.#edits) {
      if (step !== this.steps || !this.recipe.network.parameters.some((own) => own.name === name)) continue;
      const numbers = this.session.read(name);
      if (index >= numbers.length) continue;
      numbers[index] = value;
      this.session.write(new Map([[name, numbers]]));
    }
  }

  async #judge(): Promise<Verdicts> {
    const { training, test } = this.#judges;
    return { training: await training.judge(this.session), test: await test.judge(this.session) };
  }

  async #record(): Promise<void> {
    this.#curve.add(this.#point(await this.#judge()));
  }

  #point({ training, test }: Verdicts) {
    return {
      steps: this.steps,
      loss: training.loss,
      testLoss: test.loss,
      accuracy: training.accuracy,
      testAccuracy: test.accuracy,
    };
  }
}

/** With two processors one is left to the page; with more the library chooses. The bits never depend on it. */
function threadsHere(): number | undefined {
  return (globalThis.navigator?.hardwareConcurrency ?? 1) <= 2 ? 1 : undefined;
}
