/** `npm run lab`: set up, build the kernels, then serve the lab's sources with live reload. */
import { argv } from "node:process";
import { setup } from "./setup.mjs";

setup();
const { build } = await import("./build.mjs");
await build();
const { createServer } = await import("vite");
const server = await createServer({ configFile: "lab/vite.config.ts", server: { open: !argv.includes("--no-open") } });
await server.listen();
server.printUrls();
server.bindCLIShortcuts({ print: true });
