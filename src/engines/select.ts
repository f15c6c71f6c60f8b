import { type Choice, choose } from "./choose.js";
import { type Engine, EngineError, type EngineName, type EngineOptions } from "./contract.js";
import { onnx } from "./onnx/index.js";
import { reference } from "./reference/index.js";
import { wasm } from "./wasm/index.js";
import { coresHere, whyNoThreads } from "./wasm/threads.js";

/** The engines by name; each loads what it runs on when it is first opened. */
export const engines = { reference, wasm, onnx } satisfies Record<EngineName, Engine>;

export type EngineChoice = EngineName | "auto";

/**
 * The engine of a name. Without a plan `auto` is `wasm` (or `reference` where there is no WebAssembly): so predictions of a model
 * do not change with what else is installed. For training `chooseEngine` looks at the plan.
 */
export function selectEngine(choice: EngineChoice = "auto"): Engine {
  if (choice === "auto") return typeof WebAssembly === "undefined" ? reference : wasm;
  const engine = engines[choice];
  if (engine === undefined) {
    throw new EngineError(
      `there is no engine ${JSON.stringify(choice)}; choose auto, ${Object.keys(engines).join(" or ")}`,
    );
  }
  return engine;
}

/** What is asked for, and the arithmetic it is for. */
export interface Wish {
  readonly flops: number;
  readonly engine?: EngineChoice | undefined;
  readonly threads?: number | undefined;
  readonly provider?: EngineOptions["provider"] | undefined;
}

/** Engine and threads for a plan, here and now: see `choose`. */
export async function chooseEngine(wish: Wish): Promise<Choice> {
  const { engine = "auto" } = wish;
  const { name } = selectEngine(engine);
  if (engine === "auto" && name === "reference") {
    return { engine: name, threads: 1, why: "there is no WebAssembly here" };
  }
  return choose({ ...wish, cores: whyNoThreads() === undefined ? coresHere() : 1, onnx: hasRuntime() });
}

/** Whether Node finds ONNX Runtime from here or from the working folder: looked for, not loaded. */
function hasRuntime(): boolean | undefined {
  const modules = globalThis.process?.getBuiltinModule?.("node:module");
  if (modules === undefined) return undefined;
  return [import.meta.url, `${process.cwd()}/`].some((from) => {
    try {
      return modules.createRequire(from).resolve("onnxruntime-node") !== "";
    } catch {
      return false;
    }
  });
}
