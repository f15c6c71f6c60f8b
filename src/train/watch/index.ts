export { diagnose, type Finding } from "./diagnose.js";
export { type Disease, diseases } from "./diseases.js";
export { Probe, type ProbeBatch } from "./probe.js";
export type { LayerReading, Reading, Size } from "./reading.js";
export { type Watch, type WatchOptions, watch } from "./watch.js";
