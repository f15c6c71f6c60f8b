import type { Text } from "../../language/index.js";
import { type Disease, diseases } from "./diseases.js";
import type { Reading } from "./reading.js";
import { remedies } from "./remedies.js";
import { signs } from "./signs.js";

/** A disease of a training, in words. */
export interface Finding {
  readonly disease: Disease;
  readonly name: Text;
  /** The layers it is in, as in Z[l]; empty when it is about the whole. */
  readonly layers: readonly number[];
  /** When it was seen. */
  readonly step: number;
  readonly epoch: number;
  /** The numbers it was seen by. */
  readonly evidence: Readonly<Record<string, number>>;
  /** What was seen, as one sentence. */
  readonly seen: Text;
  /** What to do, as one sentence. */
  readonly remedy: Text;
}

/** Consequences that are not named beside their cause. */
const explains: Readonly<Record<Disease, readonly Disease[]>> = {
  symmetricStart: ["dyingRelu", "vanishingGradients", "rateTooLow"],
  unscaledInput: ["rateTooHigh", "explodingGradients", "dyingRelu", "vanishingGradients"],
  rateTooHigh: ["explodingGradients", "vanishingGradients", "rateTooLow"],
  explodingGradients: ["dyingRelu"],
  dyingRelu: ["vanishingGradients", "rateTooLow"],
  vanishingGradients: ["rateTooLow"],
  rateTooLow: [],
};

/**
 * What a training suffers from, judged by its readings so far (the first of the untrained network, the last the latest): causes
 * before consequences, and no consequence that a cause explains. Pure: the same readings give the same findings.
 */
export function diagnose(readings: readonly Reading[]): Finding[] {
  const last = readings.at(-1);
  if (last === undefined) return [];
  const findings: Finding[] = [];
  for (const disease of Object.keys(diseases) as Disease[]) {
    if (findings.some((cause) => explains[cause.disease].includes(disease))) continue;
    const sign = signs[disease](readings);
    if (sign === undefined) continue;
    const { step, epoch, rate } = last;
    findings.push({ disease, name: diseases[disease], ...sign, step, epoch, remedy: remedies[disease]({ rate }) });
  }
  return findings;
}
