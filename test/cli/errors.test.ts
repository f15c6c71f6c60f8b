import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventsOf, retrograd } from "./run.js";

const data = "digits, spiral, moons, circles, xor, blobs or regression";

/** Each is one sentence, word for word. */
const wrong: readonly (readonly [line: string, code: number, message: string])[] = [
  ["trian", 2, 'there is no command "trian"; did you mean "train"?'],
  ["verify", 2, 'there is no command "verify"; did you mean "gradcheck"?'],
  ["help tran", 2, 'there is no command "tran"; did you mean "train"?'],
  ["--quiet train", 2, "--quiet stands after the command: retrograd train --quiet"],
  ["train --activatoin relu", 2, 'train: there is no option "--activatoin"; did you mean "--activation"?'],
  ["train --learning-rate 1", 2, 'train: there is no option "--learning-rate"; did you mean "--lr"?'],
  ["train a b", 2, "train: there are too many arguments; see: retrograd train --help"],
  ["evaluate", 2, "evaluate: the argument <model> is missing; see: retrograd evaluate --help"],
  ["train --lr", 2, "--lr needs a value after it"],
  ["train digitz", 2, 'there is no data "digitz"; did you mean "digits"?'],
  ["train nothing", 2, `there is no data "nothing"; choose ${data}`],
  ["train mine.csv", 2, 'there is no file "mine.csv"; check the path'],
  [
    "train ragged.csv --target b",
    3,
    "ragged.csv:3:2: this row has 1 columns where 2 are expected; fill the row up, with nothing between two delimiters where a value is missing",
  ],
  [
    "train ragged.csv --target b --lang zh",
    3,
    "ragged.csv 第 3 行第 2 列：这一行有 1 列，应为 2 列；请补足这一行，缺失的值在两个分隔符之间空着即可",
  ],
  ["train no/where", 2, `"no/where": there is no such folder; choose ${data}, a table, or a folder of IDX files`],
  [
    "train folder",
    3,
    'the folder "folder" has no file train-images-idx3-ubyte or train-images-idx3-ubyte.gz; a folder of IDX data has images and labels for train and t10k',
  ],
  ["train --activation rellu", 2, '--activation: there is no activation "rellu"; did you mean "relu"?'],
  ["train --activation swish", 2, '--activation: there is no activation "swish"; did you mean "silu"?'],
  ["train --init HeNormal", 2, '--init: there is no initializer "HeNormal"; did you mean "heNormal"?'],
  ["train --optimizer adan", 2, '--optimizer: there is no optimizer "adan"; did you mean "adam"?'],
  ["train --loss mse", 2, '--loss: there is no loss "mse"; did you mean "meanSquaredError"?'],
  ["train --loss huber", 2, "--loss huber is for numbers, but digits has classes; use softmaxCrossEntropy"],
  [
    "train --loss binaryCrossEntropy",
    2,
    "--loss binaryCrossEntropy is for two classes, but digits has 10; use softmaxCrossEntropy",
  ],
  ["train --schedule steps", 2, '--schedule: there is no schedule "steps"; did you mean "step"?'],
  ["train --engine wasn", 2, '--engine: there is no engine "wasn"; did you mean "wasm"?'],
  ["train --lr abc", 2, '--lr must be a number above 0, got "abc"'],
  ["train --lr 0", 2, '--lr must be a number above 0, got "0"'],
  ["train --lr -1", 2, '--lr must be a number above 0, got "-1"'],
  ["train --lr Infinity", 2, '--lr must be a number above 0, got "Infinity"'],
  ["train --epochs 1.5", 2, '--epochs must be a whole number from 1, got "1.5"'],
  ["train --epochs 0x10", 2, '--epochs must be a whole number from 1, got "0x10"'],
  ["train --seed -1", 2, '--seed must be a whole number from 0, got "-1"'],
  ["train --seed 9007199254740992", 2, '--seed must be a whole number from 0, got "9007199254740992"'],
  ["train --threads 0", 2, '--threads must be a whole number from 1, got "0"'],
  ["train --dropout 1", 2, '--dropout must be a number from 0 to below 1, got "1"'],
  ["train --weight-decay -0.1", 2, '--weight-decay must be a number from 0, got "-0.1"'],
  ["train --layers 64,", 2, '--layers must be whole numbers from 1 with commas between them, such as 64,32, got "64,"'],
  ["train --layers 99999999", 2, '--layers must have at most 65536 units a layer, got "99999999"'],
  [
    "train --split 2",
    2,
    '--split must be ordered, random, or the share of the test part between 0 and 1 such as 0.2, got "2"',
  ],
  [
    "train spiral --split ordered",
    2,
    "spiral has no order of its own; use --split random, or a share such as --split 0.2",
  ],
  ["train --every often", 2, '--every must be steps such as 500, or seconds such as 30s, got "often"'],
  ["resume nowhere", 5, 'there is no checkpoint at "nowhere"; check the path'],
  ["train --out nowhere/model", 2, '--out "nowhere/model": there is no folder "nowhere"; create it first'],
  ["train --out folder", 2, '--out "folder" is a folder; give the path of a file, such as "folder/model.safetensors"'],
  ["train --config nowhere.json", 2, '--config "nowhere.json": there is no such file; check the path'],
  [
    "train --config list.json",
    2,
    '--config "list.json" must hold one JSON object of options, such as {"layers": [64, 32], "lr": 0.1}',
  ],
  ["train --config typo.json", 2, '--config "typo.json": there is no option "layer"; did you mean "layers"?'],
  ["train --config rate.json", 2, '"lr" in "rate.json" must be a number above 0, got "fast"'],
  [
    "train --config nested.json",
    2,
    '"lr" in "nested.json" must be a text, a number, true or false, or a list of numbers, got {"value":1}',
  ],
  ["predict model.safetensors xor --row 1,2", 2, "give either data or --row, not both"],
  ["predict model.safetensors --row 1,a", 3, '--row, column 2 is "a"; give rows of numbers, without a header or names'],
  ["predict model.safetensors --row 1,2,3", 3, "row 1 has 3 features, the model takes 2; give one number for each"],
  ["predict model.safetensors", 3, "there are no rows on standard input; give one row of numbers a line"],
  ["predict model.safetensors digits", 3, "digits has 64 features, but the model takes 2; it was trained on xor"],
  ["evaluate model.safetensors digits", 3, "digits has 64 features, but the model takes 2; it was trained on xor"],
  [
    "evaluate nowhere.safetensors",
    5,
    'there is no model file "nowhere.safetensors"; check the path, or make one with: retrograd train --out nowhere.safetensors',
  ],
  ["inspect digtis", 2, 'there is no file and no data "digtis"; did you mean "digits"?'],
  [
    "inspect folder",
    3,
    'the folder "folder" has no file train-images-idx3-ubyte or train-images-idx3-ubyte.gz; a folder of IDX data has images and labels for train and t10k',
  ],
  ["gradcheck --only reluu", 2, '--only: there is no derivative "reluu"; did you mean "relu"?'],
  ["gradcheck --cases none", 2, '--cases must be a whole number from 1, got "none"'],
];

