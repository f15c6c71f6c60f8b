export { type CheckpointOptions, type Checkpoints, checkpoint, readCheckpoint } from "./checkpoint.js";
export { resume } from "./resume.js";
export type { TrainingState } from "./state.js";
