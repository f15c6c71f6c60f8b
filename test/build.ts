import { build } from "../tools/build.mjs";

/** Before any test: the kernels that src/ embeds and the bundles (the lab among them) that the command line's tests run (nothing when fresh). */
export default async function setup(): Promise<void> {
  try {
    await build({ lab: true });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}
