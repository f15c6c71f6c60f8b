import { type Engine, EngineError } from "./contract.js";
import { onnx } from "./onnx/index.js";
import { reference } from "./reference/index.js";
import { wasm } from "./wasm/index.js";

/** The engines by name. */
export const engines = { reference, wasm, onnx } satisfies Record<string, Engine>;

export type EngineChoice = keyof typeof engines | "auto";

/** The engine of a name; `auto` is the fastest one there is. */
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
