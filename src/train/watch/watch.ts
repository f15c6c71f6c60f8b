import type { Feed } from "../feed.js";
import type { StepDescription } from "../graphs.js";
import type { Session } from "../session.js";
import { diagnose, type Finding } from "./diagnose.js";
import { Probe } from "./probe.js";
import type { Reading } from "./reading.js";

export interface WatchOptions {
  /** Epochs from one reading to the next. Left out: so many that readings take a few hundredths of the time. */
  readonly every?: number;
  /** Examples that are looked through for a reading (128). */
  readonly examples?: number;
  /** Called after each reading; `fresh` are the findings that were not there before. */
  readonly onReading?: (reading: Reading, fresh: readonly Finding[]) => void;
}

/** Examples trained on for each example looked through, unless told how often. */
const patience = 96;

/** What has been seen of a training, and what was found; see `watch`. */
export class Watch {
  readonly readings: Reading[] = [];
  /** What was found, each disease once, with the evidence of when it was first seen. */
  readonly findings: Finding[] = [];

  constructor(readonly options: WatchOptions) {}

  /** Called by `train` when it begins. */
  async open(description: StepDescription, feed: Feed, epochs: number): Promise<Look> {
    this.readings.length = 0;
    this.findings.length = 0;
    const batch = feed.sample(this.options.examples ?? 128);
    const every = this.options.every ?? Math.max(1, Math.round((patience * batch.size) / feed.dataset.count));
    return new Look(this, await Probe.open(description, batch), every, epochs);
  }
}

/** The eyes of a watch on one training. */
export class Look implements Disposable {
  constructor(
    readonly watch: Watch,
    readonly probe: Probe,
    readonly every: number,
    readonly epochs: number,
  ) {}

  async look(session: Session, at: { epoch: number; rate: number }): Promise<void> {
    if (at.epoch > 1 && at.epoch % this.every !== 0 && at.epoch !== this.epochs) return;
    const { readings, findings, options } = this.watch;
    const reading = await this.probe.take(session, at);
    readings.push(reading);
    const fresh = diagnose(readings).filter(({ disease }) => findings.every((known) => known.disease !== disease));
    findings.push(...fresh);
    options.onReading?.(reading, fresh);
  }

  [Symbol.dispose](): void {
    this.probe[Symbol.dispose]();
  }
}

/**
 * Watches a training and names what goes wrong, in words:
 * `const watching = watch(); await train(network, data, { …, watch: watching }); watching.findings`.
 *
 * Now and then a second session gets a copy of what has been learned, looks at one probe batch, and is read: norms of
 * gradients and activations by layer, update-to-weight ratios, dead and saturated units. The training goes on with the same bits.
 */
export function watch(options: WatchOptions = {}): Watch {
  return new Watch(options);
}
