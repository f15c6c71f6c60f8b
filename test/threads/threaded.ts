import type { Engine } from "../../src/engines/index.js";
import { wasmEngine } from "../../src/engines/wasm/index.js";
import type { MatmulStep, Plan } from "../../src/plan/index.js";
import { PlanByHand } from "../kernels/by-hand.js";

/** The wasm engine with workers, every step divided that can be, on as many threads as asked for. */
export function onThreads(threads: number): Engine {
  const engine = wasmEngine({ division: "everywhere", beyondCores: true });
  return { ...engine, open: (plans, options) => engine.open(plans, { ...options, threads }) };
}

/** A plan of one product after another, long enough that something can happen meanwhile. */
export function longPlan(products: number, size: number): Plan {
  const plan = new PlanByHand();
  const views = [0, 1, 2].map(() => plan.view([size, size]));
  const steps = Array.from({ length: products }, (_, i): MatmulStep => {
    const [a, b, output] = [0, 1, 2].map((j) => views[(i + j) % 3]) as [
      MatmulStep["a"],
      MatmulStep["a"],
      MatmulStep["a"],
    ];
    const plain = { transposeA: false, transposeB: false, bias: undefined, activation: undefined };
    return { kind: "matmul", m: size, k: size, n: size, a, b, output, ...plain };
  });
  return plan.plan(steps);
}
