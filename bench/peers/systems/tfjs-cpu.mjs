import * as tf from "@tensorflow/tfjs";
import { openOn } from "./tfjs.mjs";

/** @param {import("../../cases.mjs").CaseData} data */
export async function open(data) {
  await tf.setBackend("cpu");
  await tf.ready();
  return openOn(data);
}
