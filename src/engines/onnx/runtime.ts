import { EngineError } from "../contract.js";

/** What this engine uses of ONNX Runtime's JavaScript interface, so that it compiles without the package. */
export interface Runtime {
  readonly InferenceSession: { create(model: Uint8Array, options: SessionOptions): Promise<RuntimeSession> };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => RuntimeTensor;
}

export interface SessionOptions {
  readonly executionProviders: readonly Provider[];
  readonly graphOptimizationLevel: "all";
  readonly intraOpNumThreads: number;
  readonly interOpNumThreads: number;
  /** 4: nothing is printed; errors are thrown. */
  readonly logSeverityLevel: 4;
}

export interface RuntimeSession {
  run(feeds: Tensors, fetches: Tensors): Promise<unknown>;
  release(): Promise<void>;
}

/** Numbers in JavaScript's memory as ONNX Runtime sees them: not copied. */
export interface RuntimeTensor {
  readonly dims: readonly number[];
}

export type Tensors = Record<string, RuntimeTensor>;

/** Where ONNX Runtime computes. */
export type Provider = "cpu" | "cuda" | "webgpu";

/** Left out of the import itself, so that neither TypeScript nor a bundler looks for a package that may not be there. */
const packageName = "onnxruntime-node";

/**
 * ONNX Runtime as this package finds it, or else as the working folder does (a command installed for all projects).
 * @throws EngineError with the command that installs it when the package is missing.
 */
export async function importRuntime(): Promise<Runtime> {
  try {
    const found = (await importPackage()) as Runtime & { readonly default?: Runtime };
    return found.InferenceSession === undefined && found.default !== undefined ? found.default : found;
  } catch (error) {
    throw new EngineError(
      isMissing(error)
        ? "the onnx engine runs on ONNX Runtime, which is not installed; install it: npm install onnxruntime-node"
        : `ONNX Runtime (onnxruntime-node) does not load here: ${reasonOf(error)}; use the wasm engine`,
      { cause: error },
    );
  }
}

async function importPackage(): Promise<unknown> {
  try {
    return await import(/* @vite-ignore */ packageName);
  } catch (error) {
    if (!isMissing(error) || typeof process === "undefined") throw error;
    const { createRequire } = await import("node:module");
    return createRequire(`${process.cwd()}/`)(packageName);
  }
}

/** Node says that it cannot find the package itself (not a file of it); a bundler, that it could not resolve it. */
function isMissing(error: unknown): boolean {
  const message = error instanceof Error ? error.message : "";
  return /^(?:Cannot find|Could not resolve|Failed to resolve) .*?["']onnxruntime-node["']/.test(message);
}

/** What a message says: without the place in ONNX Runtime's source and the condition that failed there, and the first line only. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\S+\.(?:cc|h):\d+ .* was false\. /s, "").split("\n")[0] as string;
}
