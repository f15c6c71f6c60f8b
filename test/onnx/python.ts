import { execFileSync } from "node:child_process";

/** Debian's own Python, which has the package python3-onnx where it is installed. */
const python = "/usr/bin/python3";

export function runPython(script: string, ...args: readonly string[]): string {
  return execFileSync(python, ["-c", script, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

function find(): { version?: string; reason?: string; evaluator: boolean } {
  try {
    const [version = "", evaluator] = runPython(
      "import onnx, importlib.util as u; print(onnx.__version__, u.find_spec('onnx.reference') is not None)",
    )
      .trim()
      .split(" ");
    return { version, evaluator: evaluator === "True" };
  } catch {
    return { reason: `${python} has no package onnx; apt-get install python3-onnx`, evaluator: false };
  }
}

/** The ONNX project's own checker (and, since 1.13, its reference evaluator), or why it is not there. */
export const onnxPython = find();
