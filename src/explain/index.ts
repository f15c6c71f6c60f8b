export { checkGradientsOf, type GradientTarget, gradientTargets, type TargetCheck } from "./gradcheck.js";
