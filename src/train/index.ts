export { DivergedError } from "./diverged.js";
export { type Evaluation, evaluateOn } from "./evaluate-on.js";
export { confusionMatrix } from "./metrics.js";
export type { Model, TargetScaling } from "./model.js";
export { type PlanDescription, type PrintablePlan, plan } from "./plan.js";
export { type Prediction, type PredictOptions, Predictor, predict } from "./predict.js";
export { loadModel, saveModel } from "./save.js";
export { type BatchBuffers, Session, type SessionOptions } from "./session.js";
export { type EpochReport, type Run, type StepReport, type TrainOptions, train } from "./train.js";
