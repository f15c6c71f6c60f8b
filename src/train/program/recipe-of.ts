import type { TrainOptions } from "../run.js";

/** How a training went about it as plain data, kept with the model; `recipeFrom` reads it. */
export function recipeOf({ optimizer, epochs = 30, schedule, clip, patience, shuffle = true }: TrainOptions): object {
  return {
    optimizer: { name: optimizer.name, rate: optimizer.rate, options: optimizer.options },
    epochs,
    ...(schedule !== undefined && { schedule: { name: schedule.name, options: schedule.options ?? {} } }),
    ...(clip !== undefined && { clip }),
    ...(patience !== undefined && { patience }),
    ...(!shuffle && { shuffle }),
  };
}
