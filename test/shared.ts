import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The absolute path of a file in `shared/`, the folder of reference data beside the project, or undefined where there is
 * none. Tests say so: `describe.skipIf(!shared("data/oracle"))("… (needs shared/data/oracle beside the project)", …)`.
 */
export function shared(path: string): string | undefined {
  const absolute = fileURLToPath(new URL(`../../shared/${path}`, import.meta.url));
  return existsSync(absolute) ? absolute : undefined;
}