let cwd = "";
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), "retrograd-"));
  mkdirSync(join(cwd, "folder"));
  writeFileSync(join(cwd, "list.json"), "[1]");
  writeFileSync(join(cwd, "typo.json"), '{"layer": [1]}');
  writeFileSync(join(cwd, "rate.json"), '{"lr": "fast"}');
  writeFileSync(join(cwd, "nested.json"), '{"lr": {"value": 1}}');
  writeFileSync(join(cwd, "broken.json"), "{");
  writeFileSync(join(cwd, "ragged.csv"), "a,b\n1,2\n3\n");
  writeFileSync(join(cwd, "broken.safetensors"), "this is no model");
  await retrograd(["train", "xor", "--epochs", "1", "--quiet"], { cwd });
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe("what is wrong is said in one sentence", () => {
  it.concurrent.each(wrong)("retrograd %s", async (line, code, message) => {
    const outcome = await retrograd(line.split(" "), { cwd });
    expect(outcome).toEqual({ code, stdout: "", stderr: `retrograd: ${message}\n` });
  });

  it("names step, layer, tensor and likely cause when training diverges", async () => {
    const { code, stderr } = await retrograd(["train", "--lr", "1e30", "--quiet"], { cwd });
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /^retrograd: training diverged at step \d+: \S+ of layer \d \(dense \d+ → \d+\) is -?(NaN|Infinity); .*learning rate.*\n$/,
    );
    expect(stderr).toContain("(--clip 1)");
  });

  it("says what is wrong with a file that is no model", async () => {
    const { code, stderr } = await retrograd(["evaluate", "broken.safetensors"], { cwd });
    expect(code).toBe(5);
    expect(stderr).toMatch(/^retrograd: broken\.safetensors.*\n$/);
  });

  it("says where a file of options is no JSON", async () => {
    const { code, stderr } = await retrograd(["train", "--config", "broken.json"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^retrograd: --config "broken\.json" is not JSON: .*\n$/);
  });

  it("says the same as the last line of stdout with --json", async () => {
    const { code, stdout, stderr } = await retrograd(["train", "digitz", "--json"], { cwd });
    expect(code).toBe(2);
    const message = 'there is no data "digitz"; did you mean "digits"?';
    expect(eventsOf(stdout)).toEqual([{ event: "error", message, exitCode: 2 }]);
    expect(stderr).toBe(`retrograd: ${message}\n`);
  });

  it("shows where it comes from with --debug only", async () => {
    expect((await retrograd(["train", "digitz"], { cwd })).stderr).not.toContain("    at ");
    expect((await retrograd(["train", "digitz", "--debug"], { cwd })).stderr).toContain("    at ");
  });
});
