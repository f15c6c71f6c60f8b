import type { Plan } from "../../plan/index.js";
import type { Engine } from "../contract.js";

/**
 * The engine to read and to compare with: float64, one number at a time, nothing clever. Its steps (`run-step.ts`) are loaded
 * when it is first opened.
 */
export const reference: Engine = {
  name: "reference",
  precision: "float64",
  async open(plans) {
    const { runStep } = await import("./run-step.js");
    const arena = new Float64Array(Math.max(...plans.map((plan) => plan.length)));
    return {
      arena,
      run: (plan) => {
        for (const step of (plans[plan] as Plan).steps) runStep(step, arena);
      },
      close: () => {},
    };
  },
};
