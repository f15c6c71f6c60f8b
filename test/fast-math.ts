/**
 * Set up before the tests when `RETROGRAD_BUILD=relaxed` (tools/test-runtimes.mjs): the wasm engine runs its relaxed build
 * wherever a test opens it, without the tests knowing.
 */
import { type Engine, wasm, whyNoFastMath } from "../src/engines/index.js";

const reason = whyNoFastMath();
if (reason !== undefined) throw new Error(reason);

const { open } = wasm;
(wasm as { open: Engine["open"] }).open = (plans, options) => open(plans, { fastMath: true, ...options });
