/** The machine in neutral words: what decides speed, and nothing that names it. */
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { arch, platform, versions } from "node:process";

const wanted = ["sse4_1", "avx", "avx2", "fma", "avx512f", "asimd"];

function vectorFlags() {
  try {
    const line = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"));
    const flags = new Set(line?.[1]?.trim().split(/\s+/));
    return wanted.filter((flag) => flags.has(flag));
  } catch {
    return [];
  }
}

export function describeMachine() {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    vector: vectorFlags(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${platform}-${arch}`,
    node: versions.node,
    v8: versions.v8,
    /** How busy the machine was with other things when the run began. */
    load: Number(loadavg()[0]?.toFixed(2)),
  };
}

/** @param {ReturnType<typeof describeMachine>} machine */
export const machineLine = ({ cpu, cores, vector, memoryGiB, platform: on, node, load }) =>
  `${cpu}, ${cores} cores (${vector.join(", ") || "vector extensions unknown"}), ${memoryGiB} GiB, ${on}, Node ${node}; load average at the start ${load}`;
