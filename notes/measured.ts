import { readFileSync } from "node:fs";
import { checkGradientsOf, type Experiment, experiments, gradientTargets, type Result } from "../src/index.js";

/** What takes minutes to find out, kept beside the notes: `npm run notes -- --measure` finds it out anew. */
export interface Measurements {
  readonly date: string;
  readonly experiments: Readonly<Record<string, Result>>;
  readonly gradcheck: {
    readonly targets: number;
    readonly cases: number;
    readonly failed: number;
    readonly worst: number;
  };
}

export function readMeasurements(file: string): Measurements {
  return JSON.parse(readFileSync(file, "utf8"));
}

export async function measure(say: (text: string) => void): Promise<Measurements> {
  const results: Record<string, Result> = {};
  const table: Readonly<Record<string, Experiment>> = experiments;
  for (const [name, experiment] of Object.entries(table)) {
    const started = performance.now();
    results[name] = await experiment.run();
    say(`${name}: ${results[name].verdict}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  return { date: new Date().toISOString().slice(0, 10), experiments: results, gradcheck: gradcheck() };
}

function gradcheck(): Measurements["gradcheck"] {
  const checks = gradientTargets
    .map((target) => checkGradientsOf(target, { seed: 1, cases: 200 }))
    .filter(({ skipped }) => skipped === undefined);
  return {
    targets: checks.length,
    cases: checks.reduce((all, { cases }) => all + cases, 0),
    failed: checks.reduce((all, { failed }) => all + failed, 0),
    worst: Math.max(...checks.map(({ worst }) => worst)),
  };
}
