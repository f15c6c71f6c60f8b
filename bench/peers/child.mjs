/**
 * One system on one case in a process of its own. Speaks one JSON object a line: `check` takes the agreed number of steps
 * over all batches and says the loss, `time` times steps on the first batch, `memory` says the peak of resident memory.
 */

import { argv, exit, resourceUsage, stdin, stdout } from "node:process";
import { createInterface } from "node:readline";
import { agreement, caseNamed, dataOf } from "../cases.mjs";

// What libraries print is no part of the protocol.
for (const name of /** @type {const} */ (["log", "info", "warn", "debug"])) console[name] = () => {};

const [file, caseName, options] = /** @type {[string, string, string]} */ (argv.slice(2));
/** @param {unknown} value */
const say = (value) => stdout.write(`${JSON.stringify(value)}\n`);

/** @param {{ step(index: number): void | Promise<unknown> }} system @param {number} count @param {(i: number) => number} batchOf */
async function timed(system, count, batchOf) {
  const times = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const index = batchOf(i);
    const start = performance.now();
    const stepping = system.step(index);
    if (stepping !== undefined) await stepping;
    times[i] = (performance.now() - start) * 1000;
  }
  return [...times];
}

try {
  const { open } = await import(`./systems/${file}.mjs`);
  const data = dataOf(caseNamed(caseName));
  const system = await open(data, JSON.parse(options));
  say({ version: system.version, ...(system.note !== undefined && { note: system.note }) });
  for await (const line of createInterface({ input: stdin })) {
    const request = JSON.parse(line);
    if (request.do === "check") {
      const times = await timed(system, agreement.steps, (i) => i % data.batches.length);
      say({ loss: system.loss(), times });
    } else if (request.do === "time") {
      const until = performance.now() + request.warm;
      let warm = 0;
      do {
        const stepping = system.step(0);
        if (stepping !== undefined) await stepping;
        warm++;
      } while (performance.now() < until && warm < 1000);
      say({ times: await timed(system, request.steps, () => 0) });
    } else if (request.do === "memory") {
      say({ peak: resourceUsage().maxRSS * 1024 });
    } else break;
  }
  await system.close?.();
  exit(0);
} catch (error) {
  say({ error: error instanceof Error ? error.message : String(error) });
  exit(1);
}
