import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { openOn } from "./tfjs.mjs";

/** @param {import("../../cases.mjs").CaseData} data */
export async function open(data) {
  setWasmPaths(`${dirname(fileURLToPath(import.meta.resolve("@tensorflow/tfjs-backend-wasm")))}/`);
  if (!(await tf.setBackend("wasm"))) throw new Error("the wasm backend did not start");
  return openOn(data);
}
