/** Runs the suites in a page and says how each test ended: `runSuites()` is what conformance.test.ts calls. */
import { type File, startTests, type Task, type VitestRunner } from "@vitest/runner";
import "./vitest-in-page.js";

/** The suites, each loaded when the runner collects it, so that their tests are its own. */
const suites: Readonly<Record<string, () => Promise<unknown>>> = {
  "conformance/engine": () => import("../conformance/engine.test.js"),
  "conformance/training": () => import("../conformance/training.test.js"),
  "conformance/wasm-ops": () => import("../conformance/wasm-ops.test.js"),
  "oracle/activations": () => import("../oracle/activations.test.js"),
  "oracle/dense": () => import("../oracle/dense.test.js"),
  "oracle/init": () => import("../oracle/init.test.js"),
  "oracle/losses": () => import("../oracle/losses.test.js"),
  "oracle/mlp": () => import("../oracle/mlp.test.js"),
  "oracle/optimisers": () => import("../oracle/optimisers.test.js"),
  "browser/broken": () => import("./broken.js"),
};

export interface Outcome {
  readonly passed: number;
  readonly skipped: number;
  /** `suite > test: message` */
  readonly failed: readonly string[];
}

async function runSuites(names: readonly string[]): Promise<Outcome> {
  const runner: VitestRunner = {
    config: {
      root: "/",
      sequence: { hooks: "stack" },
      passWithNoTests: false,
      testTimeout: 60_000,
      hookTimeout: 60_000,
      retry: 0,
      maxConcurrency: 1,
      includeTaskLocation: false,
      tags: [],
      strictTags: false,
    } as unknown as VitestRunner["config"],
    importFile: async (path) => suites[path]?.(),
  };
  const files = await startTests([...names], runner);
  return summary(files);
}

function summary(files: readonly File[]): Outcome {
  const failed: string[] = [];
  let [passed, skipped] = [0, 0];
  const visit = (task: Task, path: string): void => {
    const where = path === "" ? task.name : `${path} > ${task.name}`;
    const errors = task.result?.errors ?? [];
    if (errors.length > 0) failed.push(`${where}: ${errors[0]?.message}`);
    if (task.type === "suite") for (const child of task.tasks) visit(child, where);
    else if (task.result?.state === "pass") passed++;
    else if (task.mode === "skip" || task.mode === "todo" || task.result?.state === "skip") skipped++;
    else if (errors.length === 0) failed.push(`${where}: it was not run`);
  };
  for (const file of files) visit(file, "");
  return { passed, skipped, failed };
}

Object.assign(globalThis, { runSuites, suiteNames: Object.keys(suites).filter((name) => name !== "browser/broken") });
