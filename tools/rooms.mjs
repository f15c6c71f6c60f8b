/** The rooms of the project and what each may import, in the order of ARCHITECTURE.md's table. */

/** Any room whose line stands above. */
const ABOVE = "above";

/**
 * One line a room: its folder, then the rooms it may import (`src/` left out). A room may always import itself.
 * @type {readonly (readonly [folder: string, mayImport: readonly string[] | "above" | "anything"])[]}
 */
export const rooms = [
  ["src/language", []],
  ["src/random", []],
  ["src/tensor", []],
  ["src/ops", ["tensor"]],
  ["src/autodiff", ["tensor", "ops"]],
  ["src/nn", ["tensor", "ops", "random"]],
  ["src/optim", ["tensor", "ops"]],
  ["src/plan", ["tensor", "ops"]],
  ["src/formats", ["tensor", "ops", "nn", "plan"]],
  ["src/engines", ["plan", "formats"]],
  ["src/data", ["language", "random"]],
  ["src/train", ABOVE],
  ["src/explain", ABOVE],
  ["src/experiments", ABOVE],
  ["src/measure", ABOVE],
  ["src/plot", []],
  ["src/cli", ["index"]],
  ["kernels", []],
  ["notes", ["index"]],
  ["lab", ["index"]],
  ["bench", ["index", "measure", "tools"]],
  ["test", "anything"],
  ["tools", "anything"],
];
