import { type Attributes, UsageError } from "../tensor/index.js";

/** How the learning rate changes: the factor on the base rate in each epoch, counted from 0. */
export interface Schedule {
  readonly name: string;
  /** What it was made with, to make it again. */
  readonly options?: Attributes;
  factor(epoch: number): number;
}

/** The rate times `gamma` (0.1) after every `every` epochs. */
function step({ every, gamma = 0.1 }: { every: number; gamma?: number }): Schedule {
  checkCount(every, "schedules.step: every");
  return { name: "step", options: { every, gamma }, factor: (epoch) => gamma ** Math.floor(epoch / every) };
}

/** The rate times `gamma` (0.1) at each of the given epochs. */
function multiStep({ at, gamma = 0.1 }: { at: readonly number[]; gamma?: number }): Schedule {
  return {
    name: "multiStep",
    options: { at, gamma },
    factor: (epoch) => gamma ** at.filter((milestone) => milestone <= epoch).length,
  };
}

/** The rate times `gamma` (0.95) every epoch. */
function exponential({ gamma = 0.95 }: { gamma?: number } = {}): Schedule {
  return { name: "exponential", options: { gamma }, factor: (epoch) => gamma ** epoch };
}

/** Half a cosine from the full rate to `end` (0) times it, over `epochs` (Loshchilov & Hutter 2017). */
function cosine({ epochs, end = 0 }: { epochs: number; end?: number }): Schedule {
  checkCount(epochs, "schedules.cosine: epochs");
  return {
    name: "cosine",
    options: { epochs, end },
    factor: (epoch) => end + ((1 - end) * (1 + Math.cos((Math.PI * epoch) / epochs))) / 2,
  };
}

/** (1 - epoch / epochs) to the `power` (1), 0 after. */
function polynomial({ epochs, power = 1 }: { epochs: number; power?: number }): Schedule {
  checkCount(epochs, "schedules.polynomial: epochs");
  return {
    name: "polynomial",
    options: { epochs, power },
    factor: (epoch) => Math.max(0, 1 - epoch / epochs) ** power,
  };
}

/** A straight line from `start` (0.1) to `end` (1) times the rate over the first `epochs`: a warm-up. */
function linear({ epochs, start = 0.1, end = 1 }: { epochs: number; start?: number; end?: number }): Schedule {
  checkCount(epochs, "schedules.linear: epochs");
  return {
    name: "linear",
    options: { epochs, start, end },
    factor: (epoch) => start + ((end - start) * Math.min(epoch, epochs)) / epochs,
  };
}

/** Ways to change the learning rate over time. */
export const schedules = { step, multiStep, exponential, cosine, polynomial, linear };

function checkCount(count: number, what: string): void {
  if (!(Number.isFinite(count) && count > 0)) throw new UsageError(`${what} must be a number above 0, got ${count}`);
}
