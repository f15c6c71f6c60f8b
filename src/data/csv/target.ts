import { DataOptionError } from "../error.js";
import type { RawTable } from "./table.js";

/**
 * Where the target column stands: by name, or by position from 1.
 * @throws DataOptionError naming the nearest column.
 */
export async function targetPosition({ names, source }: RawTable, target: string): Promise<number> {
  if (target === "") {
    throw new DataOptionError(`${source}: say which column is the target to predict; there are ${names.join(", ")}`);
  }
  const byName = names.indexOf(target);
  if (byName >= 0) return byName;
  const byPlace = /^\d+$/.test(target) ? Number(target) - 1 : -1;
  if (byPlace >= 0 && byPlace < names.length) return byPlace;
  const { distance } = await import("fastest-levenshtein");
  const far = (name: string) => distance(target, name) + Math.abs(target.length - name.length);
  const near = names.reduce((best, name) => (far(name) < far(best) ? name : best));
  const meant = distance(target, near) <= Math.max(2, near.length / 2) ? `did you mean ${JSON.stringify(near)}? ` : "";
  throw new DataOptionError(
    `${source} has no column ${JSON.stringify(target)} to predict; ${meant}there are ${names.join(", ")}`,
  );
}
