import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { UsageError } from "../../index.js";
import { openInBrowser } from "../browser.js";
import { commonSettings, withCommonOptions } from "../common-options.js";
import { interrupts } from "../interrupts.js";
import { Options } from "../options.js";
import { serveFolder } from "../static-server.js";

const help = `
Serves the lab to this machine alone, until Ctrl-C. The same files can be put on
any web server, or opened from one without a network.

With --json: serving with address; done when stopped.`;

export function define(command: Command): void {
  command
    .option("--port <number>", "of the address (any that is free)")
    .option("--no-open", "do not open the browser")
    .addHelpText("after", help)
    .action((_: unknown, self: Command) => run(Options.of(self)));
  withCommonOptions(command, { seed: "changes nothing here" });
}

async function run(options: Options): Promise<void> {
  const { terminal } = commonSettings(options);
  const port = options.whole("port", 0) ?? 0;
  if (port > 65_535) options.refuse("port", "must be a port, from 0 to 65535");
  const { address, close } = await serveFolder(labFolder(), port);
  terminal.event("serving", { address });
  terminal.report(address);
  terminal.message("The lab is at this address until Ctrl-C.");
  if (options.flag("open")) openInBrowser(address);
  const { signal } = interrupts;
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  await close();
  terminal.event("done", { address });
}

/** Beside this very file once it is bundled: in dist/, or in its folder of chunks. */
function labFolder(): string {
  const folder = ["./lab/", "../lab/"]
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(`${path}index.html`));
  if (folder === undefined) throw new UsageError("the lab has not been built here; build it: npm run lab:build");
  return folder;
}
