import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";

// Each file in `errors/` holds one mistake. The sentence a person reads in their editor is part of the interface.
const sentences: Readonly<Record<string, string>> = {
  "wrong-network.ts": '"layer 3 takes 32 features, but the layers before it give 64"',
  "wrong-product.ts": '"matmul of [1, 3] and [2, 2]: the left has 3 columns, the right has 2 rows; they must be equal"',
  "wrong-broadcast.ts": '"[3] and [2] do not broadcast: aligned at the last axis, sizes must be equal or 1"',
  "wrong-batch.ts": '"the network takes batches of shape [examples, 3], got [1, 4]"',
  "wrong-features.ts": '"the network takes 60 features, but the data has 64"',
  "wrong-classes.ts": '"the network gives 7 outputs, but the data has 10"',
  "wrong-test-data.ts": "Argument of type 'Dataset<2, 2>' is not assignable to parameter of type 'Dataset<64, 10>'",
};

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("a wrong size is a compile error that says so", () => {
  let output = "";
  beforeAll(async () => {
    const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
    const run = promisify(execFile)(process.execPath, [tsc, "-p", "test/types/errors", "--pretty", "false"], {
      cwd: root,
    });
    output = await run.then(
      ({ stdout }) => stdout,
      (failed: { stdout: string }) => failed.stdout,
    );
  });

  it.each(Object.entries(sentences))("%s", (file, sentence) => {
    const errors = output.split("\n").filter((line) => line.startsWith(`test/types/errors/${file}(`));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(sentence);
  });

  it("finds no other error in them", () => {
    const files = output.split("\n").flatMap((line) => /^(\S+\.ts)\(/.exec(line)?.[1] ?? []);
    expect(files.sort()).toEqual(
      Object.keys(sentences)
        .sort()
        .map((file) => `test/types/errors/${file}`),
    );
  });
});
