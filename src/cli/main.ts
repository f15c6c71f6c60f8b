import { readFileSync } from "node:fs";
import process from "node:process";
import { Command, CommanderError } from "commander";
import { exitCodeOf, exitCodes, sentenceOf } from "./exit-codes.js";
import { interrupts } from "./interrupts.js";
import { commandLine } from "./invocation.js";

/** Each command's own file is loaded only when it is called: `retrograd --help` needs none of them. */
const commands = [
  {
    name: "train",
    says: "train a network on data, judge it, and save the model",
    load: () => import("./commands/train.js"),
  },
  { name: "evaluate", says: "judge a model on raw data", load: () => import("./commands/evaluate.js") },
  { name: "predict", says: "let a model predict rows of raw data", load: () => import("./commands/predict.js") },
  { name: "resume", says: "go on with a training from its checkpoint", load: () => import("./commands/resume.js") },
  { name: "inspect", says: "look into a model or a data set", load: () => import("./commands/inspect.js") },
  {
    name: "export",
    says: "write a model for others: ONNX, weights, JSON, a program",
    load: () => import("./commands/export.js"),
  },
  {
    name: "explain",
    says: "tell one forward and backward pass, step by step",
    load: () => import("./commands/explain.js"),
  },
  {
    name: "gradcheck",
    says: "prove every derivative against finite differences",
    load: () => import("./commands/gradcheck.js"),
  },
  { name: "bench", says: "time training steps and kernels on this machine", load: () => import("./commands/bench.js") },
  {
    name: "experiment",
    says: "measure a claim of the lecture notes",
    load: () => import("./commands/experiment.js"),
  },
  {
    name: "plot",
    says: "draw every activation and its derivative",
    load: () => import("./commands/plot.js"),
  },
  {
    name: "lab",
    says: "open the lab: see a network think and learn, in the browser",
    load: () => import("./commands/lab.js"),
  },
] as const;

const help = `
Exit codes: 0 fine, 1 internal error (gradcheck: a derivative is wrong),
2 usage, 3 data, 4 training diverged, 5 bad model file, 130 interrupted.

Reports go to stdout, messages and progress to stderr. --json prints one JSON
object a line on stdout; the last has the event done, error or interrupted.
NO_COLOR and FORCE_COLOR are respected. Every command has its own --help.

Start with: ${commandLine("train", "digits")}`;

async function programFor(args: readonly string[]): Promise<Command> {
  const program = new Command("retrograd")
    .description("Understand, verify and use forward and back propagation.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .configureOutput({ outputError: () => {} })
    .showSuggestionAfterError(false)
    .exitOverride()
    .addHelpText("after", help);
  const wanted = args.find((arg) => commands.some(({ name }) => name === arg));
  for (const { name, says, load } of commands) {
    const command = program.command(name).description(says);
    if (name === wanted) (await load()).define(command);
  }
  return program;
}

function version(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

async function main(args: readonly string[]): Promise<void> {
  interrupts.listen();
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(exitCodes.fine);
    throw error;
  });
  process.stderr.on("error", () => {});
  const program = await programFor(args);
  try {
    checkHelp(args);
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args, { from: "user" });
  } catch (error) {
    await fail(error, program, args);
  }
}

/** `help` of a command that does not exist is a mistake, not a wish for the general help. */
function checkHelp([first, name = ""]: readonly string[]): void {
  if (first !== "help" || name === "" || commands.some((command) => command.name === name)) return;
  throw new CommanderError(exitCodes.usage, "commander.unknownCommand", `unknown command '${name}'`);
}

/** One sentence on stderr and the exit code; with `--json` the same as the last line of stdout. */
async function fail(error: unknown, program: Command, args: readonly string[]): Promise<void> {
  if (error instanceof CommanderError && error.exitCode === 0) return;
  const message =
    error instanceof CommanderError ? await explainUsage(error, program, args) : await sentenceIn(error, args);
  process.exitCode = error instanceof CommanderError ? exitCodes.usage : exitCodeOf(error);
  if (args.includes("--json")) {
    process.stdout.write(`${JSON.stringify({ event: "error", message, exitCode: process.exitCode })}\n`);
  }
  process.stderr.write(`retrograd: ${message}\n`);
  if (args.includes("--debug") && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
}

/** What went wrong in training, or with the user's own data, is explained in the language asked for. */
async function sentenceIn(error: unknown, args: readonly string[]): Promise<string> {
  if (!(error instanceof Error && "text" in error)) return sentenceOf(error);
  const { languageOf } = await import("./common-options.js");
  return sentenceOf(error, languageOf(args));
}

/** What commander found wrong, in this program's words and with the nearest name. */
async function explainUsage(
  { code, message }: CommanderError,
  program: Command,
  args: readonly string[],
): Promise<string> {
  const { noSuch } = await import("./suggest.js");
  const quoted = /'([^']*)'/.exec(message)?.[1] ?? "";
  const command = program.commands.find(
    (one) => one.name() === args.find((arg) => commands.some(({ name }) => name === arg)),
  );
  const name = command?.name() ?? "retrograd";
  switch (code) {
    case "commander.unknownCommand":
      return noSuch(
        "command",
        quoted,
        commands.map(({ name }) => name),
      );
    case "commander.unknownOption": {
      if (command?.options.some(({ long }) => long === quoted) && args[0] !== command.name()) {
        return `${quoted} stands after the command: ${commandLine(command.name(), quoted)}`;
      }
      const options = (command ?? program).options.filter(({ hidden }) => !hidden).map(({ long }) => long ?? "");
      const where = command === undefined ? "" : `${command.name()}: `;
      return `${where}${noSuch("option", quoted, [...options, "--help"])}`;
    }
    case "commander.optionMissingArgument":
      return `${quoted.split(" ")[0]} needs a value after it`;
    case "commander.missingArgument":
      return `${name}: the argument <${quoted}> is missing; see: ${commandLine(name, "--help")}`;
    case "commander.excessArguments":
      return `${name}: there are too many arguments; see: ${commandLine(name, "--help")}`;
    default:
      return message.replace(/^error: /, "");
  }
}

await main(process.argv.slice(2));
