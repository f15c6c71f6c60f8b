export {
  agreement,
  type Case,
  type CaseData,
  caseNamed,
  cases,
  dataOf,
  flopsOf,
  generator,
  parametersOf,
} from "./cases.js";
export { type KernelTime, kernelNames, productSizes, timeKernel } from "./kernels.js";
export { median, timeInTurns } from "./statistics.js";
export { descriptionOf, type How, openCase, type StepTime, timeSteps } from "./steps.js";
