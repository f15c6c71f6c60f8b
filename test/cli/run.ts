import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const program = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Flags of Node itself. */
  readonly nodeFlags?: readonly string[];
  /** Called with all that was written so far, and the process, each time something is written. */
  readonly onOutput?: (written: string, child: ChildProcess) => void;
}

/** Runs the built command line with nothing of this process's environment that could color or name it. */
export function retrograd(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { cwd = tmpdir(), env = {}, stdin = "", nodeFlags = [], onOutput } = options;
  const child = spawn(execPath, [...nodeFlags, program, ...args], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", ...env },
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    onOutput?.(stdout + stderr, child);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    onOutput?.(stdout + stderr, child);
  });
  child.stdin.on("error", () => {});
  child.stdin.end(stdin);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** A folder that is gone after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "retrograd-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export type Event = Readonly<Record<string, unknown>> & { readonly event: string };

/** Every line as an object; one that is none fails the test. */
export function eventsOf(stdout: string): Event[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Event);
}

/** The first and the last of them. */
export function firstOf(stdout: string): Event {
  return eventsOf(stdout)[0] ?? { event: "none" };
}

export function lastOf(stdout: string): Event {
  return eventsOf(stdout).at(-1) ?? { event: "none" };
}
