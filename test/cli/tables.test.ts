import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { firstOf, folder, lastOf, retrograd } from "./run.js";

/** Two clouds that a name and a number tell apart, with a row number, a gap and a constant. */
const flowers = `id,size,color,garden,kind\n${Array.from({ length: 60 }, (_, i) => {
  const rose = i % 2 === 0;
  const size = i === 7 ? "" : ((rose ? 1 : 2) + 0.01 * i).toFixed(2);
  return `${i + 1},${size},${rose ? ["red", "white", "pink"][i % 3] : ["blue", "white", "green"][i % 3]},north,${rose ? "rose" : "iris"}`;
}).join("\n")}\n`;

function garden(): string {
  const cwd = folder();
  writeFileSync(join(cwd, "flowers.csv"), flowers);
  return cwd;
}
const learn = ["train", "flowers.csv", "--target", "kind", "--epochs", "40"];

describe("a table on the command line", () => {
  it("is taken apart in words, learned, and written with its preparation", async () => {
    const cwd = garden();
    const { code, stdout, stderr } = await retrograd(learn, { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain("predicts: kind (2 classes: two values)");
    expect(stderr).toContain("numbers: size");
    expect(stderr).toContain("categories: color (5)");
    expect(stderr).toContain("left out: id (numbers of rows), garden (always the same)");
    expect(stderr).toContain("missing: size (1); filled and flagged");
    expect(stdout).toMatch(/^Test {3}accuracy 100\.00% \(12 of 12\)/m);
    expect(stdout).toContain("train flowers.csv --target kind --seed 2");
  });

  it("is judged on its test part, other tables in full; columns in any order, target or not", async () => {
    const cwd = garden();
    const trained = await retrograd([...learn, "--json"], { cwd });
    expect(firstOf(trained.stdout)).toMatchObject({ training: 48, test: 12, columns: expect.any(Array) });
    const own = await retrograd(["evaluate", "model.safetensors", "--json"], { cwd });
    expect(lastOf(own.stdout)).toMatchObject({
      examples: 12,
      accuracy: (lastOf(trained.stdout)["test"] as { accuracy: number }).accuracy,
    });
    writeFileSync(join(cwd, "more.csv"), "kind;color;size\nrose;red;1,2\niris;violet;2,5\n");
    const more = await retrograd(["evaluate", "model.safetensors", "more.csv", "--json"], { cwd });
    expect(lastOf(more.stdout)).toMatchObject({ examples: 2, accuracy: 1 });
    writeFileSync(join(cwd, "new.csv"), "color,size\nred,1.2\nblue,\n");
    const { stdout } = await retrograd(["predict", "model.safetensors", "new.csv", "--json"], { cwd });
    expect(firstOf(stdout)).toMatchObject({ event: "prediction", row: 1, class: "rose" });
    expect(lastOf(stdout)).toMatchObject({ event: "done", rows: 2 });
    const piped = await retrograd(["predict", "model.safetensors", "-", "--json"], {
      cwd,
      stdin: readFileSync(join(cwd, "new.csv"), "utf8"),
    });
    expect(piped.stdout).toBe(stdout);
    const unjudged = await retrograd(["evaluate", "model.safetensors", "new.csv"], { cwd });
    expect(unjudged.code).toBe(3);
    expect(unjudged.stderr).toContain('has rows without "kind"');
  });

  it("can be looked at first", async () => {
    const { stdout } = await retrograd(["inspect", "flowers.csv"], { cwd: garden() });
    expect(stdout).toMatch(/^size +number +numbers +\d+ +1 /m);
    expect(stdout).toMatch(/^id +drop +numbers of rows/m);
  });

  it("takes other kinds than those inferred", async () => {
    const { stderr } = await retrograd([...learn, "--columns", "color=drop,id=number"], { cwd: garden() });
    expect(stderr).toContain("numbers: id, size");
    expect(stderr).toContain("left out: color (as asked)");
  });

  it.each([
    [["train", "flowers.csv"], 2, "say which column is the target to predict; there are id, size, color, garden, kind"],
    [["train", "flowers.csv", "--target", "knid"], 2, 'did you mean "kind"?'],
    [["train", "nowhere.csv", "--target", "y"], 2, 'there is no file "nowhere.csv"; check the path'],
    [["train", "digits", "--target", "y"], 2, "--target is for tables; leave it out for digits"],
    [[...learn, "--columns", "size=nmber"], 2, 'there is no kind "nmber"; did you mean "number"?'],
    [[...learn, "--columns", "size"], 2, "--columns must be columns and kinds such as age=category,id=drop"],
    [[...learn, "--columns", "szie=drop"], 2, 'has no column "szie"'],
    [["train", "ragged.csv", "--target", "y"], 3, "ragged.csv:3:2: this row has 1 columns where 2 are expected"],
  ] as const)("%j", async (args, code, message) => {
    const cwd = garden();
    writeFileSync(join(cwd, "ragged.csv"), "x,y\n1,2\n3\n");
    const outcome = await retrograd(args, { cwd });
    expect(outcome.stderr).toContain(message);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr.trimEnd()).not.toContain("\n");
  });
});
