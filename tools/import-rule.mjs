/** Checks every import of the project against the table of rooms, and that no two rooms import each other in a circle. */
import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { argv } from "node:process";
import { pathToFileURL } from "node:url";
import { bundled } from "./build.mjs";
import { rooms } from "./rooms.mjs";
import { filesUnder } from "./stamp.mjs";

/** @typedef {{ file: string, line: number, specifier: string }} Import */
/** @typedef {Map<string, string>} Sources file name → text, names relative to the root */

const SOURCE = /\.(ts|tsx|mts|mjs|js)$/;
const INDEX = "src/index.ts";
/** The forms Biome's formatter leaves: statements at the start of a line, `import(…)`, `new URL(…, import.meta.url)`. */
const FORMS = [
  /^(?:import|export)\s(?:[^"';]*?\bfrom\s)?\s*"([^"]+)"/gm,
  /\bimport\(\s*["'`]([^"'`$]+)["'`]/g,
  /\bnew URL\(\s*"(\.[^"]+\.(?:ts|js))"\s*,\s*import\.meta\.url/g,
];

/**
 * @param {string} file
 * @param {string} text
 * @returns {Import[]}
 */
export function importsOf(file, text) {
  return FORMS.flatMap((form) =>
    [...text.matchAll(form)].map((match) => {
      const at = match.index + match[0].lastIndexOf(match[1] ?? "");
      return { file, line: text.slice(0, at).split("\n").length, specifier: match[1] ?? "" };
    }),
  ).sort((a, b) => a.line - b.line);
}

/**
 * The room of a file: its folder in the table, "index" for the package's entry, "root" for other files right in src/.
 * @param {string} file
 */
function roomOf(file) {
  if (file === INDEX) return "index";
  if (/^src\/[^/]+$/.test(file)) return "root";
  return rooms.find(([folder]) => file.startsWith(`${folder}/`))?.[0].replace(/^src\//, "");
}

/**
 * The names of the rooms that a room may import.
 * @param {string} name
 * @returns {readonly string[]}
 */
function allowedFor(name) {
  const names = rooms.map(([folder]) => folder.replace(/^src\//, ""));
  const sources = rooms.filter(([folder]) => folder.startsWith("src/")).map(([folder]) => folder.slice(4));
  if (name === "index" || name === "root") return [...sources, "index", "root"];
  const may = rooms[names.indexOf(name)]?.[1] ?? [];
  if (may === "anything") return [...names, "index", "root"];
  return may === "above" ? names.slice(0, names.indexOf(name)) : may;
}

/**
 * The project's file that an import names, or undefined for a package.
 * @param {Import} edge
 * @param {Sources} sources
 */
function targetOf({ file, specifier }, sources) {
  if (specifier === "retrograd") return INDEX;
  if (!specifier.startsWith(".")) return undefined;
  const path = posix.join(posix.dirname(file), specifier.replace(/\?.*$/, ""));
  const choices = [path, path.replace(/\.js$/, ".ts"), path.replace(/\.js$/, ".tsx")];
  return choices.find((choice) => sources.has(choice)) ?? choices[1];
}

/**
 * @param {Sources} sources
 * @param {readonly string[]} packages what package.json lets the library import
 * @returns {string[]} one sentence a violation, `file:line: …`
 */
export function violations(sources, packages) {
  /** @type {string[]} */
  const found = [];
  /** @type {Map<string, string[]>} */
  const graph = new Map();
  for (const [file, text] of sources) {
    const from = roomOf(file);
    if (from === undefined) {
      if (file.startsWith("src/")) found.push(`${file}:1: this folder is no room of tools/rooms.mjs`);
      continue;
    }
    const allowed = allowedFor(from);
    const edges = importsOf(file, text);
    graph.set(file, []);
    for (const edge of edges) {
      const at = `${file}:${edge.line}`;
      const target = targetOf(edge, sources);
      if (target === undefined) {
        const name = edge.specifier.split("/", edge.specifier.startsWith("@") ? 2 : 1).join("/");
        if (file.startsWith("src/") && !name.startsWith("node:") && !packages.includes(name))
          found.push(`${at}: "${name}" is no dependency in package.json (a Node module is written "node:…")`);
        continue;
      }
      graph.get(file)?.push(target);
      const to = roomOf(target);
      if (to === from || (to !== undefined && allowed.includes(to)) || allowed.length > rooms.length) continue;
      const list = allowed.map((name) => (name === "index" ? INDEX : name)).join(", ") || "nothing";
      found.push(`${at}: room ${from} may not import ${to ? roomTitle(to, target) : target}; allowed: ${list}`);
    }
  }
  return [...found, ...circles(graph)];
}

/**
 * @param {string} room
 * @param {string} file
 */
const roomTitle = (room, file) => (room === "index" || room === "root" ? file : `room ${room} (${file})`);

/**
 * Circles of imports that pass through more than one room (Tarjan's strongly connected components).
 * @param {Map<string, string[]>} graph
 * @returns {string[]}
 */
function circles(graph) {
  /** @type {Map<string, number>} */
  const order = new Map();
  /** @type {Map<string, number>} */
  const low = new Map();
  /** @type {string[]} */
  const stack = [];
  /** @type {string[]} */
  const found = [];
  /** @param {string} file */
  const visit = (file) => {
    const mine = order.size;
    order.set(file, mine);
    low.set(file, mine);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!graph.has(next)) continue;
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(file, Math.min(low.get(file) ?? mine, low.get(next) ?? mine));
    }
    if (low.get(file) !== mine) return;
    const circle = stack.splice(stack.indexOf(file));
    if (new Set(circle.map(roomOf)).size > 1)
      found.push(`${circle[0]}:1: these files of different rooms import each other: ${circle.join(" → ")}`);
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return found;
}

/** @returns {number} the exit code */
function main() {
  const files = filesUnder(rooms.map(([folder]) => folder).concat("src")).filter((file) => SOURCE.test(file));
  const sources = new Map([...new Set(files)].map((file) => [file, readFileSync(file, "utf8")]));
  /** @type {{ dependencies?: Record<string, string>, peerDependencies?: Record<string, string> }} */
  const manifest = existsSync("package.json") ? JSON.parse(readFileSync("package.json", "utf8")) : {};
  const found = violations(
    sources,
    Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies, ...bundled }),
  );
  for (const line of found) console.error(line);
  console.log(
    `${sources.size} files, ${found.length === 0 ? "every import keeps to its room" : `${found.length} bad`}.`,
  );
  return found.length === 0 ? 0 : 1;
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) process.exitCode = main();
