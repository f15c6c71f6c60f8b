import process from "node:process";
import type { Command } from "commander";
import { engines, type Language, languages, UsageError } from "../index.js";
import { namesOf, type Options } from "./options.js";
import { inWords } from "./suggest.js";
import { Terminal } from "./terminal.js";

const providers = ["cpu", "cuda", "webgpu"] as const;

/** The options every command takes. */
export function withCommonOptions(command: Command, { seed }: { seed: string }): Command {
  return command
    .option("--seed <number>", seed)
    .option("--engine <name>", `what does the arithmetic: auto, ${namesOf(engines).join(", ")} (auto)`)
    .option("--threads <number>", "threads of the engine; results never depend on it (as many as pay)")
    .option("--provider <name>", "where the onnx engine computes: cpu, cuda or webgpu (cpu)")
    .option("--lang <language>", "of what is explained: en or zh (that of the environment)")
    .option("--json", "one JSON object a line on stdout")
    .option("--quiet", "results only: no progress, no messages, no plan")
    .option("--debug", "show where an error comes from");
}

export interface CommonSettings {
  readonly terminal: Terminal;
  readonly language: Language;
  readonly seed: number | undefined;
  readonly engine: "auto" | keyof typeof engines;
  readonly threads: number | undefined;
  readonly provider: (typeof providers)[number] | undefined;
}

export function commonSettings(options: Options): CommonSettings {
  const names = ["auto" as const, ...namesOf(engines)];
  if (options.text("engine") === "onnx" && !("onnx" in engines)) {
    throw new UsageError(`--engine onnx is not there yet; choose ${inWords(names)}`);
  }
  return {
    terminal: new Terminal(options.flag("json"), options.flag("quiet")),
    language: options.choice("lang", "language", languages) ?? languageOfEnvironment(),
    seed: options.whole("seed", 0),
    engine: options.choice("engine", "engine", names) ?? "auto",
    threads: options.whole("threads", 1),
    provider: options.choice("provider", "provider", providers),
  };
}

/** The language asked for on a line that went wrong. */
export function languageOf(args: readonly string[]): Language {
  const asked = args.find((arg, i) => arg.startsWith("--lang=") || args[i - 1] === "--lang")?.replace("--lang=", "");
  return languages.find((language) => language === asked) ?? languageOfEnvironment();
}

/** The language of messages that the system is set to (POSIX: the first of these that is set counts). */
function languageOfEnvironment(): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return (LC_ALL || LC_MESSAGES || LANG || "").startsWith("zh") ? "zh" : "en";
}
